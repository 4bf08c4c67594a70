"""A learner's Dockerfile: built, looked into and run by the engine, and what is told where that cannot be."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator

import pytest

from runner.engines import Missing, held
from runner.engines.find import find
from runner.engines.images import PREFIX
from runner.kit.docker import Container, Containers, Engine, Images
from runner.kit.outcomes import CouldNotRun, EngineFailed, NotYet, Outcome, RanTooLong
from tests.conftest import absent
from tests.kit.conftest import server_of

BASE = "python:3.11-slim"
SERVICE = """
import os, signal, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(os.environ.get("WORD", "hello").encode())
        print("asked for", self.path, flush=True)

signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(3))
HTTPServer((os.environ.get("HOST", "0.0.0.0"), int(os.environ.get("PORT", "8000"))), Handler).serve_forever()
"""
DOCKERFILE = f"FROM {BASE}\nCOPY app.py /app.py\n"
RUNS = f'{DOCKERFILE}CMD ["python", "/app.py"]\n'


@pytest.fixture(scope="module")
def server() -> Iterator[held.Held]:
    if isinstance(image := find(f"{PREFIX}{BASE}"), Missing):
        absent(image.reason)
    with server_of("docker") as engine:
        yield engine


@pytest.fixture
def engine_of(make_context, server) -> Iterator[Callable[..., Engine]]:
    """Makes the engine as a run with the learner's files reaches it."""
    made: list[Engine] = []

    def make(files: dict[str, str | bytes], **facts: float) -> Engine:
        made.append(Engine(make_context(files, servers={"docker": server.address}, **{"timeout": 60.0, **facts})))
        made[-1].prepare()
        return made[-1]

    yield make
    for each in made:
        each.close()


def rows(outcome: pytest.ExceptionInfo[Outcome]) -> dict[str, str]:
    return dict(outcome.value.rows)


# Building


def test_an_image_is_built_once_and_tells_its_steps_and_settings(engine_of):
    images = Images(engine_of({"Dockerfile": RUNS, "app.py": SERVICE}))
    image = images.build()
    assert images.build() is image
    assert image.config["Cmd"] == ["python", "/app.py"]
    assert any(step.name.endswith("COPY app.py /app.py") for step in image.steps)
    again = images.build({"other": "file"})
    assert again.layers == image.layers, "what no step reads changes nothing"
    assert images.build({"app.py": "pass"}).layers != image.layers


def test_what_the_ignore_file_names_is_not_sent(engine_of):
    files = {"Dockerfile": f"FROM {BASE}\nCOPY . /all\n", ".dockerignore": "# note\n*.log\n**/cache\n!keep.log\n"}
    files |= {"a.log": "", "keep.log": "", "deep/cache/x": "", "deep/y": "", "cache/z": ""}
    found = {name for name in Images(engine_of(files)).build().files() if name.startswith("all/")}
    assert found == {"all/.dockerignore", "all/Dockerfile", "all/keep.log", "all/deep", "all/deep/y"}


def test_arguments_and_secrets_come_to_the_build_and_only_there(engine_of):
    lines = ["ARG WORD", "RUN echo $WORD > /word", "RUN --mount=type=secret,id=key sha256sum /run/secrets/key > /sum"]
    image = Images(engine_of({"Dockerfile": "\n".join([f"FROM {BASE}", *lines])}))
    built = image.build(args={"WORD": "spoken-7f"}, secrets={"key": "hidden-9c" * 40})
    assert [(each.part, each.file) for each in built.search("spoken-7f")][:1] == [("layer", "/word")]
    assert {each.part for each in built.search("spoken-7f")} == {"layer", "history"}
    assert built.search("hidden-9c") == [] and "sum" in built.files()


def test_a_file_that_was_removed_is_found_in_its_layer(engine_of):
    lines = [f"FROM {BASE}", "COPY key /tmp/key", "RUN rm /tmp/key"]
    built = Images(engine_of({"Dockerfile": "\n".join(lines), "key": "hidden-3e"})).build()
    assert "tmp/key" not in built.files()
    assert [(each.made_by, each.file) for each in built.search("hidden-3e")] == [("COPY key /tmp/key", "/tmp/key")]


def test_a_build_has_no_network(engine_of):
    lines = f"FROM {BASE}\nRUN cat /proc/net/dev && grep -c : /proc/net/dev > /count\nRUN test $(cat /count) = 1\n"
    assert Images(engine_of({"Dockerfile": lines})).build().id


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "no such file"),
        ({"Dockerfile": ""}, ""),
        ({"Dockerfile": "FORM x\n"}, "unknown instruction: FORM"),
        ({"Dockerfile": f"FROM {BASE}\nCOPY nothing .\n"}, "COPY nothing ."),
        ({"Dockerfile": f"FROM {BASE}\nRUN echo oh no && exit 3\n"}, "exit code 3"),
        ({"Dockerfile": b"\xff\xfe\x00"}, ""),
        ({"Dockerfile/file": ""}, "no such file"),
        ({"Dockerfile": RUNS, "app.py": "", ".dockerignore": "app.py"}, "app.py"),
    ],
)
def test_what_cannot_be_built_is_told(engine_of, files: dict[str, str | bytes], words: str):
    images = Images(engine_of(files))
    with pytest.raises(CouldNotRun) as outcome:
        images.build()
    told = rows(outcome)
    assert words in told["got"] and "/var/lib" not in told["got"]
    if "oh no" in str(files):
        assert told["stderr"] == "oh no"


def test_a_build_without_end_is_ended(engine_of):
    images = Images(engine_of({"Dockerfile": f"FROM {BASE}\nRUN sleep 100\n"}, timeout=4.0))
    began = time.monotonic()
    with pytest.raises(RanTooLong, match="the build had not ended after 2 s"):
        images.build()
    assert time.monotonic() - began < 8


# Running


def test_a_service_is_asked_through_the_port_that_it_publishes(engine_of):
    engine = engine_of({"Dockerfile": RUNS, "app.py": SERVICE})
    container = Containers(engine).start(Images(engine).build(), env={"PORT": "9001", "WORD": "there"}, port=9001)
    assert container.get("/x").status(200).text == "there"
    assert container.listening() == [("0.0.0.0", 9001)]
    assert container.run(["sh", "-c", "echo in; exit 4"]) == (4, "in\n")
    assert container.run(["no-such-program"])[0] in (126, 127)
    stdout, stderr = container.logs()
    assert "asked for /x" in stdout and "GET /x" in stderr
    stopped = container.stop()
    assert stopped.code == 3 and stopped.seconds < 2
    with pytest.raises(CouldNotRun, match="has ended with exit code 3"):
        container.get("/")


def test_a_container_has_limits_and_nothing_of_the_machine(engine_of):
    engine = engine_of({"Dockerfile": RUNS, "app.py": SERVICE})
    told = Containers(engine).start(Images(engine).build(), port=8000).state(whole=True)
    host = told["HostConfig"]
    assert host["Memory"] == 256 << 20 and host["PidsLimit"] == 128 and host["NanoCpus"] == 10**9
    assert not told["Mounts"] and not host["Privileged"]
    assert [each["HostIp"] for each in told["NetworkSettings"]["Ports"]["8000/tcp"]] == ["127.0.0.1"]
    assert engine.labels.items() <= told["Config"]["Labels"].items()


@pytest.mark.parametrize(
    ("env", "kind", "words"),
    [
        ({"HOST": "127.0.0.1"}, NotYet, "it listens on 127.0.0.1:8000"),
        ({"PORT": "8001"}, NotYet, "it listens on port 8001"),
        ({"PORT": "none"}, CouldNotRun, "ended with exit code 1"),
    ],
)
def test_why_nothing_answers_is_told(engine_of, env: dict[str, str], kind: type[Outcome], words: str):
    engine = engine_of({"Dockerfile": RUNS, "app.py": SERVICE})
    with pytest.raises(kind) as outcome:
        Containers(engine).start(Images(engine).build(), env=env, port=8000)
    assert words in rows(outcome)["got"]
    assert ("means" in rows(outcome)) == ("HOST" in env)


def test_a_service_that_begins_between_two_looks_is_not_taken_for_a_silent_one(engine_of, monkeypatch):
    look = Container.listening

    def slowly(container: Container) -> list[tuple[str, int]]:
        limit = time.monotonic() + 20
        while not (found := look(container)):
            assert time.monotonic() < limit
        return found

    monkeypatch.setattr(Container, "listening", slowly)
    engine = engine_of({"Dockerfile": RUNS, "app.py": f"import time\n\ntime.sleep(1.5)\n{SERVICE}"})
    Containers(engine).start(Images(engine).build(), port=8000).get("/").status(200)


def test_a_program_that_is_not_there_is_told(engine_of):
    engine = engine_of({"Dockerfile": DOCKERFILE, "app.py": SERVICE})
    with pytest.raises(CouldNotRun) as outcome:
        Containers(engine).launch(Images(engine).build(), command=["phyton"])
    assert "the engine refuses" in rows(outcome)["got"] and "phyton" in rows(outcome)["got"]


def test_health_is_waited_for(engine_of):
    check = 'HEALTHCHECK --interval=1s --retries=1 CMD ["test", "-e", "/well"]\n'
    engine = engine_of({"Dockerfile": RUNS + check, "app.py": SERVICE})
    container = Containers(engine).launch(Images(engine).build())
    assert container.health("unhealthy", 10) == "unhealthy"
    assert container.probes()[0][0] == 1
    container.run(["touch", "/well"])
    assert container.health("healthy", 10) == "healthy"
    plain = Containers(engine).launch(Images(engine).build({"Dockerfile": RUNS}))
    assert plain.health("healthy", 10) == "none"


def test_an_engine_that_is_gone_is_no_fault_of_the_learners(make_context, tmp_path):
    address = {"socket": str(tmp_path), "name": "docker.sock"}
    with pytest.raises(EngineFailed):
        Engine(make_context(servers={"docker": address})).prepare()


def test_the_labels_are_those_of_the_door(engine_of):
    one, other = engine_of({}), engine_of({})
    assert set(one.labels) == set(other.labels) and one.labels != other.labels
    assert json.dumps(one.labels).count("io.backendlings.") == 2
