"""A storage account of the run's own on Azurite: given out by locks, empty at first and at the end."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator

import pytest

from runner.engines import Missing, azurite, held
from runner.kit.azure import Azure
from runner.kit.learner import Learner
from runner.kit.outcomes import EngineFailed, NotYet
from tests.conftest import absent
from tests.kit.conftest import Make, link_packages, server_of

PYTHON = """
from azure.storage.blob import BlobServiceClient

def names(text):
    return [each.name for each in BlobServiceClient.from_connection_string(text).list_containers()]
"""
JAVASCRIPT = """
import { BlobServiceClient } from "@azure/storage-blob";

export async function names(text) {
  const found = [];
  for await (const each of BlobServiceClient.fromConnectionString(text).listContainers()) found.push(each.name);
  return found;
}
"""


@pytest.fixture(scope="module")
def server() -> Iterator[held.Held]:
    engine = azurite.provide(dict(os.environ))
    if isinstance(engine, Missing):
        absent(engine.reason)
    with_it = server_of("azurite")
    with with_it as started:
        yield started


@pytest.fixture
def make(make_context: Make, server: held.Held) -> Iterator[Callable[[], Azure]]:
    """Makes accounts of runs."""
    made: list[Azure] = []

    def new() -> Azure:
        made.append(Azure(make_context(servers={"azurite": server.address})))
        made[-1].prepare()
        return made[-1]

    yield new
    for each in made:
        each.close()


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_the_learners_code_gets_the_connection_string(make_context: Make, make: Callable[[], Azure], language) -> None:
    suffix, text = ("py", PYTHON) if language == "python" else ("mjs", JAVASCRIPT)
    context = make_context({f"boxes.{suffix}": text}, language=language, memory=1024, timeout=60.0)
    if language == "javascript":
        link_packages(context.work.parent, "node-azure")
    azure = make()
    azure.service.create_container("offers")
    learner = Learner(context)
    try:
        assert learner.call("boxes:names", azure.handle()) == ["offers"]
        assert azure.key not in context.last_call
    finally:
        learner.close()


def test_runs_never_meet_and_leave_nothing(make: Callable[[], Azure]) -> None:
    one, other = make(), make()
    assert one.account != other.account
    one.service.create_container("offers")
    assert list(other.service.list_containers()) == []


def test_strangers_are_refused_and_may_ask_nobody_else(make: Callable[[], Azure]) -> None:
    azure = make()
    azure.service.create_container("offers").upload_blob("a", b"x")
    assert azure.anonymous("GET", f"{azure.url}/offers/a").status_code in (403, 404, 409)
    azure.service.get_container_client("offers").set_container_access_policy({}, public_access="blob")
    assert azure.anonymous("GET", f"{azure.url}/offers/a").content == b"x"
    for url in ("", "offers/a", "http://127.0.0.1:1/", f"{azure.url}0/offers/a", f"{azure.url}/a\n"):
        with pytest.raises(NotYet):
            azure.anonymous("GET", url)


def test_what_a_killed_run_left_is_removed(make_context: Make, server: held.Held) -> None:
    address = {**server.address, "accounts": server.address["accounts"].split(";")[0]}  # so that all want the same
    told, says = os.pipe()
    run = os.fork()
    if not run:
        try:
            azure = Azure(make_context(servers={"azurite": address}))
            azure.prepare()
            azure.service.create_container("left")
            os.write(says, b"x")
            signal.pause()
        finally:
            os._exit(1)
    assert os.read(told, 1) == b"x"
    next_one = Azure(make_context(servers={"azurite": address}))
    try:
        with pytest.raises(EngineFailed, match="all 1 are taken"):
            next_one.prepare()
        os.kill(run, signal.SIGKILL)
        os.waitpid(run, 0)
        next_one.prepare()
        assert list(next_one.service.list_containers()) == []
    finally:
        next_one.close()
        os.close(told)
        os.close(says)
