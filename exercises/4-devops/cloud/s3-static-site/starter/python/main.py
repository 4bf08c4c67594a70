"""Publish a folder to a bucket of S3: python main.py FOLDER BUCKET"""

import sys
from pathlib import Path

import boto3


def publish(folder, bucket):
    s3 = boto3.client("s3")  # keys, region and address come from the environment
    # TODO(learn): every file, not the index alone; its type, who may read it, and only what changed.
    s3.put_object(Bucket=bucket, Key="index.html", Body=Path(folder, "index.html").read_bytes())


if __name__ == "__main__":
    publish(sys.argv[1], sys.argv[2])
