// The link may write as well.

import { BlobSASPermissions, BlobServiceClient } from "@azure/storage-blob";

export async function downloadLink(connectionString, container, blob, now) {
  const service = BlobServiceClient.fromConnectionString(connectionString);
  const client = service.getContainerClient(container).getBlobClient(blob);
  const expiresOn = new Date((now + 10 * 60) * 1000);
  return client.generateSasUrl({ permissions: BlobSASPermissions.parse("rw"), expiresOn });
}
