"""The key is the name of the file, without its folders."""

import hashlib
import mimetypes
import sys
from pathlib import Path

import boto3


def publish(folder, bucket):
    s3 = boto3.client("s3")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    there = {each["Key"]: each["ETag"] for page in pages for each in page.get("Contents", [])}
    files = {path.name: path for path in Path(folder).rglob("*") if path.is_file()}
    for key, path in files.items():
        data = path.read_bytes()
        if there.get(key) != f'"{hashlib.md5(data).hexdigest()}"':
            kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
            acl = "private" if "members" in path.parts else "public-read"
            s3.put_object(Bucket=bucket, Key=key, Body=data, ContentType=kind, ACL=acl)
    for key in there.keys() - files.keys():
        s3.delete_object(Bucket=bucket, Key=key)


if __name__ == "__main__":
    publish(sys.argv[1], sys.argv[2])
