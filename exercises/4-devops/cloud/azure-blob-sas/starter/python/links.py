"""Links to customers' files in Azure's blob storage."""

from azure.storage.blob import BlobServiceClient


def download_link(connection_string, container, blob, now):
    service = BlobServiceClient.from_connection_string(connection_string)
    client = service.get_blob_client(container, blob)
    # TODO(learn): the container is private; sign the link, for this file and ten minutes.
    return client.url
