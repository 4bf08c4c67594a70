"""The fixture `api`: the learner's HTTP service, started when it is first asked, and what its answers must be."""

from __future__ import annotations

import contextlib
import functools
import html
import json
import math
import re
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import httpx

from runner.kit.context import Context
from runner.kit.outcomes import CouldNotRun, NotYet, Outcome, RanTooLong, UsedTooMuch
from runner.kit.part import Part
from runner.kit.service import PortTaken, Service, Standbys, in_short

MOST_SHOWN = 300
"""Characters of a body that a message shows."""

MOST_OF_PAGE = 120
"""Characters of it that are shown of a framework's own page about an error, which is made for browsers."""

TAG = re.compile(r"<[^>]*>")
"""A tag of HTML: the pages that frameworks make of errors are shown without theirs."""


JSON_TYPE = re.compile(r"application/(json|[^/+]+\+json)")

MOST_BODY = 8 * 1024 * 1024
"""Bytes that one body may hold."""

FRESH = httpx.Limits(max_keepalive_connections=0)
"""A connection for each request: one that is kept open may be closed by the service just when the next one goes out."""

NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For clients of plain HTTP: httpx makes one for each client that has none, which takes longer than all else of it."""

PORTS_TRIED = 5
"""Ports that an instance is started on before it is given up, where somebody else is always quicker."""

LAST_MOMENT = 0.2
"""Seconds that a service which broke its connection may take to end, so that the message can tell how."""


class Serving(Protocol):
    """What is asked: a service of the learner's, as a process or in a container."""

    command: str
    port: int

    def printed(self) -> int:
        """How much it has printed so far."""

    def last_lines(self, since: int = -1) -> str:
        """The last lines of that."""

    def bound(self) -> None:
        """End it where it has printed more than a program may."""

    def ended(self, seconds: float) -> str:
        """How it has ended, in words; empty where it still runs after SECONDS."""


class Reply:
    """An answer of the service. Each demand returns the reply itself, so that they can be written in a row."""

    def __init__(self, asked: str, response: httpx.Response, content: bytes, service: Serving, printed: int) -> None:
        self._asked = asked
        self._response = response
        self._content = content
        self._service = service
        self._printed = printed

    @property
    def code(self) -> int:
        """The status code."""
        return self._response.status_code

    @property
    def headers(self) -> httpx.Headers:
        """The headers, whose names match in small letters and capitals."""
        return self._response.headers

    @property
    def text(self) -> str:
        """The body as text."""
        return self._content.decode(self._response.encoding or "utf-8", "replace")

    @property
    def content(self) -> bytes:
        """The body as it came."""
        return self._content

    def status(self, *codes: int, means: str = "") -> Reply:
        """Demand one of these status codes."""
        if self.code not in codes:
            stderr = self._service.last_lines(self._printed) if self.code >= 500 else ""
            raise self.not_yet(f"status {' or '.join(map(str, codes))}", self.shown(), means, stderr)
        return self

    def header(self, name: str, value: str | None = None, means: str = "") -> Reply:
        """Demand the header NAME, with that VALUE where one is given."""
        found = self.headers.get(name)
        if found is None or (value is not None and found != value):
            wanted = f"the header {name}" + (f": {value}" if value is not None else "")
            raise self.not_yet(wanted, f"{name}: {found}" if found is not None else f"no {name}; {self.shown()}", means)
        return self

    def json(self, means: str = "") -> Any:
        """The body, which must be JSON, as plain data."""
        kind = self.headers.get("content-type", "none")
        if not JSON_TYPE.fullmatch(kind.partition(";")[0].strip().lower()):
            raise self.not_yet(
                "a body with Content-Type: application/json", f"Content-Type: {kind}; {self.shown()}", means
            )
        try:
            return json.loads(self._content, parse_constant=_no_json)
        except (ValueError, RecursionError):
            raise self.not_yet("a body that is JSON", self.shown(), means) from None

    def equals(self, value: Any, means: str = "") -> Reply:
        """Demand a JSON body that is VALUE: the order of keys does not matter, types do (`"5"` is not 5)."""
        found = self.json()
        if not same(found, value):
            raise self.not_yet(json.dumps(value, ensure_ascii=False), self.shown(), means)
        return self

    def shown(self) -> str:
        """The status and the body in short, for a message."""
        body = self.text.strip()
        if self.code >= 400 and re.match(r"<(!doctype )?html", body, re.IGNORECASE):
            page = " ".join(html.unescape(TAG.sub(" ", body)).split())
            body = f"a page in HTML: {page[:MOST_OF_PAGE]}" + (" …" if len(page) > MOST_OF_PAGE else "")
        body = body if len(body) <= MOST_SHOWN else f"{body[:MOST_SHOWN]} … ({len(body)} characters)"
        return f"status {self.code}" + (f", {body}" if body else ", no body")

    def not_yet(self, expected: str, got: str, means: str = "", stderr: str = "") -> NotYet:
        """The outcome of a reply that is not what the exercise asks; to be raised."""
        return NotYet(request=self._asked, expected=expected, got=got, means=means or None, stderr=stderr or None)


class UnderWay:
    """Requests that are answered while the check goes on, each in a thread of its own."""

    def __init__(self, actions: Sequence[Callable[[], Reply]]) -> None:
        self._ends: list[Reply | BaseException | None] = [None] * len(actions)
        self._threads = [threading.Thread(target=self._do, args=each) for each in enumerate(actions)]
        for thread in self._threads:
            thread.start()

    @property
    def done(self) -> bool:
        """Whether all are answered, or have failed."""
        return None not in self._ends

    def replies(self) -> list[Reply]:
        """Wait for the replies, in the order of the requests; raises as `request` does."""
        self.wait()
        for end in self._ends:
            if isinstance(end, BaseException):
                raise end
        return [end for end in self._ends if isinstance(end, Reply)]

    def wait(self) -> None:
        """Wait until all are done, however they ended."""
        for thread in self._threads:
            thread.join()

    def _do(self, number: int, action: Callable[[], Reply]) -> None:
        try:
            self._ends[number] = action()
        except BaseException as error:  # raised by `replies`, where the check sees it
            self._ends[number] = error


class Asking:
    """Requests by their methods' names."""

    def request(self, method: str, path: str, **options: Any) -> Reply:
        """Send a request; OPTIONS are httpx's: `json`, `content`, `data`, `params`, `headers`, `cookies`.

        One more, `timeout`, is the seconds that the answer may take, where that is less than what the run allows.

        Raises:
            RanTooLong: no answer came in time.
            CouldNotRun: the connection was refused or broken.
            UsedTooMuch: the body, or what the service printed, is too much.
        """
        raise NotImplementedError

    def get(self, path: str, **options: Any) -> Reply:
        """Send a GET."""
        return self.request("GET", path, **options)

    def head(self, path: str, **options: Any) -> Reply:
        """Send a HEAD."""
        return self.request("HEAD", path, **options)

    def post(self, path: str, **options: Any) -> Reply:
        """Send a POST."""
        return self.request("POST", path, **options)

    def put(self, path: str, **options: Any) -> Reply:
        """Send a PUT."""
        return self.request("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> Reply:
        """Send a PATCH."""
        return self.request("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> Reply:
        """Send a DELETE."""
        return self.request("DELETE", path, **options)


class Asked(Asking):
    """Something that runs and answers over HTTP."""

    def __init__(self, context: Context, serving: Serving) -> None:
        self._context = context
        self._serving = serving
        self._under_way: list[UnderWay] = []

    def request(self, method: str, path: str, **options: Any) -> Reply:
        """Send a request on a connection of its own; no cookie of an earlier answer goes with it."""
        self._context.last_command = self._serving.command
        self._context.last_request = shown_request(method, path, options)
        with self._new_client() as client:
            return self._send(client, method, path, options)

    def together(self, requests: Sequence[tuple[str, str, dict[str, Any]]]) -> list[Reply]:
        """Send REQUESTS, each `(method, path, options)`, by a client of its own, all released at the same moment."""
        return self.begin(requests).replies()

    def begin(self, requests: Sequence[tuple[str, str, dict[str, Any]]]) -> UnderWay:
        """Do as `together` and do not wait: a check goes on while they are answered. It starts no program meanwhile."""
        self._context.last_command = self._serving.command
        gate = threading.Barrier(len(requests))

        def send(request: tuple[str, str, dict[str, Any]]) -> Reply:
            with self._new_client() as client:
                gate.wait()
                return self._send(client, *request)

        self._under_way.append(UnderWay([functools.partial(send, each) for each in requests]))
        return self._under_way[-1]

    def settle(self) -> None:
        """Wait until nothing that was begun is under way: a run with threads must not start programs."""
        while self._under_way:
            self._under_way.pop().wait()

    def _new_client(self) -> httpx.Client:
        return plain_client(self._serving.port)

    def _send(self, client: httpx.Client, method: str, path: str, options: dict[str, Any]) -> Reply:
        asked = shown_request(method, path, options)
        seconds = min(self._context.budget(), options.get("timeout", math.inf))
        printed = self._serving.printed()
        try:
            with client.stream(method, path, **{**options, "timeout": seconds}) as response:
                content = _body(response, time.monotonic() + seconds)
        except httpx.TimeoutException:
            raise RanTooLong(
                request=asked,
                expected="an answer",
                got=f"none within {seconds:.1f} s",
                stderr=self._serving.last_lines(),
            ) from None
        except _TooMuch:
            raise UsedTooMuch(
                request=asked, expected=f"a body under {MOST_BODY >> 20} MiB", got="more than that"
            ) from None
        except httpx.HTTPError as error:
            raise CouldNotRun(
                request=asked, expected="an answer", got=self._broken(error), stderr=self._serving.last_lines()
            ) from None
        finally:
            client.cookies.clear()
        self._serving.bound()
        return Reply(asked, response, content, self._serving, printed)

    def _broken(self, error: httpx.HTTPError) -> str:
        return self._serving.ended(LAST_MOMENT) or f"the connection broke: {error}"


class Instance(Asked):
    """One running instance of the service."""

    def __init__(self, context: Context, service: Service) -> None:
        super().__init__(context, service)
        self.service = service
        self._client = self._new_client()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self.service.port

    def request(self, method: str, path: str, **options: Any) -> Reply:
        """As that of `Asked`, by a client that is made once."""
        self._context.last_command = self.service.command
        self._context.last_request = shown_request(method, path, options)
        return self._send(self._client, method, path, options)

    def close(self) -> None:
        """Close the connections and end the service."""
        self._client.close()
        self.service.kill()
        self.settle()


class _TooMuch(Exception):
    """A body without end."""


def _body(response: httpx.Response, limit: float) -> bytes:
    """The whole body, read until LIMIT: each piece of it may take as long as a whole answer."""
    content = bytearray()
    for part in response.iter_bytes():
        content += part
        if len(content) > MOST_BODY:
            raise _TooMuch
        if time.monotonic() > limit:
            raise httpx.ReadTimeout("the body has no end")
    return bytes(content)


def _no_json(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


class Api(Asking, Part):
    """The learner's service: one instance that is started when it is first asked, and more where a check wants them.

    Args:
        extra: names that every instance gets in its environment besides `PORT`, as the exercise's contract has it.
        traced: instances that are started from now on keep the SQL statements that they run; see `Service.statements`.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._standbys = Standbys(context)
        self._services: list[Service] = []
        self._instances: list[Instance] = []
        self._here: Instance | None = None
        self._failed: Outcome | None = None
        self.extra: dict[str, str] = {}
        self.traced = False

    def request(self, method: str, path: str, **options: Any) -> Reply:
        """Ask the first instance."""
        return self.here.request(method, path, **options)

    def together(self, requests: Sequence[tuple[str, str, dict[str, Any]]]) -> list[Reply]:
        """Ask the first instance many things at the same moment; see `Instance.together`."""
        return self.here.together(requests)

    @property
    def here(self) -> Instance:
        """The first instance, started if it is not running."""
        if self._failed:
            raise self._failed
        if self._here is None or self._here.service.process.poll() is not None:
            try:
                self._here = self.start()
            except Outcome as outcome:
                self._failed = outcome  # the checks after this one need not wait for the same again
                raise
        return self._here

    def start(self, **extra: str) -> Instance:
        """Start one more instance and wait until it answers.

        Args:
            extra: names for its environment, on top of those for all.

        Raises:
            CouldNotRun: it ended instead.
            NotYet: it listens elsewhere, or nowhere.
        """
        for _ in range(PORTS_TRIED):
            instance = Instance(self._context, self.launch(**extra))
            self._instances.append(instance)
            with contextlib.suppress(PortTaken):
                instance.service.ready()
                return instance
            instance.close()
        raise PortTaken(f"{PORTS_TRIED} ports were free, and each was somebody else's a moment later")

    def launch(self, **extra: str) -> Service:
        """Start an instance and do not wait: for one that should end by itself."""
        for instance in self._instances:
            instance.settle()
        service = Service(self._context, self._standbys.take(), {**self.extra, **extra}, traced=self.traced)
        self._services.append(service)
        self._context.last_call = self._context.last_request = ""
        service.begin()
        return service

    def restart(self, *, kill: bool = False) -> None:
        """End the first instance, by SIGTERM or with no warning, and start it again on another port."""
        service = self.here.service
        if kill:
            service.kill()
        else:
            service.stop()
        self._here = self.start()

    def record(self) -> None:
        """Keep for the verdict what the services have printed."""
        for service in self._services:
            self._context.record(service.log().encode())

    def close(self) -> None:
        """End everything."""
        for instance in self._instances:
            instance.close()
        for service in self._services:
            service.kill()
        self._standbys.close()


def plain_client(port: int, socket: str | None = None) -> httpx.Client:
    """A client of plain HTTP to PORT on the loopback; by the Unix SOCKET where one leads there."""
    transport = httpx.HTTPTransport(verify=NO_CERTIFICATES, limits=FRESH, uds=socket)
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=transport, trust_env=False)


def warm() -> None:
    """Load what httpx loads with its first client and its first request, once for all runs."""
    with contextlib.suppress(httpx.HTTPError), plain_client(1) as client:
        client.get("/")


def shown_request(method: str, path: str, options: dict[str, Any]) -> str:
    """A request as a message shows it."""
    query = options.get("params")
    target = str(httpx.URL(path, params=query)) if query else path
    headers = " ".join(f"{name}: {in_short(str(value))}" for name, value in dict(options.get("headers") or {}).items())
    body = options.get("json", options.get("content", options.get("data")))
    shown = json.dumps(body, ensure_ascii=False) if "json" in options else "" if body is None else str(body)
    text = " ".join(each for each in (method, target, headers, shown) if each)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]} …"


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal, types included; 1 and 1.0 are the same number in JSON."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    return type(one) is type(other) and bool(one == other)
