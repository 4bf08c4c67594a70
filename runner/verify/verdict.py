"""The verdict: what running all checks of one exercise once said, for one exact content of the learner's files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from runner.isolation import Level
from runner.packs.models import CheckSpec, Exercise

CheckStatus = Literal["passed", "failed", "crashed", "timeout", "overlimit", "skipped", "untried", "error"]
Status = Literal["passed", "failed", "crashed", "timeout", "overlimit", "blocked", "error"]

NO_FAILURE = ("passed", "skipped", "untried")
"""What a check ended as when it has nothing to say against the learner's work."""

EXIT_CODES: dict[str, int] = {
    "passed": 0,
    "failed": 1,
    "crashed": 1,
    "timeout": 1,
    "overlimit": 1,
    "blocked": 3,
    "error": 4,
}


@dataclass(frozen=True)
class Row:
    """One labelled line of a failing message, such as `expected` and its text."""

    label: str
    text: str


@dataclass(frozen=True)
class CheckResult:
    """How one check ended. `message` is one plain line; `details` are the rows of the whole message."""

    id: str
    claim: str
    status: CheckStatus
    message: str = ""
    details: tuple[Row, ...] = ()
    duration_ms: float = 0.0
    points: int = 1


@dataclass(frozen=True)
class Verdict:
    """One verdict, as `learn run --json` prints it. `problem` has the words where no check can speak."""

    pack: str
    exercise: str
    language: str
    content: str
    seed: int
    status: Status
    checks: tuple[CheckResult, ...] = ()
    problem: str = ""
    advice: str = ""
    engines: dict[str, str] = field(default_factory=dict)
    isolation: Level | Literal[""] = ""
    duration_ms: float = 0.0
    output: str = ""
    schema: Literal[1] = 1

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return self.status == "passed"

    @property
    def exit_code(self) -> int:
        """The exit code of a command that ends with this verdict."""
        return EXIT_CODES[self.status]

    def first_failure(self) -> CheckResult | None:
        """The first check in teaching order that ran and did not pass."""
        return next((each for each in self.checks if each.status not in NO_FAILURE), None)

    def plain(self) -> dict[str, Any]:
        """The verdict as plain data, in the documented schema."""
        return asdict(self)


def settled(results: Sequence[CheckResult]) -> list[str]:
    """The ids of the checks that stand in no later one's way: passed, or not tried for want of their own engine."""
    return [each.id for each in results if each.status in ("passed", "untried")]


def check_result(data: dict[str, Any], spec: CheckSpec) -> CheckResult:
    """A check's result from what the checker sent of it; points come from the manifest alone."""
    rows = tuple(Row(str(label), _printable(str(text))) for label, text in data.get("rows", ()))
    return CheckResult(
        id=spec.id,
        claim=str(data.get("claim", spec.id)),
        status=data["status"],
        message=_line(data["status"], rows),
        details=rows,
        duration_ms=float(data.get("ms", 0.0)),
        points=spec.points,
    )


def _printable(text: str) -> str:
    """TEXT with halves of surrogate pairs spelled out: a learner's string may hold them, no terminal takes them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _line(status: str, rows: Sequence[Row]) -> str:
    if status == "passed":
        return ""
    texts = {row.label: row.text.splitlines() or [""] for row in rows}
    at = _first_difference(texts.get("expected", []), texts.get("got", []))
    known = {label: lines[min(at, len(lines) - 1)] if label != "needs" else lines[0] for label, lines in texts.items()}
    parts = [f"{label} {known[label]}" for label in ("needs", "expected", "got") if known.get(label)]
    return "; ".join(parts)


def _first_difference(expected: Sequence[str], got: Sequence[str]) -> int:
    """The first line in which the two differ; 0 where one has no other line there."""
    pairs = zip(expected, got, strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), 0)


def judge(exercise: Exercise, results: Sequence[CheckResult], ended: str) -> tuple[Status, str]:
    """The status that RESULTS give, and words for what no check can say.

    Passed means that every check of the manifest has a passed result, or was not tried because the engine that it alone
    needs is not here; a check without a result is an error, whatever the exit status of the process was.

    Args:
        ended: how the run ended: `done`, `timeout`, or `died`.
    """
    by_id = {each.id: each for each in results}
    missing = [spec.id for spec in exercise.manifest.checks if spec.id not in by_id]
    if ended == "timeout" and missing:
        limit = f"{exercise.manifest.timeout:g} s"
        return "timeout", f"Still running after {limit}: an endless loop, or waiting for input?"
    if missing:
        return "error", f"The checks ended early; no result for: {', '.join(missing)}."
    for spec in exercise.manifest.checks:
        status = by_id[spec.id].status
        if status == "error":
            return "error", f"The check {spec.id} itself failed; your work was not judged."
        if status == "untried" and not spec.engine:
            return "error", f"The check {spec.id} was not tried."
        if status != "passed" and status != "skipped" and status != "untried":
            return status, ""
    if any(each.status == "skipped" for each in results):
        return "error", "A check was skipped although all before it passed."
    return "passed", ""
