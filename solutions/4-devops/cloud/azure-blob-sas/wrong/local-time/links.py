"""The link ends at a time of the machine's own clock."""

from datetime import datetime, timedelta

from azure.storage.blob import BlobSasPermissions, BlobServiceClient, generate_blob_sas


def download_link(connection_string, container, blob, now):
    service = BlobServiceClient.from_connection_string(connection_string)
    signature = generate_blob_sas(
        service.account_name,
        container,
        blob,
        account_key=service.credential.account_key,
        permission=BlobSasPermissions(read=True),
        expiry=datetime.fromtimestamp(now) + timedelta(minutes=10),
    )
    return f"{service.get_blob_client(container, blob).url}?{signature}"
