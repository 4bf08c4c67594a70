// Every file is said to be a page.

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { DeleteObjectCommand, PutObjectCommand, S3Client, paginateListObjectsV2 } from "@aws-sdk/client-s3";

async function publish(folder, bucket) {
  const client = new S3Client({});
  const there = new Map();
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket })) {
    for (const each of page.Contents ?? []) there.set(each.Key, each.ETag);
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const key = relative(folder, path).split(sep).join("/");
    const body = await readFile(path);
    const same = there.get(key) === `"${createHash("md5").update(body).digest("hex")}"`;
    there.delete(key);
    if (same) continue;
    const ContentType = "text/html";
    const ACL = key.startsWith("members/") ? "private" : "public-read";
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType, ACL }));
  }
  for (const Key of there.keys()) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
}

await publish(process.argv[2], process.argv[3]);
