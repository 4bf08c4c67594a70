"""A site is published three times: new, from another machine, and after changes; each time AWS is asked what it has."""

import hashlib
import json
import os
import shutil

import pytest
from botocore.exceptions import ClientError

from runner.kit import not_yet

TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}

DEFAULT_TYPES = ("", "binary/octet-stream", "application/octet-stream")

NO_TYPE = "S3 looks at no suffix: without a type, a browser saves the page"

PRIVATE = "members/"

PAST = 1_600_000_000
"""A time of files, in seconds since 1970: long before the run."""


@pytest.fixture(scope="session")
def site(aws, program, work):
    """The site of this run, and its bucket."""
    return Site(aws, program, work.parent)


def test_publishes(site, rng):
    """every file is an object of the bucket"""
    site.begin(rng)
    site.publish()
    site.holds(site.files)


def test_public(site):
    """everybody can read a page"""
    for key in site.public():
        site.readable(key)
    site.policy_is_whole()


def test_private(site):
    """nobody without keys reads what is below members/"""
    site.nobody_reads()


def test_types(site):
    """each object has the type of its suffix"""
    for key in site.public():
        site.typed(key)


def test_second_run(site):
    """a second run uploads nothing"""
    site.move()
    uploads = site.publish()
    if uploads:
        not_yet(
            expected="no upload, for no content has changed",
            got="all of it was sent again" if set(uploads) == set(site.files) else f"{shown(uploads)} sent again",
            means="the files are copies of those before, as after a git clone: their times are new, nothing else is",
        )
    site.holds(site.files)
    site.nobody_reads()


def test_changes(site, rng):
    """after changes only these are uploaded"""
    changed, other, new, hidden = site.change(rng)
    uploads = set(site.publish())
    site.holds([changed], "the file has the size that it had before, and another content")
    site.holds([other, new, hidden])
    too_many = uploads - {changed, other, new, hidden}
    if too_many:
        sent = shown([changed, other, new, hidden])
        not_yet(expected=f"uploads of {sent}", got=f"{shown(too_many)} sent as well")
    site.readable(new)
    site.readable(changed)
    site.typed(changed)
    site.nobody_reads()


def test_removed(site):
    """what the folder has no longer is gone"""
    left = sorted(site.listed().keys() - site.files.keys())
    if left:
        not_yet(
            expected=f"no object {left[0]}, for the folder has no such file",
            got="it is there" + (f", with {len(left) - 1} more" if len(left) > 1 else ""),
            look=f"aws s3 ls s3://{site.bucket} --recursive",
        )
    site.holds(site.files)


class Site:
    """A folder, the files that it holds, and the bucket that they belong in."""

    def __init__(self, aws, program, place):
        self.aws, self.program, self.s3 = aws, program, aws.client("s3")
        self.folder = place / "site"
        self.other = place / "clone" / "of the site"
        self.files = {}
        self.bucket = ""

    def begin(self, rng):
        """Make the folder and the bucket."""
        self.bucket = f"site-{rng.randrange(10**8):08}"
        region = {"LocationConstraint": self.s3.meta.region_name}
        self.s3.create_bucket(Bucket=self.bucket, CreateBucketConfiguration=region, ObjectOwnership="ObjectWriter")
        photo = f"{rng.randrange(1000)}.png"
        keys = ["index.html", "members.html", "css/site.css", "img/blue pen.svg", f"img/{photo}", "data/prices.json"]
        keys += [f"{PRIVATE}list.html", f"{PRIVATE}photos/{photo}", f"{rng.choice('abc')}/{PRIVATE}index.html"]
        for key in keys:
            self.write(key, content(rng, key))

    def write(self, key, data):
        """Write a file of the folder."""
        path = self.folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.files[key] = data

    def publish(self):
        """Run the learner's program; returns the keys that it uploaded."""
        ended = self.program.run(str(self.folder), self.bucket)
        requests = self.aws.requests()
        ended.well()
        prefix = f"/{self.bucket}/"
        return [each.path.removeprefix(prefix) for each in requests if each.uploads]

    def move(self):
        """As on another machine: the same files in another folder, with other times."""
        self.other.parent.mkdir(exist_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)  # the learner's program may have changed it
        self.folder = self.other
        for key, data in self.files.items():
            self.write(key, data)

    def change(self, rng):
        """Change the folder, and remove a file; returns the keys of four others.

        The first has changed in the same size, the second is longer, the third is new, the last new and private.
        """
        for key, data in self.files.items():
            self.write(key, data)
        changed, other = "index.html", "css/site.css"
        gone = next(key for key in self.files if key.startswith("img/") and key.endswith(".png"))
        old = self.files[changed]
        self.write(changed, old[:-1] + bytes([old[-1] ^ 1]))
        os.utime(self.folder / changed, (PAST, PAST))
        self.write(other, self.files[other] + content(rng, other))
        new, hidden = f"news-{rng.randrange(1000)}.html", f"{PRIVATE}notes-{rng.randrange(1000)}.html"
        for key in (new, hidden):
            self.write(key, content(rng, key))
        (self.folder / gone).unlink()
        del self.files[gone]
        return changed, other, new, hidden

    def public(self):
        """The keys that everybody may read."""
        return [key for key in self.files if not key.startswith(PRIVATE)]

    def listed(self):
        """The ETag of each object by its key."""
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        try:
            return {each["Key"]: each["ETag"].strip('"') for page in pages for each in page.get("Contents", [])}
        except ClientError as error:
            not_yet(expected=f"the bucket {self.bucket}", got=error.response["Error"]["Code"])

    def holds(self, keys, means=""):
        """Demand that the bucket has the objects KEYS with the content of the files; MEANS tells of other content."""
        listed = self.listed()
        for key in keys:
            if key not in listed:
                got = f"the bucket holds {shown(listed)}" if listed else "the bucket is empty"
                not_yet(expected=f"an object {key}", got=got, means=self.why_not(key, listed))
        for key in keys:
            if self.differs(key, listed[key]):
                not_yet(expected=f"{key} with the content of the file", got="an object of other content", means=means)

    def differs(self, key, etag):
        """Whether the object KEY has other content than the file."""
        if "-" not in etag:
            return etag != hashlib.md5(self.files[key]).hexdigest()
        return self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read() != self.files[key]  # it came in parts

    def why_not(self, key, listed):
        """Why there is no object KEY among those LISTED, where it can be told."""
        if "/" in key and key.rpartition("/")[2] in listed:
            return "a key is the whole path below FOLDER, not the file's name alone"
        if any(each.endswith(f"/{key}") for each in listed):
            return "a key is the path below FOLDER, without FOLDER itself"
        return ""

    def readable(self, key):
        """Demand that a stranger gets the file KEY."""
        reply = self.aws.anonymous("GET", self.bucket, key)
        if reply.status_code != 200:
            not_yet(
                expected=f"status 200 for a GET of {key} without keys",
                got=f"status {reply.status_code}",
                means=f"it has members in its name, and is not below {PRIVATE}" if "members" in key else "",
            )
        if reply.content != self.files[key]:
            not_yet(expected=f"{len(self.files[key])} bytes as {key}", got=f"{len(reply.content)} bytes, not the same")

    def nobody_reads(self):
        """Demand that a stranger gets nothing that is private; that it is there is known."""
        for key in self.files:
            if key.startswith(PRIVATE):
                reply = self.aws.anonymous("GET", self.bucket, key)
                if reply.status_code != 403:
                    not_yet(
                        expected=f"status 403 for a GET of {key} without keys",
                        got=f"status {reply.status_code}",
                        means=self.why_open(key) if reply.status_code == 200 else "",
                    )

    def policy_is_whole(self):
        """Demand that the bucket's policy, where it has one, is such as AWS takes: the test AWS takes any."""
        try:
            policy = json.loads(self.s3.get_bucket_policy(Bucket=self.bucket)["Policy"])
        except ClientError:
            return
        found = policy.get("Statement", [])
        for each in found if isinstance(found, list) else [found]:
            if not {"Principal", "NotPrincipal"} & each.keys():
                not_yet(
                    expected="a Principal in each statement of the bucket's policy",
                    got=json.dumps(each)[:200],
                    means="it says who is meant, * for everybody; AWS refuses a policy of a bucket without it",
                )

    def why_open(self, key):
        """What lets strangers read KEY, where AWS tells."""
        try:
            policy = self.s3.get_bucket_policy(Bucket=self.bucket)["Policy"]
        except ClientError:
            policy = ""
        if "NotResource" in policy:
            return "the test AWS does not read NotResource; name what is public in Resource"
        if policy:
            return "the bucket's policy allows it"
        grants = self.s3.get_object_acl(Bucket=self.bucket, Key=key)["Grants"]
        if any(each["Grantee"].get("URI", "").endswith("/AllUsers") for each in grants):
            return "the object's ACL lets everybody read"
        return ""

    def typed(self, key):
        """Demand the type of KEY."""
        kind = self.aws.anonymous("GET", self.bucket, key).headers.get("content-type", "")
        wanted = TYPES[key[key.rindex(".") :]]
        if kind.partition(";")[0].strip().lower() != wanted:
            not_yet(
                expected=f"Content-Type: {wanted} for {key}",
                got=f"Content-Type: {kind or 'none'}",
                means=NO_TYPE if kind in DEFAULT_TYPES else "",
            )


def content(rng, key):
    """New content for the file KEY, of some length; a picture's is no text."""
    number = rng.randrange(10**9)
    if key.endswith(".png"):
        return b"\x89PNG\r\n\x1a\n" + rng.randbytes(rng.randint(50, 400))
    if key.endswith(".json"):
        return json.dumps({"price": number}).encode()
    return f"<!-- {key} {number} -->\n".encode() * rng.randint(2, 9)


def shown(keys):
    """KEYS for a message."""
    some = sorted(keys)
    return ", ".join(some[:6]) + (f" and {len(some) - 6} more" if len(some) > 6 else "")
