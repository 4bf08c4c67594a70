"""Services of learners over real HTTP: how they start, answer and end, and what the check's author is told of it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from runner.engines import Missing
from runner.engines.ports import free_port
from runner.engines.provide import PROVIDERS
from runner.kit import service as services
from runner.kit.api import Api, Reply, same, shown_request
from runner.kit.outcomes import CouldNotRun, NotYet, Outcome, RanTooLong, UsedTooMuch
from runner.kit.service import PortTaken, in_short, listening
from tests.conftest import absent
from tests.kit.conftest import link_packages
from tests.verify.exercises import Bench, alive, poll, processes, row, statuses, write_exercise

MakeApi = Callable[..., Api]

PYTHON = """
import os
import signal
import sys
import time
import uuid

from flask import Flask, Response, redirect, request

app = Flask(__name__)
mine = uuid.uuid4().hex
print("ready", flush=True)


@app.get("/")
def home():
    return {"pid": os.getpid(), "mine": mine}


@app.get("/types")
def types():
    return {"number": 5, "text": "5", "truth": True, "none": None, "list": [1, 2.0, {"a": "ü"}]}


@app.route("/echo", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def echo():
    return {"method": request.method, "query": request.args, "body": request.get_data(as_text=True),
            "kind": request.content_type, "cookie": request.headers.get("Cookie"), "x": request.headers.get("X-It")}


@app.get("/as/<path:kind>")
def of_kind(kind):
    return Response(request.args["body"], content_type=kind)


@app.get("/code/<int:code>")
def code(code):
    return {"code": code}, code


@app.get("/away")
def away():
    reply = redirect("/", 302)
    reply.set_cookie("session", "secret")
    return reply


@app.get("/breaks")
def breaks():
    raise ValueError("\\x1b[31mthe reason\\x1b[0m of the failure")


@app.get("/slow")
def slow():
    time.sleep(3600)


@app.get("/dies")
def dies():
    os._exit(7)


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
"""

JAVASCRIPT = """
import { randomUUID } from "node:crypto";
import express from "express";

const app = express();
const mine = randomUUID();
console.log("ready");
app.use(express.text({ type: () => true }));
app.get("/", (req, res) => res.json({ pid: process.pid, mine }));
app.get("/types", (req, res) => {
  res.json({ list: [1, 2.0, { a: "ü" }], none: null, truth: true, text: "5", number: 5 });
});
app.all("/echo", (req, res) => {
  res.json({ method: req.method, query: req.query, body: typeof req.body === "string" ? req.body : "",
    kind: req.get("content-type") ?? null, cookie: req.get("cookie") ?? null, x: req.get("x-it") ?? null });
});
app.get("/as/*kind", (req, res) => res.set("Content-Type", req.params.kind.join("/")).end(req.query.body));
app.get("/code/:code", (req, res) => res.status(Number(req.params.code)).json({ code: Number(req.params.code) }));
app.get("/away", (req, res) => res.cookie("session", "secret").redirect(302, "/"));
app.get("/breaks", (req, res) => { throw new RangeError("\\x1b[31mthe reason\\x1b[0m of the failure"); });
app.get("/slow", () => {});
app.get("/dies", () => process.exit(7));
app.listen(process.env.PORT, "127.0.0.1");
"""

RIGHT = {"python": PYTHON, "javascript": JAVASCRIPT}
FILES = {"python": "app.py", "javascript": "app.mjs"}

RAW = """
import os, socket, sys, time

door = socket.socket()
door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
door.bind(("127.0.0.1", int(os.environ["PORT"])))
door.listen(50)
while True:
    guest, _ = door.accept()
    with guest:
        asked = guest.recv(65536)
        if asked:
            answer(guest, asked)
"""
"""A service by hand; what stands before it defines `answer`."""


@pytest.fixture
def make_api(make_context: Callable[..., Any]) -> Iterator[MakeApi]:
    """Makes the api of a service from its text, or from files; the right one unless told."""
    made: list[Api] = []

    def make(text: str | dict[str, str] | None = None, *, language: str = "python", **facts: Any) -> Api:
        text = RIGHT[language] if text is None else text
        files = text if isinstance(text, dict) else {FILES[language]: text}
        context = make_context(files, language=language, **{"spares": 3, **facts})
        if language == "javascript":
            link_packages(context.work.parent, "express")
        made.append(Api(context))
        return made[-1]

    yield make
    for each in made:
        each.close()


def rows(outcome: Outcome) -> dict[str, str]:
    return dict(outcome.rows)


def refused(kind: type[Outcome], act: Callable[[], object]) -> dict[str, str]:
    """The rows of the outcome KIND that ACT ends with."""
    with pytest.raises(kind) as caught:
        act()
    assert type(caught.value) is kind
    return rows(caught.value)


def raw(answer: str) -> str:
    """A service by hand that answers by the body of ANSWER(guest, asked)."""
    body = "".join(f"    {line}\n" for line in answer.splitlines())
    return f"def answer(guest, asked):\n{body}{RAW}"


both = pytest.mark.parametrize("language", ["python", "javascript"])
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


# Asking


@both
def test_each_method_reaches_the_service_with_its_options(make_api: MakeApi, language: str) -> None:
    api = make_api(language=language)
    for method in ("get", "post", "put", "patch", "delete"):
        asked = getattr(api, method)("/echo", params={"q": "a b"}, headers={"X-It": "é".encode()})
        got = asked.status(200).json()
        assert (got["method"], got["query"]) == (method.upper(), {"q": "a b"})
    got = api.post("/echo", json={"ü": [1, None]}).json()
    assert json.loads(got["body"]) == {"ü": [1, None]}
    assert got["kind"] == "application/json"
    assert api.put("/echo", content="not JSON {").json()["body"] == "not JSON {"
    assert api.request("DELETE", "/echo").code == 200


@both
def test_head_has_the_headers_and_no_body_and_the_next_request_works(make_api: MakeApi, language: str) -> None:
    api = make_api(language=language)
    got = api.head("/types").status(200).header("content-type")
    assert got.content == b"" and got.text == ""
    assert int(got.headers["Content-Length"]) == len(api.get("/types").content)


def test_a_body_that_comes_with_head_does_not_disturb_what_is_asked_next(make_api: MakeApi) -> None:
    api = make_api(raw('guest.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 4\\r\\n\\r\\nbody")'))
    assert api.head("/").status(200).text == ""
    assert api.get("/").status(200).text == "body"


@both
def test_redirects_are_not_followed_and_cookies_not_kept(make_api: MakeApi, language: str) -> None:
    api = make_api(language=language)
    got = api.get("/away").status(302).header("Location", "/")
    assert "session=secret" in got.headers["set-cookie"]
    assert api.get("/echo").json()["cookie"] is None
    assert api.get("/echo", headers={"Cookie": "session=mine"}).json()["cookie"] == "session=mine"
    assert api.get("/echo").json()["cookie"] is None


def test_a_service_that_closes_each_connection_without_a_word_can_be_asked_again(make_api: MakeApi) -> None:
    api = make_api(raw('guest.sendall(b"HTTP/1.1 204 No Content\\r\\n\\r\\n")'))
    for _ in range(50):
        api.get("/").status(204)


# What a reply can be asked


@both
def test_json_is_compared_by_type_and_not_by_order(make_api: MakeApi, language: str) -> None:
    api = make_api(language=language)
    right = {"text": "5", "number": 5, "none": None, "list": [1.0, 2, {"a": "ü"}], "truth": True}
    assert api.get("/types").equals(right).code == 200
    for wrong in ({"number": "5"}, {"text": 5}, {"truth": 1}, {"none": False}, {"list": [2, 1, {"a": "ü"}]}):
        got = refused(NotYet, lambda wrong=wrong: api.get("/types").equals({**right, **wrong}, "they differ"))
        assert list(got) == ["request", "expected", "got", "means"]
        assert got["request"] == "GET /types"
        assert json.loads(got["expected"]) == {**right, **wrong}
        assert got["got"].startswith('status 200, {"') and got["means"] == "they differ"
    refused(NotYet, lambda: api.get("/types").equals({**right, "more": 1}))


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        (True, True, True),
        ("1", 1, False),
        (None, 0, False),
        (None, None, True),
        ([], {}, False),
        ([1, 2], [1], False),
        ({"a": 1}, {"a": 1, "b": None}, False),
        ({"a": [True]}, {"a": [1]}, False),
        ({"a": {"b": 1}, "c": 2}, {"c": 2, "a": {"b": 1}}, True),
    ],
)
def test_values_are_the_same_only_with_their_types(one: Any, other: Any, equal: bool) -> None:
    assert same(one, other) is equal
    assert same(other, one) is equal


@both
@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        ("application/json", "[1]", [1]),
        ("application/problem+json", '{"a": 1}', {"a": 1}),
        ("application/json; charset=utf-8", '"ü"', "ü"),
        ("text/html", "[1]", NotYet),
        ("application/json", "{'a': 1}", NotYet),
        ("application/json", "", NotYet),
        ("application/json", "NaN", NotYet),
        ("application/json", "[" * 5000, NotYet),
        ("application/jsonp", "[1]", NotYet),
    ],
)
def test_a_body_is_json_only_with_its_type_and_its_words(
    make_api: MakeApi, language: str, kind: str, body: str, found: Any
) -> None:
    reply = make_api(language=language).get(f"/as/{kind}", params={"body": body})
    if found is NotYet:
        assert refused(NotYet, reply.json)["expected"].startswith("a body ")
    else:
        assert reply.json() == found


@both
def test_a_status_that_is_not_the_one_shows_the_answer_and_the_reason(make_api: MakeApi, language: str) -> None:
    api = make_api(language=language)
    assert api.get("/code/201").status(200, 201).code == 201
    got = refused(NotYet, lambda: api.get("/code/404").status(200, 201, means="so it is"))
    assert got["expected"] == "status 200 or 201"
    assert re.fullmatch(r'status 404, \{"code": ?404\}', got["got"])
    assert (got["request"], got["means"], "stderr" in got) == ("GET /code/404", "so it is", False)
    broken = refused(NotYet, lambda: api.get("/breaks").status(200))
    assert broken["got"].startswith("status 500, ")
    assert "Error: the reason of the failure" in broken["stderr"]
    assert "node_modules" not in broken["stderr"]
    assert "\x1b" not in broken["stderr"]


@both
def test_a_header_can_be_demanded_with_and_without_its_value(make_api: MakeApi, language: str) -> None:
    reply = make_api(language=language).get("/as/text/plain", params={"body": "hi"})
    assert reply.header("CONTENT-TYPE") is reply
    assert refused(NotYet, lambda: reply.header("X-No"))["got"] == "no X-No; status 200, hi"
    wrong = refused(NotYet, lambda: reply.header("Content-Type", "text/html", "another kind"))
    assert wrong["expected"] == "the header Content-Type: text/html"
    assert wrong["got"].startswith("Content-Type: text/plain") and wrong["means"] == "another kind"


def test_long_bodies_and_requests_are_cut_in_messages(make_api: MakeApi) -> None:
    api = make_api()
    reply = api.post("/echo", json={"long": "x" * 5000})
    got = refused(NotYet, lambda: reply.status(418))
    assert len(got["request"]) < 320 and got["request"].startswith('POST /echo {"long": "xxx')
    assert re.search(r"x … \(\d{4} characters\)$", got["got"])
    assert make_api(raw('guest.sendall(b"HTTP/1.1 204 No\\r\\n\\r\\n")')).get("/").shown() == "status 204, no body"


def test_a_request_is_shown_with_its_query_headers_and_body(make_api: MakeApi) -> None:
    api = make_api()
    reply = api.post("/echo", params={"q": "a b"}, headers={"X-It": "1"}, content="text")
    assert refused(NotYet, lambda: reply.status(418))["request"] == "POST /echo?q=a+b X-It: 1 text"


def test_text_is_decoded_as_its_type_says(make_api: MakeApi) -> None:
    head = "HTTP/1.1 200 OK\\r\\nContent-Type: text/plain; charset=latin-1\\r\\nContent-Length: 1\\r\\n\\r\\n"
    reply = make_api(raw(f'guest.sendall(b"{head}\\xfc")')).get("/")
    assert (reply.text, reply.content) == ("ü", b"\xfc")


# Services that do not answer


@both
def test_a_request_without_an_answer_is_ended_in_time(make_api: MakeApi, language: str) -> None:
    api = make_api(language=language, timeout=3.0)
    api.get("/")
    began = time.monotonic()
    got = refused(RanTooLong, lambda: api.get("/slow"))
    assert time.monotonic() - began < 2.5
    assert re.fullmatch(r"none within [01]\.\d s", got["got"])
    assert got["request"] == "GET /slow"


@both
def test_a_service_that_dies_is_told_with_its_status_and_the_next_request_meets_a_new_one(
    make_api: MakeApi, language: str
) -> None:
    api = make_api(language=language)
    first = api.get("/").json()
    got = refused(CouldNotRun, lambda: api.get("/dies"))
    assert got["got"] == "the service has ended with exit status 7"
    assert "ready" in got["stderr"]
    second = api.get("/").json()
    assert second["pid"] != first["pid"] and second["mine"] != first["mine"]


@pytest.mark.parametrize(
    "answer",
    [
        "pass",
        'guest.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 10\\r\\n\\r\\nhalf")',
        'guest.sendall(b"this is not HTTP at all\\r\\n\\r\\n")',
    ],
    ids=["closed", "cut off", "no HTTP"],
)
def test_a_service_that_breaks_the_connection_is_told_so(make_api: MakeApi, answer: str) -> None:
    api = make_api(raw(answer))
    got = refused(CouldNotRun, lambda: api.get("/it"))
    assert got["got"].startswith("the connection broke: ") and got["request"] == "GET /it"


def test_an_answer_in_drops_without_end_is_ended_in_time(make_api: MakeApi) -> None:
    drops = 'guest.sendall(b"HTTP/1.1 200 OK\\r\\n\\r\\n")\nwhile True:\n    guest.sendall(b".")\n    time.sleep(0.02)'
    api = make_api(raw(drops), timeout=3.0)
    began = time.monotonic()
    refused(RanTooLong, lambda: api.get("/"))
    assert time.monotonic() - began < 3


def test_a_body_without_end_is_too_much(make_api: MakeApi) -> None:
    flood = 'guest.sendall(b"HTTP/1.1 200 OK\\r\\n\\r\\n")\nwhile True:\n    guest.sendall(b"." * 65536)'
    assert refused(UsedTooMuch, lambda: make_api(raw(flood)).get("/"))["expected"] == "a body under 8 MiB"


def test_a_flooded_log_is_over_the_limit_and_does_not_fill_the_memory(make_api: MakeApi) -> None:
    loud = 'print("x" * 79 + "\\n" * 1, end="")\n' * 2
    flood = raw(f'for _ in range(60_000):\n    {loud.splitlines()[0]}\nguest.sendall(b"HTTP/1.1 204 No\\r\\n\\r\\n")')
    api = make_api(flood, timeout=20.0)
    assert refused(UsedTooMuch, lambda: api.get("/"))["expected"] == "at most 4 MiB of output"
    service = api._services[0]
    assert not alive(service.process.pid)
    assert len(service.log()) <= 4 << 20
    assert service.last_lines().splitlines() == ["x" * 79] * 5
    early = make_api("while True:\n    print('x' * 1000)")
    assert refused(UsedTooMuch, lambda: early.get("/"))["got"] == "more than that, so the service was ended"


# Starting


@both
def test_without_the_file_there_are_words_for_the_learner(make_api: MakeApi, language: str) -> None:
    api = make_api({"other.txt": ""}, language=language)
    for _ in range(2):
        assert refused(CouldNotRun, lambda: api.get("/")) == {
            "expected": f"a file {FILES[language]}",
            "got": "no such file",
        }


ENDS = {
    "python": ["import sys\nprint('why', file=sys.stderr)\nsys.exit(3)\n", "1 / 0\n", "def f(:\n", ""],
    "javascript": ["console.error('why'); process.exit(3);\n", "null.x;\n", "let let = 1;\n", ""],
}
WORDS = {
    "python": [(3, "why"), (1, "ZeroDivisionError: division by zero"), (1, "SyntaxError: "), (0, None)],
    "javascript": [(3, "why"), (1, "TypeError: "), (1, "SyntaxError: "), (0, None)],
}


@both
@pytest.mark.parametrize("number", range(4), ids=["exit", "exception", "syntax", "empty"])
def test_a_service_that_ends_at_once_is_told_with_its_status_and_last_words(
    make_api: MakeApi, language: str, number: int
) -> None:
    api = make_api(ENDS[language][number], language=language)
    code, words = WORDS[language][number]
    got = refused(CouldNotRun, lambda: api.get("/"))
    assert re.fullmatch(rf"it ended with exit status {code} after \d\.\d s", got["got"])
    assert re.fullmatch(r"a service that listens on 127\.0\.0\.1, port \d+ \(PORT\)", got["expected"])
    assert re.fullmatch(rf"PORT=\d+ (python|node) {FILES[language]}", got["command"])
    assert words in got["stderr"] if words else "stderr" not in got
    assert "_service." not in got.get("stderr", ""), "no line of ours"
    began = time.monotonic()
    assert refused(CouldNotRun, lambda: api.get("/")) == got, "not tried again"
    assert time.monotonic() - began < 0.1


ELSEWHERE = {
    "python": 'from flask import Flask\nFlask("x").run(port={port})\n',
    "javascript": 'import express from "express";\nexpress().listen({port}, "127.0.0.1");\n',
}


@on_linux
@both
def test_a_service_on_a_port_of_its_own_choice_is_told_which(make_api: MakeApi, language: str) -> None:
    port = free_port()
    api = make_api(ELSEWHERE[language].format(port=port), language=language)
    got = refused(NotYet, lambda: api.get("/"))
    assert got["got"] == f"it listens on port {port}"
    assert got["means"] == "the port is fixed in the code; the one to use comes in PORT"


@on_linux
def test_a_service_on_another_address_is_told_so(make_api: MakeApi) -> None:
    text = "import os, socket, time\ns = socket.create_server(('127.0.0.2', int(os.environ['PORT'])))\ntime.sleep(3600)"
    got = refused(NotYet, lambda: make_api(text, timeout=4.0).get("/"))
    assert re.fullmatch(r"it listens on port \d+ of another address", got["got"])
    assert "localhost" in got["means"]


NEVER = {"python": "print('here I am')\nwhile True: pass\n", "javascript": "console.log('here I am'); for (;;) {}\n"}


@both
def test_a_service_that_never_listens_is_not_waited_for_twice(make_api: MakeApi, language: str) -> None:
    api = make_api(NEVER[language], language=language, timeout=3.0)
    got = refused(NotYet, lambda: api.get("/"))
    assert re.fullmatch(r"nothing listened there after 1\.\d s", got["got"])
    assert got["stderr"] == "here I am" and "means" not in got
    began = time.monotonic()
    assert refused(NotYet, lambda: api.post("/")) == got
    assert time.monotonic() - began < 0.1


SLOWLY = {
    "python": "import time\ntime.sleep(1)\n" + PYTHON,
    "javascript": "await new Promise((done) => setTimeout(done, 1000));\n" + JAVASCRIPT,
}


@both
def test_a_service_may_take_its_time_to_start(make_api: MakeApi, language: str) -> None:
    assert make_api(SLOWLY[language], language=language).get("/").code == 200


@on_linux
@both
def test_a_port_that_somebody_else_takes_is_not_the_learners_fault(
    make_api: MakeApi, language: str, stranger: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Free when it was chosen, taken when the service comes: the service is started again on another one."""
    taken, asked = stranger(), []

    def chosen() -> int:
        asked.append(taken if not asked else free_port())
        return asked[-1]

    monkeypatch.setattr(services, "free_port", chosen)
    api = make_api(language=language)
    assert api.get("/").json()["pid"] == api.here.service.process.pid
    assert api.here.port == asked[1] != taken
    assert not alive(api._instances[0].service.process.pid)


@on_linux
def test_where_every_port_is_taken_nobody_is_blamed(
    make_api: MakeApi, stranger: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = stranger()
    monkeypatch.setattr(services, "free_port", lambda: taken)
    with pytest.raises(PortTaken) as caught:
        make_api().get("/")
    assert not isinstance(caught.value, Outcome), "for then it would be the learner's"


@pytest.fixture
def stranger() -> Iterator[Callable[[], int]]:
    """Lets a program of nobody's listen on a port, which it returns."""
    started: list[subprocess.Popen[str]] = []
    text = "import socket\ns = socket.create_server(('127.0.0.1', 0))\n"
    text += "print(s.getsockname()[1], flush=True)\nopen(0).read()"

    def start() -> int:
        # By a shell that ends at once: the program is no descendant of this test's then.
        command = ["sh", "-c", 'exec 3<&0; "$0" -c "$1" <&3 3<&- &', sys.executable, text]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout
        return int(process.stdout.readline())

    yield start
    for each in started:
        each.communicate()  # its input ends


def test_free_ports_are_outside_those_that_systems_hand_out() -> None:
    ports = {free_port() for _ in range(20)}
    assert len(ports) > 15
    assert all(10_000 <= port < 32_000 for port in ports)
    for port in ports:
        socket.create_server(("127.0.0.1", port)).close()


# Instances


@both
def test_several_instances_stand_beside_each_other(make_api: MakeApi, language: str) -> None:
    api = make_api(language=language)
    copies = [api.here, *(api.start() for _ in range(4))]
    told = [copy.get("/").json() for copy in copies]
    assert len({each["pid"] for each in told}) == len({each["mine"] for each in told}) == 5
    assert len({copy.port for copy in copies}) == 5
    copies[1].service.kill()
    refused(CouldNotRun, lambda: copies[1].get("/"))
    assert copies[2].get("/").json() == told[2]
    assert api.get("/").json() == told[0]


@both
@pytest.mark.parametrize("kill", [False, True])
def test_a_restart_is_a_new_process_in_the_same_folder(make_api: MakeApi, language: str, kill: bool) -> None:
    api = make_api(language=language)
    before, service = api.get("/").json(), api.here.service
    api.restart(kill=kill)
    assert service.process.returncode == (-signal.SIGKILL if kill else -signal.SIGTERM)
    after = api.get("/").json()
    assert after["mine"] != before["mine"]
    assert not alive(before["pid"]) and alive(after["pid"])


IGNORES = {
    "python": "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + PYTHON,
    "javascript": 'process.on("SIGTERM", () => {});\n' + JAVASCRIPT,
}


@both
def test_a_service_that_does_not_stop_is_told_and_ended(make_api: MakeApi, language: str) -> None:
    api = make_api(IGNORES[language], language=language, timeout=4.0)
    service = api.here.service
    got = refused(RanTooLong, service.stop)
    assert re.fullmatch(r"it was still running after [12]\.\d s", got["got"])
    assert not alive(service.process.pid)


CLEANLY = {
    "python": "import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(5))\n" + PYTHON,
    "javascript": 'process.on("SIGTERM", () => process.exit(5));\n' + JAVASCRIPT,
}


@both
def test_stopping_returns_the_exit_status(make_api: MakeApi, language: str) -> None:
    assert make_api(CLEANLY[language], language=language).here.service.stop() == 5
    plain = make_api(language=language).here.service
    assert plain.stop(signal.SIGINT) == (-signal.SIGINT if language == "javascript" else 0) or language == "python"
    assert not alive(plain.process.pid)


NEEDS = {
    "python": "import os, sys\nif not os.environ.get('KEY'): sys.exit('KEY is missing')\n" + PYTHON,
    "javascript": "if (!process.env.KEY) { console.error('KEY is missing'); process.exit(1); }\n" + JAVASCRIPT,
}


@both
def test_names_of_the_contract_reach_the_service_and_a_launch_may_end_by_itself(
    make_api: MakeApi, language: str
) -> None:
    api = make_api(NEEDS[language], language=language)
    service = api.launch()
    assert service.wait() == 1
    assert service.last_lines() == "KEY is missing"
    assert api.start(KEY="a").get("/").code == 200
    api.extra["KEY"] = "b"
    assert api.get("/").code == 200
    assert "KEY=b" in api.here.service.command


# Many at the same moment

COUNTS = {
    "python": raw("").split("while True")[0]
    + "import threading\nlock = threading.Lock()\nseen = 0\n"
    + "def serve(guest):\n    global seen\n    if not guest.recv(65536):\n        return\n"
    + "    with lock:\n        seen += 1\n"
    + "    end = time.monotonic() + 5\n    while seen < 8 and time.monotonic() < end:\n        time.sleep(0.001)\n"
    + '    body = str(seen)\n    guest.sendall(f"HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\n\\r\\n{body}".encode())\n'
    + "    guest.close()\n"
    + "while True:\n    threading.Thread(target=serve, args=(door.accept()[0],)).start()\n",
    "javascript": 'import express from "express";\nconst app = express();\nconst waiting = [];\n'
    + 'app.get("/", (req, res) => { waiting.push(res); if (waiting.length === 8) '
    + 'for (const each of waiting) each.end("8"); });\napp.listen(process.env.PORT, "127.0.0.1");\n',
}


@both
def test_requests_together_are_all_under_way_at_once(make_api: MakeApi, language: str) -> None:
    """The service answers none of them before it has all eight."""
    import threading

    text = COUNTS[language].replace("def answer(guest, asked):\n", "")
    api = make_api(text, language=language)
    api.here  # noqa: B018  started, so that only the requests are timed
    replies = api.together([("GET", "/", {})] * 8)
    assert [reply.text for reply in replies] == ["8"] * 8
    assert threading.active_count() == 1


@both
def test_replies_come_in_the_order_of_their_requests_also_of_many(make_api: MakeApi, language: str) -> None:
    api = make_api(language=language, memory=1024, timeout=30.0)
    requests = [("POST", "/echo", {"params": {"n": number}}) for number in range(60)]
    replies = api.together(requests)
    assert [reply.status(200).json()["query"] for reply in replies] == [{"n": str(number)} for number in range(60)]


def test_one_bad_end_among_many_is_told_and_no_thread_is_left(make_api: MakeApi) -> None:
    import threading

    api = make_api(language="javascript", timeout=4.0)
    api.get("/")
    got = refused(RanTooLong, lambda: api.together([("GET", "/", {}), ("GET", "/slow", {})]))
    assert got["request"] == "GET /slow"
    with pytest.raises(TypeError):  # a fault of the check, not of the learner
        api.together([("GET", "/", {"no_such_option": 1}), ("GET", "/", {})])
    assert threading.active_count() == 1


@both
def test_a_check_goes_on_while_requests_are_under_way(make_api: MakeApi, language: str) -> None:
    """The service answers none of the eight before it has them all; nothing is left when the next one starts."""
    import threading

    api = make_api(COUNTS[language].replace("def answer(guest, asked):\n", ""), language=language)
    first = api.here.begin([("GET", "/", {})] * 7)
    assert not first.done
    last = api.here.begin([("GET", "/", {})])
    assert [reply.text for reply in (*first.replies(), *last.replies())] == ["8"] * 8
    assert first.done and last.done
    api.here.begin([("GET", "/", {})])
    api.here.service.kill()
    api.start()
    assert threading.active_count() == 1


def test_an_answer_may_be_given_less_time_than_the_run(make_api: MakeApi) -> None:
    api = make_api(language="javascript")
    api.get("/", timeout=5)
    began = time.monotonic()
    got = refused(RanTooLong, lambda: api.get("/slow", timeout=0.2))
    assert got["got"] == "none within 0.2 s"
    assert time.monotonic() - began < 3


# As true as a fresh start

TELLS = {
    "python": """
import atexit, json, os, resource, signal, sys, threading
facts = {
    "argv": sys.argv, "name": __name__, "file": __file__, "globals": sorted(globals()), "orig": sys.orig_argv[1:],
    "main": sys.modules["__main__"].__dict__ is globals(), "path": sys.path, "cwd": os.getcwd(),
    "environment": dict(os.environ), "stdin": sys.stdin.read(), "flags": str(sys.flags), "package": __package__,
    "signals": [str(signal.getsignal(n)) for n in sorted(signal.valid_signals())], "threads": threading.active_count(),
    "umask": os.umask(0o22), "descriptors": sorted(os.listdir("/proc/self/fd")), "loader": type(__loader__).__name__,
    "session": os.getsid(0) == os.getpid(), "hook": sys.excepthook is sys.__excepthook__, "children": [],
    "builtins": __builtins__ is sys.modules["builtins"], "future": eval("type(lambda: 1).__name__"),
    "limits": [resource.getrlimit(n) for n in range(10)],
    "future": "annotations" in str(compile("x: int", "a", "exec").co_flags), "pid": os.getpid(),
}
print(json.dumps(facts))
atexit.register(print, "at exit")
class Odd(Exception): pass
def deep(): raise Odd("the end")
deep()
""",
    "javascript": """
import { createRequire } from "node:module";
import fs from "node:fs";
const require = createRequire(import.meta.url);
const facts = {
  argv: process.argv, execArgv: process.execArgv, main: require.main ?? null, url: import.meta.url,
  filename: import.meta.filename, isMain: import.meta.main ?? null, cwd: process.cwd(), environment: process.env,
  stdin: fs.readFileSync(0, "utf8"), umask: process.umask(), title: process.title, keys: Object.keys(globalThis),
  descriptors: fs.readdirSync("/proc/self/fd").length, listeners: process.eventNames(), pid: process.pid,
};
console.log(JSON.stringify(facts));
process.on("exit", () => console.log("at exit"));
function deep() { throw new RangeError("the end"); }
deep();
""",
}
MODULES = {"python": "flask", "javascript": "express"}


def fresh(api: Api, command: list[str]) -> tuple[int, int, str]:
    """Status, process id and output of COMMAND started afresh as the learner's program in the same run."""
    from runner.kit.process import start

    context = api._context
    log = context.scratch / "fresh.log"
    with log.open("wb") as output:
        process = start(command, context, env={"PORT": "1"}, output=output.fileno(), virtual_memory=False)
    return process.wait(20), process.pid, log.read_text()


def told(api: Api) -> tuple[int, int, str]:
    """The same of the service, started in a process that waited."""
    service = api.launch(PORT="1")
    return service.wait(), service.process.pid, service.log()


def afresh(api: Api) -> list[str]:
    if api._context.language == "python":
        return [sys.executable, "-u", "-B", "-s", "app.py"]
    return [api._context.tools["node"], f"--max-old-space-size={api._context.memory}", "--no-warnings", "app.mjs"]


@on_linux
@both
def test_the_standby_tells_of_itself_what_a_fresh_start_tells(make_api: MakeApi, language: str) -> None:
    api = make_api(TELLS[language], language=language)
    waited = api._standbys.waiting[0].process.pid
    ours, theirs = told(api), fresh(api, afresh(api))
    assert ours[0] == theirs[0] == 1
    facts = [json.loads(text.splitlines()[0]) for _, _, text in (ours, theirs)]
    assert facts[0].pop("pid") == ours[1] == waited, "it is the process that waited"
    assert facts[1].pop("pid") == theirs[1]
    assert facts[0] == facts[1]
    rests = [text.split("\n", 1)[1] for _, _, text in (ours, theirs)]
    assert "the end" in rests[0] and "at exit" in rests[0]
    assert rests[0] == rests[1], "the same traceback, and nothing of ours in it"


@on_linux
@both
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL, signal.SIGUSR1, signal.SIGSEGV])
def test_a_signal_ends_the_standby_as_it_ends_a_fresh_start(make_api: MakeApi, language: str, number: int) -> None:
    text = {"python": "import os, time\nos.kill(os.getpid(), {0})\ntime.sleep(0.5)\n", "javascript": ""}
    text["javascript"] = "process.kill(process.pid, {0}); setTimeout(() => {{}}, 500);\n"
    api = make_api(text[language].format(int(number)), language=language)
    ours, theirs = told(api), fresh(api, afresh(api))
    assert ours[0] == theirs[0]
    if number != signal.SIGUSR1:
        assert ours[0] == -number


@pytest.mark.parametrize(
    "ending", ["sys.exit()", "sys.exit('words')", "sys.exit(9)", "raise KeyboardInterrupt", "os._exit(4)"]
)
def test_python_ends_as_it_does_afresh(make_api: MakeApi, ending: str) -> None:
    api = make_api(f"import os, sys\nprint('begun')\n{ending}\n")
    ours, theirs = told(api), fresh(api, afresh(api))
    assert (ours[0], ours[2]) == (theirs[0], theirs[2])


SHADOWS = ["json.py", "flask.py", "uuid.py", "logging/__init__.py", "werkzeug/__init__.py", "sqlite3.py", "socket.py"]


@pytest.mark.parametrize("name", SHADOWS)
def test_a_file_of_the_learners_comes_before_a_module_that_is_loaded(make_api: MakeApi, name: str) -> None:
    module = name.split("/")[0].removesuffix(".py")
    api = make_api({"app.py": f"import {module}\nprint({module}.mine)\n", name: "mine = 'the learner'\n"})
    code, pid, text = told(api)
    assert (code, text) == (0, "the learner\n")
    assert pid == api._services[0].process.pid


def test_shadowed_services_start_as_the_main_program_too(make_api: MakeApi) -> None:
    """By a fresh start: with the same facts, on the port that they were told."""
    api = make_api({"app.py": TELLS["python"], "uuid.py": ""})
    waited = api._standbys.waiting[0].process.pid
    ours, theirs = told(api), fresh(api, afresh(api))
    facts = [json.loads(text.splitlines()[0]) for _, _, text in (ours, theirs)]
    assert facts[0].pop("pid") == waited and facts[1].pop("pid")
    assert facts[0] == facts[1]
    own = make_api(
        {"app.py": "import sqlite3\n" + PYTHON.replace("uuid.uuid4().hex", "sqlite3.mine"), "sqlite3.py": "mine = 1"}
    )
    assert own.get("/").json()["mine"] == 1


def test_an_express_of_the_learners_own_comes_first(make_api: MakeApi) -> None:
    own = "module.exports = { mine: 'the learner' };\n"
    files = {
        "app.mjs": 'import express from "express";\nconsole.log(express.mine);\n',
        "node_modules/express/index.js": own,
        "node_modules/express/package.json": '{"name": "express", "main": "index.js"}',
    }
    assert told(make_api(files, language="javascript"))[2] == "the learner\n"


def test_a_package_file_of_the_learners_is_seen(make_api: MakeApi) -> None:
    """Node remembers which of them are not there; the standby must not have looked before the files came."""
    api = make_api({"other.txt": ""}, language="javascript")
    standby = api._standbys.waiting[0]
    assert poll(lambda: "express" in standby.log.read_text() or waits(standby.process.pid))
    files = {
        "app.mjs": 'import it from "#it";\nimport express from "express";\nconsole.log(it, typeof express);\n',
        "package.json": '{"name": "own", "type": "module", "imports": {"#it": "./lib/it.js"}}',
        "lib/it.js": 'export default "the learner";\n',
    }
    for name, text in files.items():
        (api._context.work / name).parent.mkdir(exist_ok=True)
        (api._context.work / name).write_text(text)
    assert told(api)[2] == "the learner function\n"


def waits(pid: int) -> bool:
    """Whether the process sleeps in a read, as a standby does that has loaded everything."""
    try:
        return Path(f"/proc/{pid}/wchan").read_text() not in ("", "0") and "S" in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_workers_forks_and_clusters_of_node_start(make_api: MakeApi) -> None:
    text = """
import { fork } from "node:child_process";
import cluster from "node:cluster";
import { Worker, isMainThread } from "node:worker_threads";
import { fileURLToPath } from "node:url";
const here = fileURLToPath(import.meta.url);
if (!isMainThread) { console.log("worker"); }
else if (process.argv[2] === "forked") { console.log("forked"); }
else if (cluster.isWorker) { console.log("clustered"); process.exit(0); }
else {
  const ended = (child) => new Promise((done) => child.on("exit", done));
  const codes = [await ended(new Worker(here)), await ended(fork(here, ["forked"])), await ended(cluster.fork())];
  console.log(codes.join(" "));
}
"""
    assert told(make_api(text, language="javascript"))[2] == "worker\nforked\nclustered\n0 0 0\n"


@on_linux
def test_flasks_reloader_starts_the_learners_file_anew(make_api: MakeApi) -> None:
    api = make_api(PYTHON.replace("app.run(", "app.run(debug=True, "), timeout=20.0)
    served_by = api.get("/").status(200).json()["pid"]
    assert served_by != api.here.service.process.pid, "by a child that the reloader started"
    api.close()
    assert poll(lambda: not alive(served_by))


def test_processes_of_multiprocessing_find_the_learners_file(make_api: MakeApi) -> None:
    text = """
import multiprocessing, os

def twice(n):
    return 2 * n

if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print(pool.map(twice, [1, 2]))
"""
    assert told(make_api(text, memory=2048))[::2] == (0, "[2, 4]\n")


def test_what_the_service_prints_is_in_its_log_at_once_and_kept_for_the_verdict(make_api: MakeApi) -> None:
    api = make_api("print('without a flush')\n" + PYTHON)
    api.get("/")
    assert api.here.service.log().startswith("without a flush\nready\n")
    api.record()
    assert b"without a flush" in api._context.output


# Nothing left behind


@on_linux
@both
def test_nothing_is_left_after_the_end(make_api: MakeApi, language: str) -> None:
    before = os.listdir("/proc/self/fd")
    api = make_api(language=language)
    pids = [each.process.pid for each in api._standbys.waiting]
    api.get("/")
    port = api.here.port
    api.start()
    launched = api.launch()
    child = api.here.service.process.pid
    assert child in pids and launched.process.pid in pids
    api.close()
    assert not any(alive(pid) for pid in pids)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    assert os.listdir("/proc/self/fd") == before


@on_linux
def test_a_standby_whose_owner_is_gone_ends(make_api: MakeApi) -> None:
    standby = make_api()._standbys.waiting[0]
    standby._channel.close()
    assert poll(lambda: not alive(standby.process.pid))
    assert standby.process.wait() == 0


def test_a_standby_that_was_ended_is_passed_over(make_api: MakeApi) -> None:
    api = make_api()
    for standby in api._standbys.waiting[:2]:
        standby.process.kill()
        standby.process.wait()
    assert api.get("/").code == 200
    assert api.start().get("/").code == 200


@on_linux
def test_listening_ports_of_a_process_are_found() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as door,
        socket.create_server(("::1", 0), family=socket.AF_INET6) as six,
    ):
        ports = {door.getsockname()[1], six.getsockname()[1]}
        assert ports <= set(listening(os.getpid()))
        assert services.strangers(door.getsockname()[1]), "this process is no child of its own"
    assert not ports & set(listening(os.getpid()))
    assert listening(2**22 + 1) == []


def test_a_reply_is_returned_by_each_demand(make_api: MakeApi) -> None:
    reply = make_api().get("/code/200")
    assert isinstance(reply, Reply)
    assert reply.status(200).header("content-type").equals({"code": 200}) is reply


# In a run


CHECKS = """
def test_plain(api):
    \"\"\"a plain assertion\"\"\"
    assert api.get("/code/201", params={"a": 1}).code == 200


def test_own_words(api):
    \"\"\"a demand\"\"\"
    api.get("/code/404").status(200)


def test_right(api):
    \"\"\"what is right\"\"\"
    api.get("/").status(200)
"""


@both
def test_a_verdict_tells_request_and_command_and_what_the_service_printed(tmp_path: Path, language: str) -> None:
    if isinstance(express := PROVIDERS["express"](dict(os.environ)), Missing):
        absent(express.reason)
    exercise = write_exercise(tmp_path / "pack", CHECKS, languages=[language], engines=["express"], timeout=10)
    mark = f"service-{tmp_path.name}"
    bench = Bench(exercise, tmp_path, language)
    try:
        verdict = bench.verdict({FILES[language]: RIGHT[language].replace("ready", f"ready {mark}")})
        assert statuses(verdict) == {"plain": "failed", "own-words": "failed", "right": "passed"}
        assert row(verdict, "request") == "GET /code/201?a=1"
        assert (row(verdict, "expected"), row(verdict, "got")) == ("200", "201")
        for check in (0, 1):
            assert re.fullmatch(rf"PORT=\d+ \w+ {FILES[language]}", row(verdict, "command", check))
        assert row(verdict, "request", 1) == "GET /code/404"
        assert f"ready {mark}" in verdict.output
        again = bench.verdict({FILES[language]: "x ="})
        assert set(statuses(again).values()) == {"crashed"}
        assert "SyntaxError" in row(again, "stderr")
        assert bench.verdict({FILES[language]: RIGHT[language]}).checks[2].status == "passed"
    finally:
        bench.checker.close()
    if sys.platform == "linux":
        assert poll(lambda: not processes(str(exercise.folder))), "nothing is left"


SQL = {
    "python": """
import os, sqlite3
from flask import Flask, request
app = Flask(__name__)
@app.post("/pens")
def add():
    with sqlite3.connect("pens.db") as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("CREATE TABLE IF NOT EXISTS pens (name)")
        db.executemany("INSERT INTO pens VALUES (?)", [[each] for each in request.json])
    return {"count": sqlite3.connect("pens.db").execute("SELECT count(*) FROM pens").fetchone()[0]}
app.run(port=int(os.environ["PORT"]))
""",
    "javascript": """
import { DatabaseSync } from "node:sqlite";
import express from "express";
const app = express().use(express.json());
app.post("/pens", (request, response) => {
  const db = new DatabaseSync("pens.db");
  db.exec("CREATE TABLE IF NOT EXISTS pens (name)");
  db.exec("BEGIN");
  const insert = db.prepare("INSERT INTO pens VALUES (?)");
  for (const each of request.body) insert.run(each);
  db.exec("COMMIT");
  response.json({ count: db.prepare("SELECT count(*) AS count FROM pens").get().count });
});
app.listen(process.env.PORT, "127.0.0.1");
""",
}


@both
def test_the_statements_of_a_traced_service_are_seen(make_api: MakeApi, language: str) -> None:
    api = make_api(SQL[language], language=language)
    api.post("/pens", json=["blue"]).equals({"count": 1})
    assert api.here.service.statements() == [], "nothing is followed unless it is asked for"
    api.traced = True
    api.restart()
    api.post("/pens", json=["red", "green", "pink"]).equals({"count": 4})
    words = [each.split()[0] for each in api.here.service.statements()]
    assert words == ["CREATE", "INSERT", "INSERT", "INSERT", "SELECT"]
    (api.here.service._standby.trace).write_text('"SELECT 1"\nno JSON\n5\n')
    assert api.here.service.statements() == ["SELECT 1", "5"]


def test_keys_and_tokens_are_shown_by_their_beginning() -> None:
    assert in_short("redis://127.0.0.1:20001/3") == "redis://127.0.0.1:20001/3"
    assert in_short("-----BEGIN PUBLIC KEY-----\nMIIB\n") == "-----BEGIN PUBLIC KEY-----…"
    asked = shown_request("GET", "/me", {"headers": {"Authorization": f"Bearer {'x' * 400}", "Accept": "*/*"}})
    assert asked == f"GET /me Authorization: Bearer {'x' * 23}… Accept: */*"
