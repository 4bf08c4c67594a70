// The customer gets the account's key.

import { BlobServiceClient } from "@azure/storage-blob";

export function downloadLink(connectionString, container, blob, now) {
  const service = BlobServiceClient.fromConnectionString(connectionString);
  const url = service.getContainerClient(container).getBlobClient(blob).url;
  return `${url}?key=${encodeURIComponent(service.credential.accountKey.toString("base64"))}`;
}
