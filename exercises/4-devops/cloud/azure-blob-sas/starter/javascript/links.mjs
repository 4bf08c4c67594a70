// Links to customers' files in Azure's blob storage.

import { BlobServiceClient } from "@azure/storage-blob";

export function downloadLink(connectionString, container, blob, now) {
  const service = BlobServiceClient.fromConnectionString(connectionString);
  const client = service.getContainerClient(container).getBlobClient(blob);
  // TODO(learn): the container is private; sign the link, for this file and ten minutes.
  return client.url;
}
