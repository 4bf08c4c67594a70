"""The gates that every exercise passes before a learner meets it; `learn pack check` runs them.

Every right answer passes on several seeds; the untouched and the emptied starter fail; every wrong answer is
refused by the check that it names, in the words that it names.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from runner.authoring.answers import Answer, SolveFailed, read_answers
from runner.authoring.bench import Bench
from runner.errors import LearnError
from runner.packs.models import Exercise, Pack
from runner.verify.trial import provided
from runner.verify.verdict import Verdict

LEAST_WRONG = 3
"""Wrong answers that each exercise keeps at least."""

LINE_WIDTH = 80
"""Characters in a line of a brief at most."""

STAGE_WORDS = 400
"""Words in the section of one stage at most; and in what stands before the first one."""

PARTS = (
    "**Goal.**",
    "**Why it matters.**",
    "**Do.**",
    "**Contract**",
    "**Done when**",
    "**Try it yourself.**",
    "**Read.**",
)
"""The parts of a brief."""

STAGE_PARTS = ("**Contract**", "**Done when**")
"""Those that each stage has."""


@dataclass(frozen=True)
class Finding:
    """One fault: which gate, where, what was found there, and what to do."""

    exercise: str
    gate: str
    where: str
    found: str
    todo: str


@dataclass(frozen=True)
class Refusal:
    """The verdict that a wrong answer met; for reading all failing messages on one page."""

    exercise: str
    language: str
    answer: str
    verdict: Verdict


@dataclass
class Report:
    """What the gates found in one exercise, or in several added up."""

    exercises: list[str] = field(default_factory=list)
    runs: int = 0
    findings: list[Finding] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    blocked: dict[str, str] = field(default_factory=dict)

    def add(self, other: Report) -> None:
        """Add OTHER to this report."""
        self.exercises += [each for each in other.exercises if each not in self.exercises]
        self.runs += other.runs
        self.findings += other.findings
        self.refusals += other.refusals
        self.blocked |= other.blocked

    def plain(self) -> dict[str, Any]:
        """The report as plain data, for `--json`."""
        return {
            "schema": 1,
            "exercises": self.exercises,
            "runs": self.runs,
            "findings": [asdict(each) for each in self.findings],
            "blocked": self.blocked,
        }


def check_pack(
    pack: Pack,
    ids: list[str],
    seeds: list[int],
    jobs: int,
    on_exercise: Callable[[str, str, Report], None] = lambda exercise, language, report: None,
) -> Report:
    """Put the exercises IDS through every gate, JOBS at a time.

    Args:
        seeds: the seeds that each right answer must pass on; the first also serves the other gates.
        on_exercise: called as each exercise is done in one language.
    """
    total = Report()
    units = [(pack.exercises[each], language) for each in ids for language in pack.exercises[each].languages]
    with ThreadPoolExecutor(jobs) as workers:
        tried = [(unit, workers.submit(_check_one, *unit, seeds)) for unit in units]
        for (exercise, language), future in tried:
            report = future.result()
            on_exercise(exercise.id, language, report)
            total.add(report)
    return total


def _check_one(exercise: Exercise, language: str, seeds: list[int]) -> Report:
    report = Report([exercise.id])
    answers, faults = read_answers(exercise)
    if language == exercise.languages[0]:
        report.findings += [Finding(exercise.id, "manifest", each.file, str(each), "mend the file") for each in faults]
        report.findings += [*_lint(exercise), *_counts(exercise, answers)]
    engines, missing = provided(exercise, language, lambda words: None)
    if missing:
        report.blocked[exercise.id] = f"{missing[0].reason}; {missing[0].advice}"
        return report
    with tempfile.TemporaryDirectory(prefix="learn-gates-") as place:
        bench = Bench(exercise, language, engines, Path(place))
        try:
            report.findings += _gates(
                bench, [each for each in answers if language in each.languages(exercise)], seeds, report
            )
        finally:
            bench.close()
    report.runs = bench.made
    return report


def _gates(bench: Bench, answers: list[Answer], seeds: list[int], report: Report) -> Iterator[Finding]:
    name = bench.exercise.id
    starters: dict[str, Callable[[Path], None]] = {"untouched": lambda folder: None, "emptied": _empty}
    for gate, change in starters.items():
        try:
            verdict = bench.verdict(seeds[0], change)
        except LearnError as error:
            yield Finding(name, gate, "setup.py", str(error), "mend the setup")
            return
        if verdict.status in ("passed", "error"):
            yield Finding(
                name,
                gate,
                bench.language or "starter",
                _outcome(verdict),
                f"make the {gate} starter fail a check",
            )
    for answer in answers:
        try:
            yield from (
                _refused(bench, answer, seeds[0], report) if answer.expectation else _passes(bench, answer, seeds)
            )
        except (SolveFailed, LearnError) as error:
            yield Finding(name, "answer", answer.name, str(error), "mend the answer")


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
            path.mkdir()
        else:
            path.write_text("", encoding="utf-8")


def _passes(bench: Bench, answer: Answer, seeds: list[int]) -> Iterator[Finding]:
    for seed in seeds:
        verdict = bench.answer(answer, seed)
        if not verdict.passed:
            where = f"{answer.name} {bench.language}".strip()
            yield Finding(
                bench.exercise.id,
                "right",
                where,
                f"{_outcome(verdict)} (seed {seed})",
                "mend the answer or the check",
            )
            return


def _refused(bench: Bench, answer: Answer, seed: int, report: Report) -> Iterator[Finding]:
    assert answer.expectation is not None
    untried = bench.lacks(answer.expectation.check)
    if untried:
        report.blocked[f"{bench.exercise.id}, {answer.name}"] = f"{untried} is not here; learn doctor"
        return
    verdict = bench.answer(answer, seed, first_failure=True)
    report.refusals.append(Refusal(bench.exercise.id, bench.language, answer.name, verdict))
    where = f"{answer.name} {bench.language}".strip()
    first = verdict.first_failure()
    wanted = answer.expectation
    if first is None or first.status == "error":
        found, todo = _outcome(verdict), f"have the check {wanted.check} refuse it"
    elif first.id != wanted.check:
        found, todo = f"refused by {first.id}", f"have {wanted.check} refuse it, or mend expect.toml"
    else:
        text = "\n".join([first.claim, *(row.text for row in first.details)])
        absent = [words for words in wanted.says if words not in text]
        if not absent:
            return
        found, todo = (
            f"its message lacks {', '.join(map(repr, absent))}",
            "say it in the message, or mend expect.toml",
        )
    yield Finding(bench.exercise.id, "wrong", where, found, todo)


def _outcome(verdict: Verdict) -> str:
    first = verdict.first_failure()
    words = verdict.problem or (f"{first.id}: {first.message}" if first else "")
    return f"{verdict.status}: {words}" if words else verdict.status


def _counts(exercise: Exercise, answers: list[Answer]) -> Iterator[Finding]:
    for language in exercise.languages:
        mine = [each for each in answers if language in each.languages(exercise)]
        right = sum(each.expectation is None for each in mine)
        where = f"solutions, {language}" if language else "solutions"
        if not right:
            yield Finding(exercise.id, "answers", where, "no right answer", "add one under right/")
        if len(mine) - right < LEAST_WRONG:
            yield Finding(
                exercise.id,
                "answers",
                where,
                f"{len(mine) - right} wrong answers",
                f"keep at least {LEAST_WRONG} under wrong/",
            )


def _lint(exercise: Exercise) -> Iterator[Finding]:
    brief = exercise.brief.read_text(encoding="utf-8")
    for number, line in enumerate(brief.splitlines(), 1):
        if len(line) > LINE_WIDTH and "](" not in line:
            yield Finding(
                exercise.id,
                "brief",
                f"README.md, line {number}",
                f"{len(line)} characters",
                f"keep lines to {LINE_WIDTH}",
            )
    for part in PARTS:
        if part not in brief:
            yield Finding(exercise.id, "brief", "README.md", f"no part {part}", "write the brief's seven parts")
    yield from _lint_stages(exercise, brief)
    if not (exercise.folder / "SUMMARY.md").is_file():
        yield Finding(exercise.id, "summary", "SUMMARY.md", "no such file", "write the half page for reading offline")


def _lint_stages(exercise: Exercise, brief: str) -> Iterator[Finding]:
    """One section for each stage, in order, under its title, each with what is asked there and not too long."""
    stages = exercise.manifest.stages
    if not stages:
        return
    head, *sections = re.split(r"^(?=## )", brief, flags=re.MULTILINE)
    wanted = [f"## Stage {number}: {title}" for number, title in enumerate(stages, 1)]
    for line in wanted:
        if not any(each.splitlines()[0].rstrip() == line for each in sections):
            yield Finding(exercise.id, "brief", "README.md", f"no heading {line}", "write one section for each stage")
    found = [each.splitlines()[0].rstrip() for each in sections]
    for line in found:
        if line not in wanted:
            todo = "name the sections as `stages` does; nothing else is a heading of that level"
            yield Finding(exercise.id, "brief", "README.md", f"the heading {line}", todo)
    if sorted(found) == sorted(wanted) and found != wanted:
        yield Finding(exercise.id, "brief", "README.md", "stages in another order", "keep the order of `stages`")
    for text in (head, *sections):
        where = f"README.md, {text.splitlines()[0].lstrip('# ')}" if text.strip() else "README.md"
        count = len(text.split())
        if count > STAGE_WORDS:
            yield Finding(exercise.id, "brief", where, f"{count} words", f"keep each stage to {STAGE_WORDS} words")
        for part in STAGE_PARTS if text is not head else ():
            if part not in text:
                yield Finding(exercise.id, "brief", where, f"no part {part}", "say in each stage what it asks")
