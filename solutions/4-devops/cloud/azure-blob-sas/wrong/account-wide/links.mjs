// The signature is for everything in the account.

import { AccountSASPermissions, BlobServiceClient } from "@azure/storage-blob";

export function downloadLink(connectionString, container, blob, now) {
  const service = BlobServiceClient.fromConnectionString(connectionString);
  const expiresOn = new Date((now + 10 * 60) * 1000);
  const url = service.generateAccountSasUrl(expiresOn, AccountSASPermissions.parse("r"), "o");
  return `${service.getContainerClient(container).getBlobClient(blob).url}${new URL(url).search}`;
}
