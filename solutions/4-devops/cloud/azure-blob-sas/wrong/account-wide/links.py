"""The signature is for everything in the account."""

from datetime import datetime, timedelta, timezone

from azure.storage.blob import AccountSasPermissions, BlobServiceClient, ResourceTypes, generate_account_sas


def download_link(connection_string, container, blob, now):
    service = BlobServiceClient.from_connection_string(connection_string)
    signature = generate_account_sas(
        service.account_name,
        account_key=service.credential.account_key,
        resource_types=ResourceTypes(object=True),
        permission=AccountSasPermissions(read=True),
        expiry=datetime.fromtimestamp(now, timezone.utc) + timedelta(minutes=10),
    )
    return f"{service.get_blob_client(container, blob).url}?{signature}"
