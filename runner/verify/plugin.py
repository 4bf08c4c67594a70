"""The pytest plugin inside the checker: orders the checks, runs them, and turns each end into plain data."""

from __future__ import annotations

import errno
import re
import time
from collections.abc import Callable
from typing import Any, Literal

import pytest

from runner.kit.context import Context
from runner.kit.learner import literal
from runner.kit.outcomes import NotYet, Outcome, UsedTooMuch

Report = dict[str, Any]

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a check meets when the learner's program has filled the run's file system: no fault of the check's."""

MOST_SHOWN = 400
"""Characters that one value may take in a message."""


class Checks:
    """The collected checks of one exercise.

    Args:
        specs: the manifest's checks in teaching order, each `{"id", "function", "needs", "engine", "stage"}`.
        loop: called once with this object after collection, instead of pytest's own loop over the tests.
    """

    def __init__(self, specs: list[dict[str, Any]], loop: Callable[[Checks], None]) -> None:
        self.specs = specs
        self.items: dict[str, pytest.Item] = {}
        self.faults: list[str] = []
        self._loop = loop
        self._compared: tuple[str, Any, Any] | None = None
        self._outcome: Report = {}

    def fixtures(self) -> set[str]:
        """The names of all fixtures that the checks ask for."""
        return {name for item in self.items.values() for name in getattr(item, "fixturenames", ())}

    def claim(self, check: str) -> str:
        """The first line of the check's docstring."""
        return str((getattr(self.items[check], "obj", None).__doc__ or check).strip().splitlines()[0])

    def warm(self) -> None:
        """Take a check that does nothing through pytest, so that the first real one meets all of it loaded."""
        first = next(iter(self.items.values()))
        nothing = pytest.Function.from_parent(first.parent, name="nothing", callobj=lambda: None)
        if not nothing.fixturenames:  # a fixture that the check file has for every check must wait for the save
            first.config.hook.pytest_runtest_protocol(item=nothing, nextitem=first)

    def run(self, context: Context, send: Callable[[Report], None]) -> None:
        """Run every check in order and SEND each one's report as it ends."""
        passed: set[str] = set()
        specs = [spec for spec in self.specs if spec["id"] in self.items]
        for index, spec in enumerate(specs):
            before = [each["id"] for each in self.specs if each["stage"] < spec["stage"]]
            needed = next((each for each in [*spec["needs"], *before] if each not in passed), None)
            report: Report = {"check": spec["id"], "claim": self.claim(spec["id"])}
            if spec["engine"] and spec["engine"] not in {**context.tools, **context.servers}:
                report |= {"status": "untried", "rows": [["needs", spec["engine"]]]}
            elif needed:
                report |= {"status": "skipped", "rows": [["needs", self.claim(needed)]]}
            else:
                following = specs[index + 1]["id"] if index + 1 < len(specs) else None
                report |= self._run_one(spec["id"], following, context)
            if report["status"] in ("passed", "untried"):
                passed.add(spec["id"])
            send(report)

    def _run_one(self, check: str, following: str | None, context: Context) -> Report:
        item = self.items[check]
        context.last_call = context.last_command = context.last_request = ""
        self._compared = None
        self._outcome = {}
        self._context = context
        began = time.perf_counter()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=self.items[following] if following else None)
        outcome = self._outcome or {
            "status": "error",
            "rows": [["got", "pytest gave no result for this check"]],
        }
        return {**outcome, "ms": (time.perf_counter() - began) * 1000}

    # What pytest calls:

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Take the functions that the manifest names; tell of those it does not."""
        wanted = {spec["function"]: spec["id"] for spec in self.specs}
        unread = bool(self.faults)  # a file that could not be imported: what it would have held is no news
        for item in items:
            name = getattr(item, "originalname", None) or item.name
            if name not in wanted:
                self.faults.append(f"{name} is in the checks, but exercise.toml names no such check")
            elif wanted[name] in self.items:
                self.faults.append(f"{name} was collected more than once; a check is one function without parameters")
            else:
                self.items[wanted[name]] = item
                if not (getattr(getattr(item, "obj", None), "__doc__", None) or "").strip():
                    self.faults.append(f"{name} has no docstring; its first line is the claim that learners read")
        if not unread:
            missing = [spec["function"] for spec in self.specs if spec["id"] not in self.items]
            self.faults += [f"{name} was not collected" for name in missing]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep the words of a check file that could not be imported."""
        if report.failed:
            # The reason alone: learners may read this, and the checks' source is not for them.
            reasons = [line[1:].strip() for line in str(report.longrepr).splitlines() if line.startswith("E ")]
            self.faults.append(f"{report.nodeid or 'a check file'}: {'; '.join(reasons[-2:]) or 'cannot be imported'}")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Give the loop to the checker instead of running the tests at once."""
        self._loop(self)
        return True

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        """Remember what a failing `assert got == expected` compared."""
        self._compared = (op, left, right)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Any:
        """Keep for the next checks how a fixture ended; pytest does so for exceptions of its own kind alone."""
        try:
            return (yield)
        except Outcome as outcome:
            fixturedef.cached_result = (None, fixturedef.cache_key(request), (outcome, outcome.__traceback__))
            raise

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Keep the first bad end of set-up, call or tear-down; the call alone can pass.

        Instead of pytest's own report, which renders a traceback that nobody reads and takes longer than all checks.
        """
        if call.excinfo is not None:
            if self._outcome.get("status", "passed") == "passed":
                self._outcome = self._explained(call.excinfo.value)
        elif call.when == "call" and not self._outcome:
            self._outcome = {"status": "passed", "rows": []}
        outcome: Literal["passed", "failed"] = "failed" if call.excinfo else "passed"
        assert call.when != "collect"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)

    def _explained(self, error: BaseException) -> Report:
        context = self._context
        if isinstance(error, AssertionError):
            error = self._from_assert(error)
        if isinstance(error, OSError) and error.errno in FULL:
            error = UsedTooMuch(expected="room for the files of a run", got=f"none is left: {error.strerror}")
        if isinstance(error, Outcome):
            if not {"call", "command"} & {label for label, _ in error.rows}:
                error.add([("call", context.last_call), ("command", context.last_command)])
                error.add([("request", context.last_request)])
            return {"status": error.status, "rows": [list(row) for row in error.rows]}
        words = f"{type(error).__name__}: {error}"[:600]
        return {"status": "error", "rows": [["got", words], ["where", _place(error)]]}

    def _from_assert(self, error: AssertionError) -> NotYet:
        """A plain `assert` as an outcome: the compared values, and the assert's own message as `means`."""
        text = str(error)
        message, _, plain = (
            text.rpartition("\nassert ") if "\nassert " in text else ("", "", text.removeprefix("assert "))
        )
        means = message.strip() or None
        if self._compared and self._compared[0] in ("==", "is"):
            _, left, right = self._compared
            return NotYet(expected=self._shown(right), got=self._shown(left), means=means)
        if self._compared:
            op, left, right = self._compared
            return NotYet(expected=f"a value that is {op} {self._shown(right)}", got=self._shown(left), means=means)
        if means:
            return NotYet(expected=means, got="it is not so")
        return NotYet(expected="a true answer", got=re.sub(r"\s+", " ", plain)[:200])

    def _shown(self, value: object) -> str:
        """A value for a message: as a literal of the learner's language, cut when long."""
        text = literal(value, self._context.language)
        return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]} … ({len(text)} characters)"


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}, line {trace.tb_lineno}" if trace else ""
