"""Much to try, a few at a time, told in order; and broken off soon where nobody waits for it any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

WAKE = 0.2
"""Seconds after which the one that waits looks up: Ctrl-C may be delivered to a thread that has just begun, and Python
raises it in the main thread alone, once that runs again."""

Unit = TypeVar("Unit")
Result = TypeVar("Result")


class Stopped(Exception):
    """Nobody waits for the result any more."""


def side_by_side(
    work: Callable[[Unit, Callable[[], None]], Result],
    units: Sequence[Unit],
    jobs: int,
    on_result: Callable[[Unit, Result], None],
) -> None:
    """Do WORK on each of the UNITS, JOBS at a time.

    Args:
        work: gets a unit and what it calls between its steps, which raises `Stopped` once all is broken off.
        on_result: called with each result, in the order of the units.
    """
    stop = threading.Event()

    def between() -> None:
        if stop.is_set():
            raise Stopped

    workers = ThreadPoolExecutor(jobs)
    try:
        begun = [(unit, workers.submit(work, unit, between)) for unit in units]
        for unit, future in begun:
            on_result(unit, _result(future))
    finally:
        stop.set()
        workers.shutdown(cancel_futures=True)


def _result(future: Future[Result]) -> Result:
    while not future.done():
        wait([future], WAKE)
    return future.result()
