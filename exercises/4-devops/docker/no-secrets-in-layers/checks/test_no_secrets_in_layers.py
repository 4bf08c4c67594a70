"""A token that is needed twice, at build and at run time, and must not be in the image: it is looked for everywhere."""

import hashlib
import hmac
import json
from dataclasses import dataclass

import pytest

from runner.kit import not_yet

PORT = 8000
LATER = "a file that a later step removes stays in the layer before it; whoever has the image can read it"
ARGUMENT = "the values of build arguments are written into the history, where a step could use them"
NAME = "what ENV sets is part of the image, for everybody who has it"


@dataclass(frozen=True)
class Locked:
    """A price list, the token that opens it, and the image that was built with both."""

    token: str
    catalog: dict
    image: object


@pytest.fixture(scope="session")
def built():
    """What the first check builds, for those after it."""
    return []


@pytest.fixture
def locked(image, built, rng):
    """The image, built with a token of this run's, which is handed over in all three ways."""
    if not built:
        token = f"tk_{rng.getrandbits(160):040x}"
        catalog = {"catalog": f"list {rng.getrandbits(64):016x}", "pen": rng.randrange(100, 900)}
        plain = json.dumps(catalog).encode()
        key = hashlib.shake_256(token.encode()).digest(len(plain))
        files = {"token.txt": f"{token}\n", "catalog.locked": bytes(a ^ b for a, b in zip(plain, key, strict=True))}
        made = image.build(files, args={"TOKEN": token}, secrets={"token": token})
        built.append(Locked(token, catalog, made))
    return built[0]


def test_unlocks(locked, container):
    """GET /catalog answers with the list that the token opened at build"""
    service = container.start(locked.image, env={"HOST": "0.0.0.0"}, port=PORT)
    service.get("/catalog").status(200).equals(locked.catalog)


def test_run_time(locked, container, rng):
    """GET /sign uses the TOKEN of docker run, another one"""
    token, text = f"tk_{rng.getrandbits(160):040x}", f"order {rng.randrange(10_000)}"
    service = container.start(locked.image, env={"HOST": "0.0.0.0", "TOKEN": token}, port=PORT)
    reply = service.get("/sign", params={"text": text}).status(200)
    found = reply.json()
    stale = isinstance(found, dict) and found.get("signature") == signed(locked.token, text)
    means = "it signs with the token of the build; a token in the image cannot be changed without a new image"
    reply.equals({"signature": signed(token, text)}, means=means if stale else "")


def test_layers(locked):
    """no layer holds the token"""
    built = locked.image
    if not built.search(locked.catalog["catalog"]):  # the list itself must be found there, or the search is blind
        not_yet(expected="the unlocked list in a layer of the image", got="no layer holds it", command=built.command)
    for place in built.search(locked.token):
        if place.part != "layer":
            continue
        hidden = place.file.lstrip("/") not in built.files()
        not_yet(
            command=built.command,
            expected="no file with the token in any layer",
            got=f"the layer of {short(place.made_by, locked.token)} holds it in {place.file}",
            means=LATER if hidden else None,
            look="docker save app | tar x   (each layer is an archive of its own)",
        )


def test_settings(locked):
    """neither its history nor its settings hold the token"""
    for place in locked.image.search(locked.token):
        if place.part == "history":
            not_yet(
                command=locked.image.command,
                expected="no token in docker history",
                got=short(place.made_by, locked.token),
                means=NAME if place.made_by.startswith("ENV") else ARGUMENT if by_argument(place.made_by) else None,
                look="docker history --no-trunc app",
            )
        if place.part == "configuration":
            not_yet(
                command=locked.image.command,
                expected="no token in docker inspect",
                got=", ".join(name for name, value in locked.image.config.items() if locked.token in str(value)),
                means=NAME if locked.token in str(locked.image.config.get("Env")) else None,
                look="docker inspect app",
            )


def by_argument(instruction):
    """Whether an entry of the history tells build arguments with their values."""
    return instruction.startswith(("ARG", "RUN |", "|"))


def signed(token, text):
    """What app.py answers to /sign."""
    return hmac.new(token.encode(), text.encode(), hashlib.sha256).hexdigest()


def short(instruction, token):
    """An instruction in a message."""
    words = instruction.replace(token, "tk_...")
    return words if len(words) <= 70 else f"{words[:67]}..."
