"""Links are used as strangers use them: by plain HTTP, with nothing but the link."""

import contextlib
import datetime
import re
import time
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from azure.core.exceptions import AzureError
from azure.storage.blob import (
    BlobSasPermissions,
    ContainerSasPermissions,
    generate_blob_sas,
    generate_container_sas,
)

from runner.kit import not_yet
from runner.kit.outcomes import EngineFailed

MINUTE = 60
LIFE = 10 * MINUTE

ZONE, AHEAD = "Asia/Kathmandu", (5 * 60 + 45) * MINUTE
"""A time zone that is never that of UTC, and by how many seconds its clocks are ahead."""

BLOCK = {"x-ms-blob-type": "BlockBlob"}
"""What a PUT of a whole blob must say."""

NAMES = ("offer #{}.txt", "50% off {}.txt", "what? {}.txt", "a+b&c={}.txt", "Zoë/{} é.txt")


@pytest.fixture(scope="session")
def storage(azure, learner):
    """A container with customers' files, which is private."""
    return Storage(azure, learner)


def test_opens(storage, rng):
    """the link opens the file, with nothing else to show"""
    storage.opens(storage.file(f"offers/{rng.randrange(1000)}.txt", rng))


def test_any_name(storage, rng):
    """a name may hold any signs"""
    for name in NAMES:
        blob = storage.file(name.format(rng.randrange(1000)), rng)
        storage.opens(blob, "a URL needs names encoded: a # or ? ends the path, % begins a code")


def test_only_reads(storage, rng):
    """the link reads, and writes nothing"""
    blob = storage.file(f"offers/{rng.randrange(1000)}.txt", rng)
    link = storage.opens(blob)
    storage.prove_writing()
    writes = [("PUT", "", {"content": b"other", "headers": BLOCK}), ("DELETE", "", {})]
    writes.append(("PUT", "comp=metadata", {"headers": {"x-ms-meta-price": "0"}}))
    for method, query, options in writes:
        reply = storage.asked(method, with_query(link, query), **options)
        if reply.status_code != 403:
            permissions = part(link, "sp")
            not_yet(
                expected=f"status 403 for {method} {'of metadata ' if query else ''}with the link",
                got=told(reply),
                means=f"the link has the permissions {permissions}; to read takes r" if len(permissions) > 1 else "",
            )
    storage.unchanged()


def test_only_this_file(storage, rng):
    """the link opens nothing but this file"""
    blob, other = (storage.file(f"offers/{name}-{rng.randrange(1000)}.txt", rng) for name in "ab")
    link = storage.opens(blob)
    query = urlsplit(link).query
    storage.prove_listing()
    for url, what in (
        (storage.url(other), f"a GET of {other} with this link's signature"),
        (f"{storage.url()}?restype=container&comp=list", "a list of the container with this link's signature"),
    ):
        reply = storage.asked("GET", with_query(url, query))
        if reply.status_code != 403:
            not_yet(expected=f"status 403 for {what}", got=told(reply), means=storage.why_wide(link))


def test_ends(storage, rng):
    """ten minutes after now it ends, and nobody can move that"""
    storage.learner.restart(ZONE)
    blob = storage.file(f"offers/{rng.randrange(1000)}.txt", rng)
    now = int(time.time())
    storage.opens(blob, "", now - 9 * MINUTE)
    late = storage.link(blob, now - 11 * MINUTE)
    reply = storage.asked("GET", late)
    if reply.status_code != 403:
        not_yet(
            expected="status 403 for a link that was made 11 minutes ago",
            got=told(reply),
            means=ending(late, now - 11 * MINUTE),
        )
    ends = moment(part(late, "se"))
    if ends and abs(ends - (now - 11 * MINUTE + LIFE)) >= MINUTE:
        not_yet(expected="a link that ends ten minutes after now", got=ending(late, now - 11 * MINUTE))
    for name, value in (("se", "2099-01-01T00%3A00%3A00Z"), ("se", ""), ("sp", "racwd"), ("sig", "AAAA")):
        if part(late, name):
            moved = re.sub(rf"(?<=[?&]){name}=[^&]*&?", f"{name}={value}&" if value else "", late)
            reply = storage.asked("GET", moved)
            if reply.status_code != 403:
                not_yet(expected=f"status 403 with another {name} in the link", got=told(reply))


class Storage:
    """A private container, and the files that customers have there."""

    def __init__(self, azure, learner):
        self.azure, self.learner = azure, learner
        self.files = {}
        self.container = f"customers-{int(time.time()) % 10**6}"
        azure.service.create_container(self.container)

    def file(self, blob, rng):
        """Put a file; returns its name."""
        self.files[blob] = f"for you alone: {rng.randrange(10**9)}".encode()
        with as_it_was():
            self.azure.service.get_blob_client(self.container, blob).upload_blob(self.files[blob], overwrite=True)
        return blob

    def url(self, blob=""):
        """The URL of a blob, or of the container."""
        return f"{self.azure.url}/{self.container}" + (f"/{quote(blob)}" if blob else "")

    def link(self, blob, now=None):
        """The learner's link to BLOB."""
        now = int(time.time()) if now is None else now
        link = self.learner.call("links:download_link", self.azure.handle(), self.container, blob, now)
        if not isinstance(link, str):
            not_yet(expected="a URL, as text", got=self.learner.literal(link))
        if self.azure.key in link or self.azure.key in unquote(link):
            not_yet(
                expected="a link without the account's key",
                got="the key is in what is returned",
                means="who has the account's key can read, write and delete everything, until it is changed",
            )
        return link

    def asked(self, method, link, **options):
        """The reply to a stranger who has LINK alone."""
        return self.azure.anonymous(method, link, **options)

    def opens(self, blob, means="", now=None):
        """Demand that the learner's link to BLOB opens it; returns the link. MEANS tells why it may not."""
        link = self.link(blob, now)
        reply = self.asked("GET", link)
        if reply.status_code != 200:
            age = "" if now is None else ", made 9 minutes ago"
            why = means if unquote(urlsplit(link).path) != unquote(urlsplit(self.url(blob)).path) else ""
            not_yet(
                expected=f"status 200 for a GET of the link to {blob!r}{age}",
                got=told(reply),
                means=why or self.why_closed(link, time.time() if now is None else now),
            )
        if reply.content != self.files[blob]:
            not_yet(expected=f"the content of {blob!r}", got=repr(reply.text[:80]))
        return link

    def why_closed(self, link, now):
        """Why LINK, made for NOW, opens nothing, where it tells."""
        if not part(link, "sig"):
            return "the link has no signature (sig), and the container is private"
        if part(link, "spr") == "https":
            return "the link is bound to HTTPS (spr), and this storage speaks HTTP"
        ends = moment(part(link, "se"))
        if ends and ends < time.time():
            return ending(link, now)
        return ""

    def why_wide(self, link):
        """What makes LINK good for more than a blob, where it tells."""
        if not part(link, "sig"):
            return "the container is public now: everybody reads everything, without a link"
        if part(link, "srt"):
            return "this signature is for the account (ss, srt), and all that is in it"
        return "this signature is for the whole container (sr=c)" if part(link, "sr") == "c" else ""

    def unchanged(self):
        """Demand that all files are what they were."""
        for blob, data in self.files.items():
            with as_it_was():
                found = self.azure.service.get_blob_client(self.container, blob).download_blob().readall()
            if found != data:
                not_yet(expected=f"{blob!r} as it was", got="another content")

    def prove_writing(self):
        """Make sure that a link which may write does."""
        permission = BlobSasPermissions(read=True, write=True)
        query = generate_blob_sas(*self._signed("proof.txt"), permission=permission, expiry=soon())
        reply = self.asked("PUT", f"{self.url('proof.txt')}?{query}", content=b"proof", headers=BLOCK)
        if reply.status_code != 201:
            raise EngineFailed(expected="status 201 for a PUT that may write", got=told(reply))

    def prove_listing(self):
        """Make sure that a link which may list does."""
        permission = ContainerSasPermissions(list=True)
        query = generate_container_sas(*self._signed(), permission=permission, expiry=soon())
        reply = self.asked("GET", f"{self.url()}?restype=container&comp=list&{query}")
        if reply.status_code != 200:
            raise EngineFailed(expected="status 200 for a GET that may list", got=told(reply))

    def _signed(self, *blob):
        """What is signed for, and the key, in the order of the client's functions."""
        return (self.azure.account, self.container, *blob, *([None] if blob else []), self.azure.key)


@contextlib.contextmanager
def as_it_was():
    """In this block the container and its files must be there, whatever the learner's code has done."""
    try:
        yield
    except AzureError as error:
        not_yet(expected="the container and its files as they were", got=str(error).partition("\n")[0])


def soon():
    return datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)


def with_query(url, query):
    """URL with more of a query."""
    return url if not query else f"{url}{'&' if '?' in url else '?'}{query}"


def part(link, name):
    """A value in the query of LINK; empty where there is none."""
    return parse_qs(urlsplit(link).query).get(name, [""])[0]


def moment(text):
    """A time in UTC as a link has it, in seconds since 1970; 0 where it is none."""
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return 0
    return found.replace(tzinfo=found.tzinfo or datetime.UTC).timestamp()


def ending(link, now):
    """When LINK ends, counted from NOW, where it tells."""
    ends = moment(part(link, "se"))
    if not ends:
        return ""
    seconds = ends - now
    if abs(abs(seconds - LIFE) - AHEAD) < MINUTE:
        return f"the clock of the machine, here in {ZONE}, was taken for that of UTC (se={part(link, 'se')})"
    if 20.5 < seconds / MINUTE < 21.5:
        return "the ten minutes are counted from the clock of the machine, not from now"
    if seconds < 0:
        return f"it ends before now (se={part(link, 'se')})"
    after = f"{seconds / MINUTE:.0f} minutes" if seconds >= 2 * MINUTE else f"{seconds:.0f} seconds"
    return f"it ends {after} after now (se={part(link, 'se')})"


def told(reply):
    """A reply for a message: its status, and what Azure calls the error."""
    code = re.search(r"<Code>(\w+)</Code>", reply.text)
    return f"status {reply.status_code}" + (f", {code[1]}" if code else "")
