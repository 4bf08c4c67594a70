"""Much to try, a few at a time, the longest first; and broken off soon where nobody waits for it any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
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
    cost: Callable[[Unit], float],
    on_result: Callable[[Unit, Result], None],
) -> list[Result]:
    """Do WORK on each of the UNITS, JOBS at a time; the results, in the order of the units.

    Args:
        work: gets a unit and what it calls between its steps, which raises `Stopped` once all is broken off.
        cost: about how long a unit takes, in any measure. Those that take longest begin first: one that began last
            would keep one processor busy, and the others idle.
        on_result: called with each result as it comes.
    """
    stop = threading.Event()

    def between() -> None:
        if stop.is_set():
            raise Stopped

    workers = ThreadPoolExecutor(jobs)
    results: dict[int, Result] = {}
    try:
        begun = {
            workers.submit(work, units[place], between): place
            for place in sorted(range(len(units)), key=lambda place: cost(units[place]), reverse=True)
        }
        waiting = set(begun)
        while waiting:
            done, waiting = wait(waiting, WAKE, FIRST_COMPLETED)
            for each in done:
                place = begun[each]
                results[place] = each.result()
                on_result(units[place], results[place])
    finally:
        stop.set()
        workers.shutdown(cancel_futures=True)
    return [results[place] for place in range(len(units))]
