// One policy makes the whole bucket public.

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { DeleteObjectCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client, paginateListObjectsV2 } from "@aws-sdk/client-s3";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

async function publish(folder, bucket) {
  const client = new S3Client({});
  const Resource = `arn:aws:s3:::${bucket}/*`;
  const Statement = [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource }];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
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
    const ContentType = TYPES[extname(key)] ?? "application/octet-stream";
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType }));
  }
  for (const Key of there.keys()) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
}

await publish(process.argv[2], process.argv[3]);
