"""An AWS of the run's own: the learner's program finds it, strangers get what they may, and nobody else's is met."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import httpx
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from runner.kit.aws import NOTHING, Aws, warm
from runner.kit.program import Program
from tests.kit.conftest import Make, link_packages

PYTHON = """
import sys
import boto3
boto3.client("s3").put_object(Bucket=sys.argv[1], Key=sys.argv[2], Body=b"hello", ContentType="text/plain")
"""
JAVASCRIPT = """
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
const [Bucket, Key] = process.argv.slice(2);
await new S3Client({}).send(new PutObjectCommand({ Bucket, Key, Body: "hello", ContentType: "text/plain" }));
"""


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `warm` does to the environment of a checker is undone after a test."""
    for name in [*NOTHING, "NO_PROXY"]:
        monkeypatch.setenv(name, "")


@pytest.fixture
def make(make_context: Make) -> Iterator[Callable[[], Aws]]:
    """Makes AWSs of runs."""
    made: list[Aws] = []

    def new() -> Aws:
        made.append(Aws(make_context()))
        return made[-1]

    warm()
    yield new
    for each in made:
        each.close()


@pytest.fixture
def aws(make: Callable[[], Aws]) -> Aws:
    return make()


def bucket(aws: Aws, name: str = "pets") -> str:
    region = {"LocationConstraint": aws.environment["AWS_REGION"]}
    aws.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration=region, ObjectOwnership="ObjectWriter")
    return name


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_a_program_finds_it_and_its_requests_are_told(make_context: Make, language: str) -> None:
    suffix, text = ("py", PYTHON) if language == "python" else ("mjs", JAVASCRIPT)
    context = make_context({f"main.{suffix}": text}, language=language, memory=1024, timeout=60.0)
    if language == "javascript":
        link_packages(context.work.parent, "node-aws")
    aws, program = Aws(context), Program(context)
    program.extra |= aws.environment
    try:
        bucket(aws)
        program.run("pets", "a b/ü.txt").well()
        stored = aws.client("s3").get_object(Bucket="pets", Key="a b/ü.txt")
        assert (stored["Body"].read(), stored["ContentType"]) == (b"hello", "text/plain")
        uploads = [each for each in aws.requests() if each.uploads]  # those of the check itself are not among them
        assert [(each.method, each.path, each.status) for each in uploads] == [("PUT", "/pets/a b/ü.txt", 200)]
        assert aws.requests() == []
    finally:
        program.close()
        aws.close()


def test_requests_of_others_are_told_whatever_keys_they_have(aws: Aws) -> None:
    bucket(aws)
    aws.anonymous("GET", "pets")
    assert aws.requests() == []
    for key in ("made-up", ""):
        headers = (
            {"Authorization": f"AWS4-HMAC-SHA256 Credential={key}/20260101/eu-central-1/s3/x, SignedHeaders=host"}
            if key
            else {}
        )
        httpx.put(f"{aws.url}/pets/of{key}", content=b"x", headers=headers)
    assert [each.path for each in aws.requests() if each.uploads] == ["/pets/ofmade-up", "/pets/of"]


def test_strangers_get_what_is_public_alone(aws: Aws) -> None:
    bucket(aws)
    for key, acl in (("all", "public-read"), ("mine", "private")):
        aws.client("s3").put_object(Bucket="pets", Key=key, Body=b"x", ACL=acl)
    assert aws.anonymous("GET", "pets", "all").content == b"x"
    assert aws.anonymous("GET", "pets", "mine").status_code == 403


def test_runs_never_meet(make: Callable[[], Aws]) -> None:
    one, other = make(), make()
    bucket(one)
    assert other.client("s3").list_buckets()["Buckets"] == []
    bucket(other)  # names are one world's, and each has a world of its own


def test_no_program_changes_how_moto_behaves(aws: Aws) -> None:
    bucket(aws)
    assert aws.anonymous("POST", "moto-api", "reset").status_code == 404
    aws.client("s3").head_bucket(Bucket="pets")


def test_it_ends_with_its_run(make_context: Make) -> None:
    aws = Aws(make_context())
    client = aws.client("s3")
    assert client.list_buckets()["Buckets"] == []
    aws.close()
    with pytest.raises(EndpointConnectionError):
        client.list_buckets()


def test_the_persons_own_is_neither_known_nor_asked(make: Callable[[], Aws], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "work")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    warm()
    assert "AWS_PROFILE" not in os.environ
    assert make().client("sts").get_caller_identity()["Account"]


def test_what_it_refuses_is_an_error_as_of_aws(aws: Aws) -> None:
    with pytest.raises(ClientError, match="NoSuchBucket"):
        aws.client("s3").put_object(Bucket="nowhere", Key="x", Body=b"")
