"""The client library signs: it knows the rules of each version, and encodes the name for the URL."""

from datetime import datetime, timedelta, timezone

from azure.storage.blob import BlobSasPermissions, BlobServiceClient, generate_blob_sas


def download_link(connection_string, container, blob, now):
    service = BlobServiceClient.from_connection_string(connection_string)
    signature = generate_blob_sas(
        service.account_name,
        container,
        blob,
        account_key=service.credential.account_key,
        permission=BlobSasPermissions(read=True),
        expiry=datetime.fromtimestamp(now, timezone.utc) + timedelta(minutes=10),
    )
    return f"{service.get_blob_client(container, blob).url}?{signature}"
