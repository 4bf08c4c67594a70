"""Ports of the loopback: one that is free, and whether somebody answers at one."""

from __future__ import annotations

import contextlib
import random
import socket

PORTS = range(10_000, 32_000)
"""Below those that systems hand out by themselves: a connection of somebody else's never comes in between."""


def free_port() -> int:
    """A port that nobody uses now."""
    while True:
        port = random.SystemRandom().choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("", port))
            return port


def answers(port: int) -> bool:
    """Whether somebody accepts connections on PORT."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
