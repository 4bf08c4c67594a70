"""The policy does not say who may read."""

import hashlib
import json
import mimetypes
import os
import sys

import boto3
from botocore.exceptions import ClientError

s3 = boto3.resource("s3")


def publish(folder, name):
    bucket = s3.Bucket(name)
    files = dict(sorted(found(folder)))
    tops = {key if "/" not in key else f"{key.partition('/')[0]}/*" for key in files}
    public = sorted(f"arn:aws:s3:::{name}/{top}" for top in tops if top != "members/*")
    allow = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": public}
    bucket.Policy().put(Policy=json.dumps({"Version": "2012-10-17", "Statement": [allow]}))
    for key, path in files.items():
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if stored(bucket.Object(key)) != digest:
            kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
            bucket.upload_file(path, key, ExtraArgs={"ContentType": kind, "Metadata": {"sha256": digest}})
    extra = [{"Key": each.key} for each in bucket.objects.all() if each.key not in files]
    if extra:
        bucket.delete_objects(Delete={"Objects": extra})


def found(folder):
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            yield os.path.relpath(path, folder).replace(os.sep, "/"), path


def stored(item):
    try:
        return item.metadata.get("sha256")
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return None
        raise


if __name__ == "__main__":
    publish(*sys.argv[1:])
