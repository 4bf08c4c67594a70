"""The upstream service of checks: counts what it is asked, is slow, fails and holds when told to."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from runner.kit.origin import Origin
from runner.kit.process import end
from runner.verify.trial import run_once
from tests.verify.exercises import poll, write_exercise, write_files

CHECK = '''
def test_first(origin):
    """a call is counted, and what the check ordered ends with it"""
    assert origin.url.startswith("http://127.0.0.1:") and not origin.calls
    origin.fail()
    origin.hold()


def test_second(origin, learner):
    """the next check begins anew, and the learner's code reaches the origin"""
    assert learner.call("ask:status", origin.url + "/x") == 200
    assert len(origin.calls) == 1
'''
ASK = """
import urllib.request

def status(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.status
"""


@pytest.fixture
def origin(make_context) -> Iterator[Origin]:
    made = Origin(make_context())
    made.renew("1:test_one")
    yield made
    made.close()


def ask(origin: Origin, target: str, **options: Any) -> httpx.Response:
    return httpx.get(origin.url + target, trust_env=False, timeout=10, **options)


@pytest.fixture
def in_background() -> Iterator[Callable[..., list[httpx.Response]]]:
    """Asks without waiting; the answers are in the list that it returns as they come."""
    threads: list[threading.Thread] = []

    def begin(origin: Origin, target: str, count: int = 1) -> list[httpx.Response]:
        answers: list[httpx.Response] = []
        for _ in range(count):
            threads.append(threading.Thread(target=lambda: answers.append(ask(origin, target))))
            threads[-1].start()
        return answers

    yield begin
    for thread in threads:
        thread.join()


def test_each_call_is_told_with_what_it_was_answered(origin):
    replies = [ask(origin, "/a?x=1", headers={"X-User": "Ana"}), ask(origin, "/a?x=1"), ask(origin, "/b")]
    assert [each.status_code for each in replies] == [200] * 3
    assert [each.json() for each in replies] == [each.answer for each in origin.calls]
    assert [each.target for each in origin.calls] == ["/a?x=1", "/a?x=1", "/b"]
    assert [each.headers.get("x-user") for each in origin.calls] == ["Ana", None, None]
    assert len({each.answer["stamp"] for each in origin.calls}) == 3
    assert poll(lambda: origin.in_flight == 0)
    assert origin.most_at_once == 1


def test_the_same_seed_gives_the_same_answers(origin):
    first = ask(origin, "/a").json()
    origin.renew("1:test_one")
    assert ask(origin, "/a").json() == first
    assert len(origin.calls) == 1
    origin.renew("2:test_one")
    assert ask(origin, "/a").json() != first


def test_it_is_as_slow_as_told(origin):
    origin.slow(150)
    began = time.monotonic()
    ask(origin, "/a")
    assert time.monotonic() - began >= 0.15
    (took,) = [each.took_ms for each in origin.calls]
    assert took is not None and took >= 150


def test_it_fails_and_recovers(origin):
    origin.fail(500)
    assert ask(origin, "/a").status_code == 500
    origin.fail()
    assert (reply := ask(origin, "/a")).status_code == 503
    assert list(reply.json()) == ["error"]
    origin.recover()
    assert ask(origin, "/a").status_code == 200
    assert [each.status for each in origin.calls] == [500, 503, 200]


def test_calls_are_held_and_let_go_in_order(origin, in_background):
    origin.hold()
    first = in_background(origin, "/first")
    assert origin.wait_for(1, 10)
    others = in_background(origin, "/other", 2)
    assert origin.wait_for(3, 10)
    assert (origin.in_flight, origin.most_at_once) == (3, 3)
    origin.release(1)
    assert poll(lambda: first)
    assert not others and origin.in_flight == 2
    last = in_background(origin, "/last")
    assert origin.wait_for(4, 10)
    origin.recover()
    assert poll(lambda: last and len(others) == 2)
    assert ask(origin, "/a").status_code == 200, "nothing is held any more"


def test_waiting_for_calls_ends_in_time(origin):
    assert origin.wait_for(0, 0)
    assert not origin.wait_for(1, 0.05)


def test_a_client_that_hangs_up_is_in_flight_no_more(origin):
    origin.hold()
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(origin.url + "/a", trust_env=False, timeout=0.1)
    assert poll(lambda: origin.in_flight == 0)
    assert len(origin.calls) == 1


def test_what_is_no_request_is_no_call(origin):
    for data in (b"hello\r\n\r\n", b"x" * 100_000, b""):
        with socket.create_connection(("127.0.0.1", urlsplit(origin.url).port)) as connection:
            connection.sendall(data)
    assert ask(origin, "/a").status_code == 200
    assert len(origin.calls) == 1


def test_an_origin_that_was_ended_is_told(origin):
    assert origin.url
    end(origin._process)
    with pytest.raises((RuntimeError, ConnectionError)):
        origin.slow(1)


def test_each_check_begins_anew(tmp_path):
    exercise = write_exercise(tmp_path / "pack", CHECK)
    assert run_once(exercise, write_files(tmp_path / "work", {"ask.py": ASK}), "python").passed
