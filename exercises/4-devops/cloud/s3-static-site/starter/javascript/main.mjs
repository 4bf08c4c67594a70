// Publish a folder to a bucket of S3: node main.mjs FOLDER BUCKET

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

async function publish(folder, bucket) {
  const s3 = new S3Client({}); // keys, region and address come from the environment
  // TODO(learn): every file, not the index alone; its type, who may read it, and only what changed.
  const body = await readFile(join(folder, "index.html"));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "index.html", Body: body }));
}

await publish(process.argv[2], process.argv[3]);
