"""The bridge: a program that takes connections in one place and passes them on to a server in another.

`python bridge.py LISTEN TARGET [FD]`; each place is the path of a Unix socket or `HOST:PORT`. Runs in rooms have no
network but a loopback of their own, while a Unix socket is a file that can be shown to them: so one bridge leads from
somebody else's server to a Unix socket, and another, in the run, from a port to that.

With FD, a socket, it is told how to behave, a line each time, and says the line back when that is so: `restore` is as
at first, `refuse` takes no connection and breaks those that are open, `hang` takes them and passes nothing on, `cut`
breaks each in the middle of the server's next answer, `hold N` passes N more pieces from clients on and hangs at the
next, when it says `held`. It needs the standard library alone, so that it starts soon.
"""

from __future__ import annotations

import selectors
import socket
import struct
import sys

PART = 65536
"""Bytes that are passed on at once; the source is not read before the other side has taken them."""

CONNECT_LIMIT = 3.0
"""Seconds that the server may take to accept a connection."""

NOW = struct.pack("ii", 1, 0)
"""SO_LINGER: to close is to break the connection (RST), as the machine of a server that dies does."""


class End:
    """One of the two sockets of a connection."""

    other: End

    def __init__(self, sock: socket.socket, is_server: bool) -> None:
        sock.setblocking(False)
        if sock.family != socket.AF_UNIX:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = sock
        self.is_server = is_server
        self.rest = b""
        """What is still to be sent to it."""
        self.ended = False
        """Whether it has said that it sends no more."""


class Bridge:
    """The loop over all connections."""

    def __init__(self, listen: str, target: str, control: socket.socket | None) -> None:
        self._listen = listen
        self._target = target
        self._control = control
        self._behaviour = "restore"
        self._left = 0
        """Pieces from clients that `hold` has yet to pass on."""
        self._ends: set[End] = set()
        self._selector = selectors.DefaultSelector()
        self._listener: socket.socket | None = None
        self._open()
        if control:
            self._selector.register(control, selectors.EVENT_READ)
            control.sendall(b"restore\n")

    def turn(self) -> bool:
        """Wait for the next thing and deal with it; False when the one who tells it what to do is gone."""
        for key, events in self._selector.select():
            if key.fileobj is self._control:
                if not self._told():
                    return False
            elif key.fileobj is self._listener:
                self._accept()
            elif key.data in self._ends:  # else it was closed a moment ago
                self._serve(key.data, events)
        return True

    def _told(self) -> bool:
        assert self._control is not None
        word = self._control.recv(64).decode().strip()
        if not word:
            return False
        self._behaviour, _, count = word.partition(" ")
        self._left = int(count or 0)
        if word == "refuse":
            self._shut()
            for end in list(self._ends):
                self._break(end)
        else:
            self._open()
        for end in self._ends:
            self._watch(end)
        self._control.sendall(f"{word}\n".encode())
        return True

    def _open(self) -> None:
        if self._listener is None:
            self._listener = listener(self._listen)
            self._selector.register(self._listener, selectors.EVENT_READ)

    def _shut(self) -> None:
        if self._listener is not None:
            self._selector.unregister(self._listener)
            self._listener.close()
            self._listener = None

    def _accept(self) -> None:
        assert self._listener is not None
        try:
            client = self._listener.accept()[0]
        except OSError:
            return
        try:
            server = connected(self._target)
        except OSError:
            client.close()
            return
        one, other = End(client, False), End(server, True)
        one.other, other.other = other, one
        for end in (one, other):
            self._ends.add(end)
            self._watch(end)

    def _watch(self, end: End) -> None:
        """Wait for what END may do next."""
        reads = not end.other.rest and not end.ended and self._behaviour != "hang"
        events = (selectors.EVENT_READ if reads else 0) | (selectors.EVENT_WRITE if end.rest else 0)
        known = end.socket in self._selector.get_map()
        if events and known:
            self._selector.modify(end.socket, events, end)
        elif events:
            self._selector.register(end.socket, events, end)
        elif known:
            self._selector.unregister(end.socket)

    def _serve(self, end: End, events: int) -> None:
        try:
            if events & selectors.EVENT_WRITE:
                end.rest = end.rest[end.socket.send(end.rest) :]
                self._watch(end)
                self._watch(end.other)
            if events & selectors.EVENT_READ and not self._holds(end):
                self._pass_on(end, end.socket.recv(PART))
        except BlockingIOError:
            return
        except OSError:
            self._break(end)

    def _holds(self, end: End) -> bool:
        """Whether what END has sent is to be held; the end of a connection is no piece."""
        if self._behaviour != "hold" or end.is_server or not end.socket.recv(1, socket.MSG_PEEK):
            return False
        if self._left:
            self._left -= 1
            return False
        assert self._control is not None
        self._behaviour = "hang"
        for each in self._ends:
            self._watch(each)
        self._control.sendall(b"held\n")
        return True

    def _pass_on(self, end: End, data: bytes) -> None:
        other = end.other
        if not data:
            end.ended = True
            other.socket.shutdown(socket.SHUT_WR)
            if other.ended:
                self._break(end)
            else:
                self._watch(end)
            return
        if self._behaviour == "cut" and end.is_server:
            other.socket.send(data[:1])
            self._break(end)
            return
        try:
            other.rest = data[other.socket.send(data) :]
        except BlockingIOError:
            other.rest = data
        if other.rest:
            self._watch(end)
            self._watch(other)

    def _break(self, end: End) -> None:
        """End a connection, at once unless both sides have said that they send no more."""
        if end not in self._ends:
            return
        for each in (end, end.other):
            self._ends.discard(each)
            if each.socket in self._selector.get_map():
                self._selector.unregister(each.socket)
            if not (end.ended and end.other.ended):
                each.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOW)
            each.socket.close()


def listener(place: str) -> socket.socket:
    """A socket that takes connections at PLACE."""
    if place.startswith("/"):
        made = socket.socket(socket.AF_UNIX)
        made.bind(place)
        made.listen(128)
        return made
    return socket.create_server(_address(place), backlog=128)


def connected(place: str) -> socket.socket:
    """A connection to PLACE; raises OSError."""
    if not place.startswith("/"):
        return socket.create_connection(_address(place), CONNECT_LIMIT)
    made = socket.socket(socket.AF_UNIX)
    try:
        made.connect(place)
    except OSError:
        made.close()
        raise
    return made


def _address(place: str) -> tuple[str, int]:
    host, _, port = place.rpartition(":")
    return host.strip("[]"), int(port)


def main(listen: str, target: str, descriptor: str = "") -> None:
    """Pass connections on until this process is ended, or nobody is left to tell it what to do."""
    bridge = Bridge(listen, target, socket.socket(fileno=int(descriptor)) if descriptor else None)
    while bridge.turn():
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
