"""The fixture `aws`: an AWS of the run's own, played by moto in a process of the run's.

The checker has loaded moto long before a save; each run forks, and its child serves on a port of the loopback. So
there is one AWS for each run: no two share accounts, names of buckets or settings of moto, and it ends with the run.
In a room it has no network, and neither it nor any program of the run's knows the person's own credentials.
"""

from __future__ import annotations

import functools
import json
import os
import secrets
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import quote

import boto3
import httpx
from botocore.config import Config
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server
from werkzeug.test import Client

from runner.kit.context import Context
from runner.kit.outcomes import CouldNotRun
from runner.kit.part import Part
from runner.kit.process import die_with_parent, limit

REGION = "eu-central-1"
"""Not the one that AWS takes where none is told, so that a region which is written into a program is found."""

ACCESS_KEY = "AKIALEARNEREXAMPLE00"
"""The access key that the learner's programs are given; moto takes any, as long as IAM's rules are not enforced."""

SECRET_KEY = "learn/secret/that/opens/nothing/elsewhere"

NOTHING = {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""With these the SDKs find nothing of the person's, and ask no machine for keys."""

ANSWER_LIMIT = 10.0
"""Seconds that moto has for an answer."""

ACTIONS = ("acl", "cors", "delete", "lifecycle", "policy", "publicAccessBlock", "tagging", "website")
"""Words in the query of a request that is about settings, not about an object's content."""

CHECKS = "X-Learn-Checks"
"""The header of the checks' own requests without keys, with what tells them from others."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_APPLICATION = DomainDispatcherApplication(create_backend_app)


@dataclass(frozen=True)
class Request:
    """A request that reached AWS.

    Args:
        method: such as `PUT`.
        path: decoded, such as `/bucket/img/a b.png`.
        query: as it came, such as `list-type=2`.
        copies: whether it names another object as the source of the content.
        status: of the answer.
    """

    method: str
    path: str
    query: str
    copies: bool
    status: int

    @property
    def uploads(self) -> bool:
        """Whether it sends the content of an object: PutObject, or a part of one."""
        names = [part.partition("=")[0] for part in self.query.split("&")]
        return self.method == "PUT" and self.path.count("/") > 1 and not self.copies and not set(names) & set(ACTIONS)


class Aws(Part):
    """One run's AWS."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._record = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        self._seen = 0
        self._ours = f"AKIA{secrets.token_hex(8).upper()}"  # no program can name it: all others' requests are told
        self._clients: dict[str, Any] = {}
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._http = httpx.Client(
            base_url=self.url, verify=False, trust_env=False, timeout=ANSWER_LIMIT, headers={CHECKS: self._ours}
        )
        self._process = self._forked()
        self._listener.close()  # the child's alone: where it has ended, connections are refused
        context.started(self._process)

    @property
    def environment(self) -> dict[str, str]:
        """What the learner's program finds AWS by."""
        keys = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}
        return {"AWS_ENDPOINT_URL": self.url, "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION, **keys, **NOTHING}

    def client(self, service: str) -> Any:
        """boto3's client of SERVICE, such as `s3`, for the check's own use; each of a service is the same one."""
        if service not in self._clients:
            self._clients[service] = _client(service, self.url, self._ours)
        return self._clients[service]

    def anonymous(self, method: str, *path: str, **options: Any) -> httpx.Response:
        """Ask without credentials, as a browser does.

        Args:
            path: its parts, not encoded, such as a bucket and a key.
            options: httpx's: `params`, `headers`, `content`.
        """
        return self._http.request(method, "/" + "/".join(map(quote, path)), **options)

    def requests(self) -> list[Request]:
        """What reached AWS from others than the checks since this was last asked, in order.

        Raises:
            CouldNotRun: a program has ended the process that plays AWS.
        """
        if os.waitid(os.P_PID, self._process, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            raise CouldNotRun(expected="a program that ends itself alone", got="it has ended this run's AWS as well")
        size = os.fstat(self._record.fileno()).st_size
        data = os.pread(self._record.fileno(), size - self._seen, self._seen)  # the place in it is the child's
        self._seen = size
        told = [json.loads(line) for line in data.splitlines()]
        return [Request(**each) for each in told if each.pop("key") != self._ours]

    def close(self) -> None:
        """End it, with all that it holds."""
        self._http.close()
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        self._record.close()

    def _forked(self) -> int:
        process = os.fork()
        if process:
            return process
        try:
            os.setsid()
            die_with_parent()
            _let_go({self._listener.fileno(), self._record.fileno()})
            self._context.fence()
            if self._context.isolation != "none":
                limit(self._context, virtual_memory=False)
            _serve(self._listener, self._record.fileno())
        finally:
            os._exit(1)


def warm() -> None:
    """Load what first calls load, once for all runs: moto's S3, and boto3's descriptions of it."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]  # the person's
    os.environ.update(NOTHING, NO_PROXY="*")
    Client(_APPLICATION).get("/", headers={"Authorization": f"AWS4-HMAC-SHA256 Credential=x/20260101/{REGION}/s3/x, "})
    _client("s3", "http://127.0.0.1:1", ACCESS_KEY)


def _client(service: str, url: str, key: str) -> Any:
    config = Config(retries={"total_max_attempts": 1}, connect_timeout=ANSWER_LIMIT, read_timeout=ANSWER_LIMIT)
    return _session().client(
        service, endpoint_url=url, aws_access_key_id=key, aws_secret_access_key=SECRET_KEY, config=config
    )


@functools.cache
def _session() -> Any:
    """What keeps the descriptions of services, once they are loaded."""
    return boto3.Session(region_name=REGION)


class _Quiet(MotoRequestHandler):
    """moto's own, which prints nothing."""

    protocol_version = "HTTP/1.1"  # connections are kept open, as AWS does

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


def _serve(listener: socket.socket, record: int) -> NoReturn:
    """Be AWS on LISTENER and write each request to the file RECORD."""
    host, port = listener.getsockname()
    server = make_server(
        host, port, _recorded(_APPLICATION, record), threaded=True, request_handler=_Quiet, fd=listener.fileno()
    )
    server.serve_forever()
    sys.exit()


def _recorded(application: Application, record: int) -> Application:
    """APPLICATION without moto's own pages, by which a program could change how moto behaves."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def started(status: str, headers: Any, error: Any = None) -> Any:
            os.write(record, json.dumps(_told(environ, int(status[:3]))).encode() + b"\n")
            return start_response(status, headers, error) if error else start_response(status, headers)

        if environ["PATH_INFO"].startswith("/moto-api"):
            started("404 Not Found", [("Content-Length", "0")])
            return []
        return application(environ, started)

    return answer


def _told(environ: dict[str, Any], status: int) -> dict[str, Any]:
    credential = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2]
    return {
        "key": credential.partition("/")[0] or environ.get(f"HTTP_{CHECKS.upper().replace('-', '_')}", ""),
        "method": environ["REQUEST_METHOD"],
        "path": environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
        "query": environ.get("QUERY_STRING", ""),
        "copies": "HTTP_X_AMZ_COPY_SOURCE" in environ,
        "status": status,
    }


def _let_go(keep: set[int]) -> None:
    """In a process that was forked and starts no program: have no pipe or socket of its parent's but KEEP.

    Each keeps its number, since an object of the parent's may close it once more.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    for name in os.listdir("/dev/fd"):
        if int(name) not in keep:
            os.dup2(nowhere, int(name))
