// The policy does not say who may read.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { S3 } from "@aws-sdk/client-s3";

const s3 = new S3();
const [folder, Bucket] = process.argv.slice(2);
const TYPES = { ".css": "text/css", ".html": "text/html", ".json": "application/json", ".png": "image/png" };
TYPES[".svg"] = "image/svg+xml";

const files = readdirSync(folder, { recursive: true }).filter((key) => statSync(join(folder, key)).isFile());
const tops = new Set(files.map((key) => (key.includes("/") ? `${key.split("/")[0]}/*` : key)));
tops.delete("members/*");
const Resource = [...tops].map((top) => `arn:aws:s3:::${Bucket}/${top}`);
const Statement = [{ Effect: "Allow", Action: "s3:GetObject", Resource }];
await s3.putBucketPolicy({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });

await Promise.all(files.map(upload));

let ContinuationToken;
do {
  const page = await s3.listObjectsV2({ Bucket, ContinuationToken });
  const Objects = (page.Contents ?? []).map(({ Key }) => ({ Key })).filter(({ Key }) => !files.includes(Key));
  if (Objects.length) await s3.deleteObjects({ Bucket, Delete: { Objects } });
  ContinuationToken = page.NextContinuationToken;
} while (ContinuationToken);

async function upload(Key) {
  const Body = readFileSync(join(folder, Key));
  const sha256 = createHash("sha256").update(Body).digest("hex");
  const head = await s3.headObject({ Bucket, Key }).catch((error) => {
    if (error.name !== "NotFound") throw error;
  });
  if (head?.Metadata?.sha256 === sha256) return;
  await s3.putObject({ Bucket, Key, Body, ContentType: TYPES[extname(Key)], Metadata: { sha256 } });
}
