// The client library signs: it knows the rules of each version, and encodes the name for the URL.

import { BlobSASPermissions, BlobServiceClient } from "@azure/storage-blob";

export async function downloadLink(connectionString, container, blob, now) {
  const service = BlobServiceClient.fromConnectionString(connectionString);
  const client = service.getContainerClient(container).getBlobClient(blob);
  const expiresOn = new Date((now + 10 * 60) * 1000);
  return client.generateSasUrl({ permissions: BlobSASPermissions.parse("r"), expiresOn });
}
