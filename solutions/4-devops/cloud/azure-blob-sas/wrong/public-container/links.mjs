// The container is made public, and the link is plain.

import { BlobServiceClient } from "@azure/storage-blob";

export async function downloadLink(connectionString, container, blob, now) {
  const service = BlobServiceClient.fromConnectionString(connectionString);
  const client = service.getContainerClient(container);
  await client.setAccessPolicy("blob");
  return client.getBlobClient(blob).url;
}
