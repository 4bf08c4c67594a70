"""The fixtures `image` and `container`: the learner's Dockerfile built, looked into and run by the Docker engine.

All that is made carries the labels that the door gave this run; see `engines/docker_door.py`. A container has limits,
no folder of the machine, and publishes its ports on the loopback alone.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import socket
import tarfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docker
import httpx
import requests
from docker.errors import APIError, DockerException
from docker.utils.build import exclude_paths

from runner.engines.docker import DOOR
from runner.kit import api
from runner.kit.api import MOST_SHOWN, Asked
from runner.kit.buildkit import Build, Step, TooLong, build
from runner.kit.context import Context
from runner.kit.outcomes import CouldNotRun, EngineFailed, NotYet, Outcome, RanTooLong, UsedTooMuch
from runner.kit.part import Part

MEMORY = "256m"
PROCESSES = 128
CPUS = 1_000_000_000
"""What one container may use: memory, processes, billionths of a processor."""

MOST_LOG = "4m"
"""What the engine keeps of a container's output."""

ENGINE_LIMIT = 60
"""Seconds that the engine may take for one answer."""

LAST_LINES = 5
MOST_VALUE = 20
"""Characters of a value in the environment that a command shows."""

TURN = 0.02
"""Seconds between two looks at something that is waited for."""

STARTED = 15.0
"""Seconds that a container's service may take until it answers; less where the run has less left."""

GZIP = b"\x1f\x8b"
"""What a layer begins with that is compressed, as some engines save them."""

FULL = "no space left on device"


class Engine(Part):
    """The engine, as one run reaches it."""

    def __init__(self, context: Context) -> None:
        address = context.servers["docker"]
        self.context = context
        self.place = str(Path(address["socket"], address["name"]))
        self._address = address
        self._door = socket.socket(socket.AF_UNIX)
        self._answers: Any = None
        self.labels: dict[str, str] = {}
        self.api: Any = None

    def prepare(self) -> None:
        """Reach it.

        Raises:
            EngineFailed: it does not answer.
        """
        try:
            self._door.connect(str(Path(self._address["socket"], DOOR)))
            self._answers = self._door.makefile("rb")
            self.labels = json.loads(self._answers.readline())
            self.api = docker.APIClient(f"unix://{self.place}", timeout=ENGINE_LIMIT)
        except (OSError, ValueError, DockerException) as error:
            raise EngineFailed(expected="an answer of the Docker engine", got=str(error)) from None

    def opened(self, port: int) -> str:
        """The Unix socket that leads to PORT of the machine, which a container publishes."""
        self._door.sendall(json.dumps({"open": port}).encode() + b"\n")
        return str(json.loads(self._answers.readline())["path"])

    @contextlib.contextmanager
    def asked(self, command: str = "") -> Iterator[None]:
        """Requests in this block are to the engine: its failures end the check in words.

        Raises:
            CouldNotRun: the engine refuses what the learner's image or COMMAND asks for.
            UsedTooMuch: its disk is full.
            EngineFailed: it does not answer, or fails itself.
        """
        try:
            yield
        except APIError as error:
            raise _refused(command, str(error.explanation or error)) from None
        except (DockerException, requests.RequestException, OSError) as error:
            raise EngineFailed(expected="an answer of the Docker engine", got=str(error)) from None

    def close(self) -> None:
        """Let go: the door then removes what was made."""
        for each in (self.api, self._answers):
            if each:
                each.close()
        self._door.close()


def _refused(command: str, words: str) -> Outcome:
    if FULL in words.lower():
        return UsedTooMuch(
            command=command,
            expected="room on the disk where the Docker engine keeps images and containers",
            got=FULL,
            look="docker system df",
        )
    words = words.rpartition("OCI runtime create failed: ")[2].replace(": unknown", "")
    return CouldNotRun(command=command, expected="a container that starts", got=f"the engine refuses: {words}")


class Images:
    """The fixture `image`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._built: dict[str, Image | Outcome] = {}
        self._contexts = 0

    def build(
        self,
        files: Mapping[str, str | bytes] | None = None,
        *,
        args: Mapping[str, str] | None = None,
        secrets: Mapping[str, str] | None = None,
    ) -> Image:
        """The image of the learner's Dockerfile; built once for the same files, arguments and secrets.

        Args:
            files: laid over the learner's, by path, before `.dockerignore` is obeyed.
            args: what `--build-arg` gives.
            secrets: what `RUN --mount=type=secret,id=NAME` gets.

        Raises:
            CouldNotRun: there is no Dockerfile, or a step fails.
            RanTooLong: it takes too long.
            UsedTooMuch: the engine's disk is full.
        """
        files, args, secrets = files or {}, args or {}, secrets or {}
        key = repr((sorted(files.items()), sorted(args.items()), sorted(secrets.items())))
        if key not in self._built:
            try:
                self._built[key] = self._image(files, args, secrets)
            except Outcome as outcome:
                self._built[key] = outcome  # the checks after this one need not wait for the same again
        known = self._built[key]
        if isinstance(known, Outcome):
            raise known
        return known

    def _image(self, files: Mapping[str, str | bytes], args: Mapping[str, str], secrets: Mapping[str, str]) -> Image:
        context = self._engine.context
        flags = [f"--build-arg {name}={_in_short(value)}" for name, value in args.items()]
        flags += [f"--secret id={name},src=FILE" for name in secrets]
        command = " ".join(["docker build", *flags, "."])
        context.last_command, context.last_call, context.last_request = command, "", ""
        archive = self._archive(files)
        seconds = context.budget()
        try:
            done = build(
                self._engine.place,
                archive,
                labels=self._engine.labels,
                arguments=args,
                secrets={name: value.encode() for name, value in secrets.items()},
                seconds=seconds,
            )
        except TooLong:
            raise RanTooLong(expected="an image", got=f"the build had not ended after {seconds:.0f} s") from None
        except OSError as error:
            raise EngineFailed(expected="an answer of the Docker engine", got=str(error)) from None
        for step in done.steps.values():
            context.record(step.output.encode())
        if done.error:
            raise _not_built(done, command)
        return Image(self._engine, done.image, tuple(done.steps.values()), command)

    def _archive(self, files: Mapping[str, str | bytes]) -> bytes:
        """The folder that the build sees, without what `.dockerignore` names."""
        context = self._engine.context
        self._contexts += 1
        folder = context.scratch / f"context-{self._contexts}"
        try:
            shutil.copytree(context.work, folder, symlinks=True)
            for path, content in files.items():
                place = folder / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content if isinstance(content, bytes) else content.encode())
            if not (folder / "Dockerfile").is_file():
                raise CouldNotRun(expected="a file Dockerfile", got="no such file")
            return _packed(folder, _ignored(folder))
        except (OSError, shutil.Error, ValueError, re.error) as error:
            raise CouldNotRun(expected="a folder to build in", got=f"it cannot be read: {error}") from None
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _ignored(folder: Path) -> list[str]:
    """The patterns of `.dockerignore`."""
    with contextlib.suppress(FileNotFoundError, IsADirectoryError):
        lines = (folder / ".dockerignore").read_text(encoding="utf-8", errors="replace").lstrip("\ufeff").splitlines()
        return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return []


def _packed(folder: Path, patterns: list[str]) -> bytes:
    """FOLDER as an archive; nothing in it tells who made it when, so that the same files meet the same cache."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT) as archive:  # BuildKit takes PAX for none
        for path in sorted(exclude_paths(str(folder), patterns)):
            entry = archive.gettarinfo(str(folder / path), path)
            entry.uid = entry.gid = entry.mtime = 0
            entry.uname = entry.gname = ""
            if entry.isreg():
                with (folder / path).open("rb") as content:
                    archive.addfile(entry, content)
            elif entry.isdir() or entry.issym():
                archive.addfile(entry)
    return file.getvalue()


def _not_built(done: Build, command: str) -> Outcome:
    """Why there is no image, with the end of what the step printed."""
    step = next((each for each in done.steps.values() if each.error), Step())
    if FULL in f"{done.error}{step.error}{step.output}".lower():
        return _refused(command, FULL)
    words = (step.error or done.error).removeprefix("failed to solve with frontend dockerfile.v0: ")
    words = re.sub(r"^failed to (solve|create LLB definition): |\S*/buildkit-mount\d+/?", "", words)
    if code := re.search(r"exit code: (\d+)$", words):
        words = f"exit code {code[1]}"
    lines = [line for line in step.output.splitlines() if line.strip()]
    return CouldNotRun(
        command=command,
        expected="an image",
        got=f"{step.name}: {words}" if step.name else words,
        stderr="\n".join(lines[-LAST_LINES:]) or None,
    )


@dataclass(frozen=True)
class Place:
    """Where something is in an image: `layer`, `configuration` or `history`; the instruction; in a layer the file."""

    part: str
    made_by: str = ""
    file: str = ""


@dataclass(frozen=True)
class Layer:
    """One layer of an image: the diff id of its content, the instruction that made it, its archive."""

    id: str
    made_by: str
    archive: bytes

    def holding(self, words: bytes) -> list[str]:
        """The files in it with WORDS in their content or name."""
        if self.archive[:2] != GZIP and words not in self.archive:
            return []
        with tarfile.open(fileobj=io.BytesIO(self.archive)) as archive:
            return [
                f"/{each.name}"
                for each in archive
                if words in each.name.encode() or (each.isreg() and words in _content(archive, each))
            ]


class Image:
    """An image that was built, as the engine has it."""

    def __init__(self, engine: Engine, name: str, steps: tuple[Step, ...], command: str) -> None:
        self._engine = engine
        self.id = name
        self.steps = steps
        self.command = command
        self._saved: tuple[list[Layer], dict[str, Any]] | None = None
        with engine.asked():
            self._told: dict[str, Any] = engine.api.inspect_image(name)

    @property
    def config(self) -> dict[str, Any]:
        """Its configuration by the names of the Engine API: `User`, `Cmd`, `Entrypoint`, `Env`, `Healthcheck` …"""
        return dict(self._told["Config"])

    @property
    def layers(self) -> list[str]:
        """The diff ids of its layers, the base image's first. The same id is the same content."""
        return list(self._told["RootFS"]["Layers"])

    def files(self) -> dict[str, tarfile.TarInfo]:
        """Every file, folder and link that a container of it begins with, by path without the first `/`."""
        api = self._engine.api
        with self._engine.asked():
            name = api.create_container(self.id, command=["none"], labels=self._engine.labels)["Id"]
            with tarfile.open(fileobj=_Stream(api.export(name)), mode="r|") as archive:
                found = {each.name.removeprefix("./").rstrip("/"): each for each in archive}
            api.remove_container(name, v=True, force=True)
        return found

    def saved(self) -> tuple[list[Layer], dict[str, Any]]:
        """What `docker save` gives: the layers, and the configuration with its history."""
        if not self._saved:
            with self._engine.asked():
                whole = io.BytesIO(b"".join(self._engine.api.get_image(self.id)))
            with tarfile.open(fileobj=whole) as archive:
                listed = json.loads(_content(archive, archive.getmember("manifest.json")))[0]
                config = json.loads(_content(archive, archive.getmember(listed["Config"])))
                made = [_instruction(each) for each in config["history"] if not each.get("empty_layer")]
                rows = zip(config["rootfs"]["diff_ids"], made, listed["Layers"], strict=True)
                layers = [Layer(name, by, _content(archive, archive.getmember(file))) for name, by, file in rows]
            self._saved = layers, config
        return self._saved

    def search(self, words: str) -> list[Place]:
        """Where WORDS stand in what `docker save` gives: in files of any layer, the history, the configuration."""
        layers, config = self.saved()
        found = [Place("layer", each.made_by, file) for each in layers for file in each.holding(words.encode())]
        found += [Place("history", _instruction(each)) for each in config["history"] if words in json.dumps(each)]
        others = {name: value for name, value in config.items() if name != "history"}
        return [*found, *([Place("configuration")] if words in json.dumps(others) else [])]


def _instruction(entry: dict[str, Any]) -> str:
    """An entry of the history as its Dockerfile has it, with the build arguments that the engine adds to a RUN."""
    words = re.sub(r" +# buildkit$", "", str(entry.get("created_by", "")))
    return re.sub(r"^(RUN )?(\|\d+ .*?)?/bin/sh -c (#\(nop\) +)?", r"\1\2", words)


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(entry)
    return file.read() if file else b""


class _Stream(io.RawIOBase):
    """Pieces of bytes as a file to be read once from front to back."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = iter(parts)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (part := next(self._parts, b"")):
            self._rest += part
        result, self._rest = self._rest[:size], self._rest[size:]
        return result


@dataclass(frozen=True)
class Stopped:
    """How a container ended: seconds from the order to its end, and its exit code (137 where it was killed)."""

    seconds: float
    code: int


class Containers:
    """The fixture `container`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(
        self,
        image: Image,
        *,
        command: str | Sequence[str] | None = None,
        env: Mapping[str, str] | None = None,
        port: int | None = None,
        **host: Any,
    ) -> Container:
        """Run a container of IMAGE.

        Args:
            command: instead of the image's CMD.
            env: names in its environment.
            port: what its service listens on: it is published, and waited for until it answers over HTTP. Without one
                the container has no network.
            host: more of the engine's `HostConfig`, by the SDK's names, such as `read_only=True`.

        Raises:
            CouldNotRun: it cannot be started, or has ended before it answered.
            NotYet: nothing answers on the port.
        """
        started = self.launch(image, command=command, env=env, port=port, **host)
        if port:
            started.ready()
        return started

    def launch(
        self,
        image: Image,
        *,
        command: str | Sequence[str] | None = None,
        env: Mapping[str, str] | None = None,
        port: int | None = None,
        **host: Any,
    ) -> Container:
        """As `start`, without waiting for an answer."""
        api, context = self._engine.api, self._engine.context
        limits = {"mem_limit": MEMORY, "memswap_limit": MEMORY, "pids_limit": PROCESSES, "nano_cpus": CPUS}
        limits |= {"log_config": {"Type": "json-file", "Config": {"max-size": MOST_LOG, "max-file": "1"}}}
        limits |= {} if port else {"network_mode": "none"}  # a network takes longer to make than all the rest
        limits |= {"security_opt": ["no-new-privileges"], "port_bindings": {port: ("127.0.0.1", None)} if port else {}}
        shown = _shown(command, env or {}, port)
        context.last_command, context.last_call, context.last_request = shown, "", ""
        with self._engine.asked(shown):
            name = api.create_container(
                image.id,
                command=command,
                environment=dict(env or {}),
                ports=[port] if port else [],
                labels=self._engine.labels,
                host_config=api.create_host_config(**{**limits, **host}),
            )["Id"]
            api.start(name)
            return Container(self._engine, name, port, shown)


def _in_short(value: str) -> str:
    return value if len(value) <= MOST_VALUE else f"{value[:MOST_VALUE]}..."


def _shown(command: str | Sequence[str] | None, env: Mapping[str, str], port: int | None) -> str:
    """The command that does the same by hand, for an image called `app`."""
    words = ["docker run", *(f"-e {name}={_in_short(value)}" for name, value in env.items())]
    words += [f"-p 127.0.0.1::{port}"] if port else []
    arguments = [] if command is None else [command] if isinstance(command, str) else command
    return " ".join([*words, "app", *arguments])


class Container(Asked):
    """A container. Its service is asked by `get`, `post` … as the fixture `api` is, through the published port."""

    def __init__(self, engine: Engine, name: str, port: int | None, command: str) -> None:
        self._engine = engine
        self._port = port
        self._place = ""
        self.id = name
        self.command = command
        if port:
            published = self.state(whole=True)["NetworkSettings"]["Ports"].get(f"{port}/tcp") or []
            if published:  # else it has ended already
                self.port = int(published[0]["HostPort"])
                self._place = engine.opened(self.port)
        super().__init__(engine.context, self)

    def state(self, *, whole: bool = False) -> dict[str, Any]:
        """What the engine tells of it: its `State`, as `docker inspect` has it; or the WHOLE of it."""
        with self._engine.asked():
            told: dict[str, Any] = self._engine.api.inspect_container(self.id)
        return told if whole else dict(told["State"])

    def ready(self) -> None:
        """Wait until the service answers; raises as `Containers.start` does."""
        began = time.monotonic()
        limit = began + min(STARTED, self._engine.context.budget())
        while not self._answers(limit - time.monotonic()):
            self._bound_or_ended(time.monotonic() - began)
            listens = time.monotonic() > began + 1 and self.listening()
            if listens and self._answers(limit - time.monotonic()):  # it may have begun between the two looks
                return
            if listens or time.monotonic() > limit:
                raise self._silent(time.monotonic() - began)
            time.sleep(TURN)

    def _bound_or_ended(self, seconds: float) -> None:
        state = self.state()
        if not state["Running"]:
            raise CouldNotRun(
                command=self.command,
                expected=f"a service that answers on port {self._port}",
                got=f"the container ended with exit code {state['ExitCode']} after {seconds:.1f} s",
                stderr=self.last_lines() or None,
            )

    def _answers(self, seconds: float) -> bool:
        if not self._place:
            return False
        try:
            with self._new_client() as client:
                client.get("/", timeout=max(0.05, seconds))
            return True
        except httpx.TimeoutException:
            return False
        except httpx.HTTPError as error:
            return isinstance(error, httpx.DecodingError)

    def _silent(self, seconds: float) -> NotYet:
        heard = self.listening()
        inner = [each for each in heard if each[1] == self._port and each[0].startswith(("127.", "::1"))]
        other = [port for _, port in heard if port != self._port]
        got = f"nothing answers there after {seconds:.1f} s"
        means = None
        if inner:
            got += f"; in the container it listens on {inner[0][0]}:{inner[0][1]}"
            means = "127.0.0.1 in a container is the container alone; what comes from outside meets 0.0.0.0"
        elif self._port in [port for _, port in heard]:
            got += "; it takes connections, and breaks them without an answer"
        elif other:
            got += f"; in the container it listens on port {', '.join(map(str, other))}"
        return NotYet(
            command=self.command,
            expected=f"a service that answers on port {self._port} of the container",
            got=got,
            means=means,
            stderr=self.last_lines() or None,
        )

    def listening(self) -> list[tuple[str, int]]:
        """The addresses and ports that are listened on in the container; none where its image has no `cat`."""
        code, text = self.run(["cat", "/proc/net/tcp", "/proc/net/tcp6"])
        rows = [line.split() for line in text.splitlines() if code == 0]
        found = [row[1].partition(":") for row in rows if len(row) > 3 and row[3] == "0A"]
        return [(_address(host), int(port, 16)) for host, _, port in found]

    def run(self, argv: Sequence[str]) -> tuple[int, str]:
        """Run a program in the container: its exit code, and what it printed. 126 or 127 where it cannot be run."""
        api = self._engine.api
        with self._engine.asked():
            try:
                name = api.exec_create(self.id, list(argv))["Id"]
                printed: bytes = api.exec_start(name)
                return int(api.exec_inspect(name)["ExitCode"] or 0), printed.decode("utf-8", "backslashreplace")
            except APIError:  # it has ended
                return 126, ""

    def stop(self, grace: int = 2) -> Stopped:
        """Send it SIGTERM, or its image's STOPSIGNAL, and after GRACE seconds SIGKILL; as `docker stop` does."""
        self._engine.context.last_command = f"docker stop -t {grace} app"
        began = time.monotonic()
        with self._engine.asked():
            self._engine.api.stop(self.id, timeout=grace)
        return Stopped(time.monotonic() - began, int(self.state()["ExitCode"]))

    def exit_code(self, seconds: float) -> int | None:
        """Its exit code, as soon as it has ended by itself; None where it still runs after SECONDS."""
        limit = time.monotonic() + seconds
        while (state := self.state())["Running"]:
            if time.monotonic() > limit:
                return None
            time.sleep(TURN)
        return int(state["ExitCode"])

    def health(self, wanted: str, seconds: float) -> str:
        """The status of its HEALTHCHECK: returned when it is WANTED, else that after SECONDS; `none` without one."""
        limit = time.monotonic() + seconds
        while True:
            state = self.state()
            found = str((state.get("Health") or {}).get("Status") or "none")
            if found in (wanted, "none") or not state["Running"] or time.monotonic() > limit:
                return found
            time.sleep(TURN)

    def probes(self) -> list[tuple[int, str]]:
        """What its HEALTHCHECK gave at each turn so far: exit code and output."""
        told = (self.state().get("Health") or {}).get("Log") or []
        return [(int(each["ExitCode"]), str(each["Output"])) for each in told]

    def logs(self) -> tuple[str, str]:
        """What it has written so far on stdout, and on stderr, as `docker logs` gives it."""
        with self._engine.asked():
            texts = [
                self._engine.api.logs(self.id, stdout=name == "stdout", stderr=name == "stderr", tail=2000)
                for name in ("stdout", "stderr")
            ]
        stdout, stderr = (text.decode("utf-8", "backslashreplace") for text in texts)
        return stdout, stderr

    # What `Asked` needs to know of a service:

    def printed(self) -> int:
        """How much it has printed."""
        return sum(map(len, self.logs()))

    def last_lines(self, since: int = -1) -> str:
        """The last lines of what it printed, on both."""
        lines = [line for text in self.logs() for line in text.splitlines() if line.strip()]
        return "\n".join(line[:MOST_SHOWN] for line in lines[-LAST_LINES:])

    def bound(self) -> None:
        """The engine itself bounds what it keeps of a container's output."""

    def ended(self, seconds: float) -> str:
        """How it has ended; empty where it still runs after SECONDS."""
        state = self.state()
        return "" if state["Running"] else f"the container has ended with exit code {state['ExitCode']}"

    def _new_client(self) -> httpx.Client:
        return api.plain_client(self.port, self._place)


def warm() -> None:
    """Load what the clients of a container load first, once for all runs."""
    api.warm()


def _address(number: str) -> str:
    """An address as /proc/net/tcp has it: four bytes, the last first; of one of IPv6 only these two are told apart."""
    if len(number) == 8:
        return ".".join(str(byte) for byte in reversed(bytes.fromhex(number)))
    return "::1" if number.endswith("01000000") else "::"
