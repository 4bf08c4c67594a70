"""Building an image with the engine's own builder, BuildKit, through the Engine API.

The SDK speaks to the older builder alone, which knows no `RUN --mount` and leaves an untagged image for every step of
a build that fails. Of what BuildKit tells of its work (`moby.buildkit.trace`) the steps, their output and the first
error are read; https://github.com/moby/buildkit/blob/master/api/services/control/control.proto names the fields.
"""

from __future__ import annotations

import base64
import http.client
import json
import secrets as random
import socket
import struct
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

MOST_OUTPUT = 1 << 20
"""Bytes that are kept of what a build prints."""

SECRET = "/moby.buildkit.secrets.v1.Secrets/GetSecret"
HEALTH = "/grpc.health.v1.Health/Check"
OK, NOT_FOUND, NOT_KNOWN = 0, 5, 12
"""Statuses of gRPC."""


@dataclass(frozen=True)
class Step:
    """One step of a build, such as `[2/4] COPY . .`: whether it came from the cache, what it printed, its error."""

    name: str = ""
    cached: bool = False
    output: str = ""
    error: str = ""


@dataclass
class Build:
    """A build that has ended: the image's id, or why there is none."""

    image: str = ""
    error: str = ""
    steps: dict[str, Step] = field(default_factory=dict)


class TooLong(Exception):
    """A build that had not ended when its time was up; the engine ends it."""


def build(
    place: str,
    context: bytes,
    *,
    labels: Mapping[str, str],
    arguments: Mapping[str, str],
    secrets: Mapping[str, bytes],
    seconds: float,
) -> Build:
    """Build an image, without a name for it and without a network, by the engine at the Unix socket PLACE.

    Args:
        context: an archive of the folder to build in, with a `Dockerfile`; of tar's GNU format.
        secrets: what `RUN --mount=type=secret,id=NAME` gets, by its name.

    Raises:
        TooLong: it takes more than SECONDS.
        OSError: the engine does not answer, or breaks off.
    """
    query = {
        "version": "2",
        "networkmode": "none",
        "labels": json.dumps(dict(labels)),
        "buildargs": json.dumps(dict(arguments)),
    }
    with _Session(place, secrets) as session:
        if session.name:
            query["session"] = session.name
        return _built(place, f"/build?{urlencode(query)}", context, time.monotonic() + seconds)


def _built(place: str, path: str, context: bytes, limit: float) -> Build:
    connection = _connected(place)
    result = Build()
    try:
        connection.settimeout(max(0.01, limit - time.monotonic()))
        reply = _asked(connection, path, context)
        while line := reply.readline():
            _take(json.loads(line), result)
            if time.monotonic() > limit:
                raise TooLong
            connection.settimeout(max(0.01, limit - time.monotonic()))
    except TimeoutError:
        raise TooLong from None
    except (http.client.HTTPException, ValueError) as error:
        raise ConnectionError(f"the engine's answer broke off ({type(error).__name__})") from None
    finally:
        connection.close()
    if not result.image and not result.error:
        raise ConnectionError("the engine's answer broke off")
    return result


def _connected(place: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(place)
    return connection


def _asked(connection: socket.socket, path: str, context: bytes) -> http.client.HTTPResponse:
    """The engine's answer to a POST, which comes while it works."""
    head = f"POST {path} HTTP/1.1\r\nHost: docker\r\nContent-Type: application/x-tar\r\nConnection: close\r\n"
    connection.sendall(f"{head}Content-Length: {len(context)}\r\n\r\n".encode() + context)
    reply = http.client.HTTPResponse(connection, method="POST")
    reply.begin()
    return reply


def _take(line: dict[str, Any], result: Build) -> None:
    """One line of the answer: an error, the image's id, or news of the steps."""
    detail = line.get("aux")
    if "errorDetail" in line or "message" in line:
        result.error = str(line.get("message") or line["errorDetail"].get("message"))
    elif isinstance(detail, dict) and "ID" in detail:
        result.image = detail["ID"]
    elif isinstance(detail, str):
        _take_trace(base64.b64decode(detail), result.steps)


def _take_trace(message: bytes, steps: dict[str, Step]) -> None:
    for number, value in _fields(message):
        parts = dict(_fields(value)) if isinstance(value, bytes) and number in (1, 3) else {}
        key = _text(parts.get(1))
        known = steps.get(key, Step())
        if number == 1:  # a vertex: its digest, name, whether cached, error
            steps[key] = replace(known, name=_text(parts.get(3)), cached=bool(parts.get(4)), error=_text(parts.get(7)))
        if number == 3:  # a piece of output: the vertex's digest, the bytes
            steps[key] = replace(known, output=(known.output + _text(parts.get(4)))[:MOST_OUTPUT])


def _text(value: int | bytes | None) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else ""


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a message of protobuf: https://protobuf.dev/programming-guides/encoding/"""
    place = 0
    while place < len(message):
        key, place = _number(message, place)
        kind = key & 7
        if kind == 0:
            value, place = _number(message, place)
            yield key >> 3, value
            continue
        length, place = _number(message, place) if kind == 2 else ({1: 8, 5: 4}[kind], place)
        yield key >> 3, message[place : place + length]
        place += length


def _number(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        part = message[place]
        value |= (part & 127) << shift
        place, shift = place + 1, shift + 7
        if part < 128:
            return value, place


def _packed(content: bytes) -> bytes:
    """CONTENT as field 1 of a message of protobuf."""
    length, head = len(content), b"\x0a"
    while length > 127:
        head += bytes([length & 127 | 128])
        length >>= 7
    return head + bytes([length]) + content


class _Session:
    """What BuildKit asks for secrets while it builds: gRPC over a connection that we open and it then asks on.

    There is none, and its `name` is empty, for a build without secrets.
    """

    def __init__(self, place: str, secrets: Mapping[str, bytes]) -> None:
        self._secrets = secrets
        self.name = random.token_hex(12) if secrets else ""
        self._connection = self._opened(place) if secrets else None
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> _Session:
        if self._connection:
            self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._connection:
            self._connection.shutdown(socket.SHUT_RDWR)
            self._thread.join()  # a run that has threads must not start programs
            self._connection.close()

    def _opened(self, place: str) -> socket.socket:
        connection = _connected(place)
        head = "POST /session HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n"
        head += f"X-Docker-Expose-Session-Uuid: {self.name}\r\nX-Docker-Expose-Session-Name: learn\r\n"
        head += f"X-Docker-Expose-Session-Grpc-Method: {SECRET}\r\n\r\n"
        connection.sendall(head.encode())
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            part = connection.recv(1)
            if not part:
                raise ConnectionError("the engine's builder takes no secrets")
            answer += part
        return connection

    def _serve(self) -> None:
        from h2.config import H2Configuration
        from h2.connection import H2Connection
        from h2.events import DataReceived, RequestReceived, StreamEnded

        assert self._connection is not None
        speaker = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        speaker.initiate_connection()
        asked: dict[int, str] = {}
        bodies: dict[int, bytes] = {}
        try:
            self._connection.sendall(speaker.data_to_send())
            while data := self._connection.recv(65536):
                for event in speaker.receive_data(data):
                    if isinstance(event, RequestReceived):
                        asked[event.stream_id] = {str(name): str(value) for name, value in event.headers}[":path"]
                    if isinstance(event, DataReceived):
                        bodies[event.stream_id] = bodies.get(event.stream_id, b"") + event.data
                        speaker.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                    if isinstance(event, StreamEnded):
                        number = event.stream_id
                        self._answer(speaker, number, asked.pop(number), bodies.pop(number, b"")[5:])
                self._connection.sendall(speaker.data_to_send())
        except OSError:
            return  # the build has ended

    def _answer(self, speaker: Any, stream: int, method: str, message: bytes) -> None:
        """Answer one call: its status, and the message where that is OK, after five bytes that tell its length."""
        status, content = NOT_KNOWN, b""
        if method == HEALTH:
            status, content = OK, b"\x08\x01"  # serving
        if method == SECRET:
            name = next((_text(value) for number, value in _fields(message) if number == 1), "")
            status = OK if name in self._secrets else NOT_FOUND
            content = _packed(self._secrets.get(name, b""))
        speaker.send_headers(stream, [(":status", "200"), ("content-type", "application/grpc")])
        if status == OK:
            speaker.send_data(stream, struct.pack(">BI", 0, len(content)) + content)
        speaker.send_headers(stream, [("grpc-status", str(status))], end_stream=True)
