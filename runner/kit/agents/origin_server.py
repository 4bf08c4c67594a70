"""The origin: an HTTP service of the checks' own, which counts what it is asked, and is slow or fails when told to.

`python origin_server.py FD` listens on a free port of the loopback, says which on the socket FD, and takes orders
there, one JSON text a line; each is answered by one line, what has been asked so far. It needs the standard library
alone.
"""

import asyncio
import contextlib
import http
import json
import random
import re
import socket
import sys
import time

NOTES = ("Zoë says so", "5 °C — wind", "naïve guess", "Łódź 1 €", "as of today")
"""Texts whose letters are lost by whoever forgets the encoding."""

MOST_HEAD = 64 * 1024
"""Bytes that the head of a request may have."""


NAMED = re.compile(r"(?:/~(\w+))?(.*)", re.DOTALL)
"""A path: whom the address was given to, and the rest of it."""


class Origin:
    """What it was asked, and how it behaves."""

    def __init__(self):
        self.begin("")

    def begin(self, seed):
        """Forget all calls and behave as at first; answers are drawn from SEED."""
        self.seed = seed
        self.began = time.monotonic()
        self.calls = []
        self.most = 0
        self.status = 200
        self.seconds = 0.0
        self.holds = 0
        """How many of the calls that come are to be held; None for all."""
        self.held = []

    def order(self, order):
        """Do what ORDER says and tell what has been asked so far."""
        do = order.pop("do")
        if do == "begin":
            self.release()
            self.begin(order["seed"])
        elif do == "behave":
            vars(self).update(order)
        elif do == "release":
            self.release(order["count"])
        return {"calls": self.calls, "in_flight": self.in_flight(), "most": self.most}

    def release(self, count=None):
        """Let the COUNT calls that were held first go on, or all of them."""
        for event in self.held[:count]:
            event.set()
        del self.held[:count]

    def in_flight(self):
        return sum(each["took_ms"] is None for each in self.calls)

    def taken(self, method, path, headers):
        """A call that has come, with what it will be answered."""
        name, target = NAMED.fullmatch(path).groups(default="")
        number = len(self.calls) + 1
        draw = random.Random(f"{self.seed}:{number}:{target}")
        answer = {
            "asked": target,
            "stamp": f"{draw.getrandbits(48):012x}",
            "value": draw.randint(100, 999),
            "note": draw.choice(NOTES),
        }
        if self.status != 200:
            answer = {"error": f"the origin fails ({draw.getrandbits(16):04x})"}
        call = {
            "method": method,
            "target": target,
            "by": name,
            "headers": headers,
            "status": self.status,
            "answer": answer,
        }
        call |= {"came_ms": round(1000 * (time.monotonic() - self.began), 1), "took_ms": None}
        self.calls.append(call)
        self.most = max(self.most, self.in_flight())
        return call

    async def wait(self, reader):
        """Be as slow as told and hold while told to, or until the client has gone."""
        event = asyncio.Event()
        if self.holds != 0:
            self.holds = self.holds and self.holds - 1
            self.held.append(event)
        else:
            event.set()
        waiting = asyncio.gather(asyncio.sleep(self.seconds), event.wait())
        gone = asyncio.ensure_future(reader.read())
        await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
        for task in (waiting, gone):
            task.cancel()
        if event in self.held:
            self.held.remove(event)

    async def serve(self, reader, writer):
        """Answer one request on its connection."""
        with contextlib.suppress(OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, path, _ = first.split(" ")
            pairs = (line.partition(":") for line in lines if line)
            call = self.taken(method, path, {name.strip().lower(): value.strip() for name, _, value in pairs})
            began = time.monotonic()
            try:
                await self.wait(reader)
            finally:
                call["took_ms"] = round(1000 * (time.monotonic() - began), 1)
            body = json.dumps(call["answer"], ensure_ascii=False).encode()
            status = f"HTTP/1.1 {call['status']} {http.HTTPStatus(call['status']).phrase}"
            kind = "Content-Type: application/json; charset=utf-8"
            head = f"{status}\r\n{kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode() + (b"" if method == "HEAD" else body))
            await writer.drain()
        writer.close()


async def main(descriptor):
    """Serve until the one who gives the orders has gone."""
    origin = Origin()
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    server = await asyncio.start_server(origin.serve, sock=listener, limit=MOST_HEAD)
    orders, answers = await asyncio.open_connection(sock=socket.socket(fileno=descriptor), limit=2**24)
    answers.write(b"%d\n" % listener.getsockname()[1])
    while line := await orders.readline():
        answers.write(json.dumps(origin.order(json.loads(line))).encode() + b"\n")
    server.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
