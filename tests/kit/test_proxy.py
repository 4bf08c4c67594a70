"""A door to a server: passes everything on, and fails in the ways that it is told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from runner.kit.process import end
from runner.kit.proxy import Proxy
from runner.verify.trial import run_once
from tests.verify.exercises import write_exercise, write_files

CHECK = '''
import socket


def test_door(proxy):
    """what a client says reaches the server behind the door"""
    with socket.create_server(("127.0.0.1", 0)) as server:
        door = proxy(f"127.0.0.1:{server.getsockname()[1]}")
        with socket.create_connection(("127.0.0.1", door.port)) as client, server.accept()[0] as there:
            client.sendall(b"x")
            assert there.recv(1) == b"x"
'''

LARGE = bytes(range(256)) * 8192
"""2 MiB: more than what all buffers on the way hold."""


@pytest.fixture(params=["tcp", "unix"])
def target(request, tmp_path) -> Iterator[str]:
    """A server that sends back what it gets, until its client says that it sends no more."""
    if request.param == "tcp":
        listener = socket.create_server(("127.0.0.1", 0))
        place = f"127.0.0.1:{listener.getsockname()[1]}"
    else:
        place = str(tmp_path / "echo.sock")
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(place)
        listener.listen()

    def echo(client: socket.socket) -> None:
        with closing(client), suppress(OSError):
            while data := client.recv(4096):
                client.sendall(data)

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=echo, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield place
    listener.shutdown(socket.SHUT_RDWR)  # which wakes the one who waits for connections
    listener.close()


@pytest.fixture
def open_door(make_context) -> Iterator[Callable[[str], Proxy]]:
    made: list[Proxy] = []

    def open_one(target: str) -> Proxy:
        made.append(Proxy(make_context(), target))
        return made[-1]

    yield open_one
    for each in made:
        each.close()


@pytest.fixture
def door(open_door, target) -> Proxy:
    return open_door(target)


def client(door: Proxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", door.port), 10)


def asked(connection: socket.socket, data: bytes) -> bytes:
    """What comes back for DATA, as much of it."""
    connection.sendall(data)
    got = b""
    while len(got) < len(data) and (more := connection.recv(65536)):
        got += more
    return got


def test_what_is_sent_comes_back_on_many_connections(door):
    connections = [client(door) for _ in range(20)]
    for number, each in enumerate(connections):
        assert asked(each, b"%d" % number) == b"%d" % number
    for each in connections:
        each.close()


def test_one_who_reads_late_loses_nothing_and_holds_up_nobody(door):
    with client(door) as slow, client(door) as quick:
        sender = threading.Thread(target=slow.sendall, args=(LARGE,))
        sender.start()
        assert asked(quick, b"quick") == b"quick"
        got = b""
        while len(got) < len(LARGE):
            got += slow.recv(65536)
        sender.join()
    assert got == LARGE


def test_the_end_of_what_a_client_sends_is_passed_on_and_the_answer_still_comes(door):
    with client(door) as connection:
        connection.sendall(b"last words")
        connection.shutdown(socket.SHUT_WR)
        got = b""
        while more := connection.recv(64):
            got += more
    assert got == b"last words"


def test_refusing_breaks_what_is_open_and_takes_no_more_until_restored(door):
    connections = [client(door) for _ in range(3)]
    assert [asked(each, b"x") for each in connections] == [b"x"] * 3
    door.refuse()
    for each in connections:
        with pytest.raises(ConnectionResetError):
            each.recv(1)
        each.close()
    with pytest.raises(ConnectionRefusedError):
        client(door)
    door.restore()
    with client(door) as again:
        assert asked(again, b"y") == b"y"


def test_hanging_answers_nothing_and_goes_on_when_restored(door):
    with client(door) as old:
        assert asked(old, b"x") == b"x"
        door.hang()
        with client(door) as new:
            for each in (old, new):
                each.sendall(b"anybody?")
                each.settimeout(0.2)
                with pytest.raises(TimeoutError):
                    each.recv(1)
            door.restore()
            for each in (old, new):
                each.settimeout(10)
                assert each.recv(64) == b"anybody?"


def test_held_between_two_requests_and_told_so(door):
    with client(door) as one, client(door) as other:
        door.hold(2)
        assert asked(one, b"a") == b"a"
        assert asked(other, b"b") == b"b"
        assert not door.held(0.05)
        for each in (one, other):
            each.sendall(b"c")
        assert door.held(10) and door.held()
        one.settimeout(0.1)
        with pytest.raises(TimeoutError):
            one.recv(1)
        door.hold(1)
        assert not door.held() or door.held(10), "what waited is passed on first"
        door.restore()
        for each in (one, other):
            each.settimeout(10)
            assert each.recv(64) == b"c"
        assert not door.held()


def test_the_end_of_a_connection_is_no_request(door):
    door.hold(0)
    client(door).close()
    assert not door.held(0.1)
    with client(door) as connection:
        connection.sendall(b"x")
        assert door.held(10)
        door.refuse()
        with pytest.raises(ConnectionResetError):
            connection.recv(1)


def test_cutting_breaks_off_in_the_middle_of_an_answer(door):
    with client(door) as connection:
        door.cut()
        connection.sendall(b"hello")
        got = b""
        with suppress(ConnectionResetError):
            while more := connection.recv(64):
                got += more
        assert got in (b"", b"h")
    door.restore()
    with client(door) as again:
        assert asked(again, b"hello") == b"hello"


def test_a_server_that_is_not_there_is_a_broken_connection_and_no_end_of_the_door(open_door, tmp_path: Path):
    door = open_door(str(tmp_path / "nobody.sock"))
    for _ in range(2):
        with client(door) as connection, suppress(ConnectionResetError):
            assert connection.recv(1) == b""


def test_a_port_that_somebody_took_is_changed_for_another(make_context, target, monkeypatch):
    taken = socket.create_server(("127.0.0.1", 0))
    free = socket.create_server(("127.0.0.1", 0))
    ports = [taken.getsockname()[1], free.getsockname()[1]]
    free.close()
    monkeypatch.setattr("runner.kit.proxy.free_port", lambda: ports.pop(0))
    door = Proxy(make_context(), target)
    with client(door) as connection:
        assert asked(connection, b"x") == b"x"
    assert not ports and door.port != taken.getsockname()[1]
    taken.close()
    door.close()


def test_a_door_that_was_ended_is_told(door):
    assert door.port
    end(door._process)
    with pytest.raises((RuntimeError, ConnectionError)):
        door.hang()


def test_a_sweep_of_what_the_learner_left_spares_the_door(make_context, target):
    """`started` is told of it, and the checker keeps what it was told of."""
    told: list[int] = []
    context = make_context()
    context.started = told.append
    door = Proxy(context, target)
    assert told == [door._process.pid]
    door.close()


def test_a_check_opens_doors_of_its_own(tmp_path):
    exercise = write_exercise(tmp_path / "pack", CHECK)
    assert run_once(exercise, write_files(tmp_path / "work", {}), "python").passed
