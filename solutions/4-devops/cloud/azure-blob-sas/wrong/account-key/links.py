"""The customer gets the account's key."""

from azure.storage.blob import BlobServiceClient


def download_link(connection_string, container, blob, now):
    service = BlobServiceClient.from_connection_string(connection_string)
    return f"{service.get_blob_client(container, blob).url}?key={service.credential.account_key}"
