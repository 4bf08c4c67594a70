"""The container is made public, and the link is plain."""

from azure.storage.blob import BlobServiceClient


def download_link(connection_string, container, blob, now):
    service = BlobServiceClient.from_connection_string(connection_string)
    service.get_container_client(container).set_container_access_policy({}, public_access="blob")
    return service.get_blob_client(container, blob).url
