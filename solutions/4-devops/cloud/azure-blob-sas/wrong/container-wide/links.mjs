// The signature is for the whole container.

import { ContainerSASPermissions, BlobServiceClient } from "@azure/storage-blob";

export async function downloadLink(connectionString, container, blob, now) {
  const service = BlobServiceClient.fromConnectionString(connectionString);
  const client = service.getContainerClient(container);
  const expiresOn = new Date((now + 10 * 60) * 1000);
  const url = await client.generateSasUrl({ permissions: ContainerSASPermissions.parse("r"), expiresOn });
  return `${client.getBlobClient(blob).url}${new URL(url).search}`;
}
