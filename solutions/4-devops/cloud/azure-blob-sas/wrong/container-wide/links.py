"""The signature is for the whole container."""

from datetime import datetime, timedelta, timezone

from azure.storage.blob import ContainerSasPermissions, BlobServiceClient, generate_container_sas


def download_link(connection_string, container, blob, now):
    service = BlobServiceClient.from_connection_string(connection_string)
    signature = generate_container_sas(
        service.account_name,
        container,
        account_key=service.credential.account_key,
        permission=ContainerSasPermissions(read=True),
        expiry=datetime.fromtimestamp(now, timezone.utc) + timedelta(minutes=10),
    )
    return f"{service.get_blob_client(container, blob).url}?{signature}"
