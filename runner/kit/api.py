"""The fixture `api`: the learner's HTTP service, started when it is first asked, and what its answers must be."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from typing import Any

import httpx

from runner.kit.context import Context
from runner.kit.outcomes import CouldNotRun, NotYet, RanTooLong
from runner.kit.process import how_it_ended
from runner.kit.service import Service, Standby

MOST_SHOWN = 300
"""Characters of a body that a message shows."""

WAITING = 3
"""Processes that wait with the framework loaded: one for the checks, others for a restart or a second instance."""


class Reply:
    """An answer of the service. Each demand returns the reply itself, so that they can be written in a row."""

    def __init__(self, asked: str, response: httpx.Response, service: Service) -> None:
        self._asked = asked
        self._response = response
        self._service = service

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
        return self._response.text

    @property
    def content(self) -> bytes:
        """The body as it came."""
        return self._response.content

    def status(self, *codes: int, means: str = "") -> Reply:
        """Demand one of these status codes."""
        if self.code not in codes:
            stderr = self._service.last_lines() if self.code >= 500 else ""
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
        if kind.partition(";")[0].strip() != "application/json":
            raise self.not_yet(
                "a body with Content-Type: application/json", f"Content-Type: {kind}; {self.shown()}", means
            )
        try:
            return json.loads(self._response.content)
        except ValueError:
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
        body = body if len(body) <= MOST_SHOWN else f"{body[:MOST_SHOWN]} … ({len(body)} characters)"
        return f"status {self.code}" + (f", {body}" if body else ", no body")

    def not_yet(self, expected: str, got: str, means: str = "", stderr: str = "") -> NotYet:
        """The outcome of a reply that is not what the exercise asks; to be raised."""
        return NotYet(request=self._asked, expected=expected, got=got, means=means or None, stderr=stderr or None)


class Asking:
    """Requests by their methods' names."""

    def request(self, method: str, path: str, **options: Any) -> Reply:
        """Send a request; OPTIONS are httpx's: `json`, `content`, `data`, `params`, `headers`, `cookies`.

        Raises:
            RanTooLong: no answer came in time.
            CouldNotRun: the connection was refused or broken.
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


class Instance(Asking):
    """One running instance of the service."""

    def __init__(self, context: Context, service: Service) -> None:
        self._context = context
        self.service = service
        # Certificates take longer to load than all requests of a check take.
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{service.port}", verify=False, trust_env=False)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self.service.port

    def request(self, method: str, path: str, **options: Any) -> Reply:
        """Send a request on the connection that is kept open."""
        return self._send(self._client, method, path, options)

    def together(self, requests: Sequence[tuple[str, str, dict[str, Any]]]) -> list[Reply]:
        """Send REQUESTS, each `(method, path, options)`, by a client of its own, all released at the same moment."""
        gate = threading.Barrier(len(requests))
        replies: list[Reply | BaseException] = [CouldNotRun(expected="an answer", got="none")] * len(requests)

        def send(number: int, method: str, path: str, options: dict[str, Any]) -> None:
            with httpx.Client(base_url=self._client.base_url, verify=False, trust_env=False) as client:
                gate.wait()
                try:
                    replies[number] = self._send(client, method, path, options)
                except (NotYet, CouldNotRun, RanTooLong) as outcome:
                    replies[number] = outcome

        threads = [threading.Thread(target=send, args=(number, *each)) for number, each in enumerate(requests)]
        for thread in threads:
            thread.start()
        for thread in threads:  # none is left when a check goes on: a run with threads must not start programs
            thread.join()
        for reply in replies:
            if isinstance(reply, BaseException):
                raise reply
        return [reply for reply in replies if isinstance(reply, Reply)]

    def close(self) -> None:
        """Close the connections and end the service."""
        self._client.close()
        self.service.kill()

    def _send(self, client: httpx.Client, method: str, path: str, options: dict[str, Any]) -> Reply:
        asked = shown_request(method, path, options)
        seconds = self._context.budget()
        try:
            response = client.request(method, path, timeout=seconds, **options)
        except httpx.TimeoutException:
            raise RanTooLong(
                request=asked,
                expected="an answer",
                got=f"none within {seconds:.1f} s",
                stderr=self.service.last_lines(),
            ) from None
        except httpx.HTTPError as error:
            raise CouldNotRun(
                request=asked, expected="an answer", got=self._broken(error), stderr=self.service.last_lines()
            ) from None
        return Reply(asked, response, self.service)

    def _broken(self, error: httpx.HTTPError) -> str:
        code = self.service.process.poll()
        if code is not None:
            return f"the service has ended with {how_it_ended(code)}"
        return f"the connection broke: {error}"


class Api(Asking):
    """The learner's service: one instance that is started when it is first asked, and more where a check wants them.

    Args:
        extra: names that every instance gets in its environment besides `PORT`, as the exercise's contract has it.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._made = 0
        self._standbys = [self._standby() for _ in range(WAITING)]
        self._instances: list[Instance] = []
        self._here: Instance | None = None
        self._failed: NotYet | CouldNotRun | RanTooLong | None = None
        self.extra: dict[str, str] = {}

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
            except (NotYet, CouldNotRun, RanTooLong) as outcome:
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
        instance = Instance(self._context, self.launch(**extra))
        self._instances.append(instance)
        instance.service.ready()
        return instance

    def launch(self, **extra: str) -> Service:
        """Start an instance and do not wait: for one that should end by itself."""
        standby = self._standbys.pop(0) if self._standbys else self._standby()
        service = Service(self._context, standby, {**self.extra, **extra})
        self._context.last_call = ""
        try:
            service.begin()
        except CouldNotRun:
            standby.close()
            raise
        return service

    def restart(self, *, kill: bool = False) -> None:
        """End the first instance, by SIGTERM or with no warning, and start it again on another port."""
        service = self.here.service
        if kill:
            service.kill()
        else:
            service.stop()
        self._here = self.start()

    def close(self) -> None:
        """End everything."""
        for instance in self._instances:
            instance.close()
        for standby in self._standbys:
            standby.close()

    def _standby(self) -> Standby:
        self._made += 1
        return Standby(self._context, self._made)


def shown_request(method: str, path: str, options: dict[str, Any]) -> str:
    """A request as a message shows it."""
    query = options.get("params")
    target = str(httpx.URL(path, params=query)) if query else path
    headers = " ".join(f"{name}: {value}" for name, value in dict(options.get("headers") or {}).items())
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
