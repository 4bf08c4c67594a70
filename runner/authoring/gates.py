"""The gates that every exercise passes before a learner meets it; `learn pack check` runs them.

First the quick ones, which look at files (`authoring/lint/`). Then those that run answers: every right answer passes on
several seeds; the untouched and the emptied starter fail; every wrong answer is refused by the check that it names, in
the words that it names.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from runner.authoring.answers import ABOUT, Answer, SolveFailed, read_answers
from runner.authoring.bench import Bench, weight
from runner.authoring.findings import Finding, inside, line_of
from runner.authoring.lint import lint
from runner.authoring.lint.checks import UNREADABLE, checks
from runner.authoring.lint.leaks import leak_in_message
from runner.authoring.side_by_side import side_by_side
from runner.engines import Found
from runner.errors import LearnError
from runner.packs.models import SUFFIXES, Exercise, Pack
from runner.verify.trial import provided
from runner.verify.verdict import CheckResult, Verdict

LEAST_WRONG = 3
"""Wrong answers that each exercise keeps at least."""


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
    unproven: list[str] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Add OTHER to this report."""
        self.exercises += [each for each in other.exercises if each not in self.exercises]
        self.runs += other.runs
        self.findings += other.findings
        self.refusals += other.refusals
        self.blocked |= other.blocked
        self.unproven += other.unproven

    def plain(self) -> dict[str, Any]:
        """The report as plain data, for `--json`."""
        return {
            "schema": 1,
            "exercises": self.exercises,
            "runs": self.runs,
            "findings": [asdict(each) for each in self.findings],
            "blocked": self.blocked,
            "unproven": self.unproven,
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
        on_exercise: called as each exercise is done in one language; those that take longest are begun first.
    """
    units = [(pack.exercises[each], language) for each in ids for language in pack.exercises[each].languages]
    reports = side_by_side(
        lambda unit, between: _check_one(pack, *unit, seeds, between),
        units,
        jobs,
        lambda unit: weight(unit[0]) * sum(1 for _ in unit[0].answers.glob("*/*/")),
        lambda unit, report: on_exercise(unit[0].id, unit[1], report),
    )
    total = Report()
    for each in reports:
        total.add(each)
    return total


def _check_one(pack: Pack, exercise: Exercise, language: str, seeds: list[int], between: Callable[[], None]) -> Report:
    report = Report([exercise.id])
    if language == exercise.languages[0]:
        report.findings += check_quickly(pack, exercise)
        report.unproven += [exercise.id] * exercise.manifest.unproven
    report.add(try_answers(exercise, language, seeds, between))
    return report


def check_quickly(pack: Pack, exercise: Exercise) -> list[Finding]:
    """What the gates that run nothing find in EXERCISE."""
    answers, faults = read_answers(exercise)
    found = []
    for each in faults:
        words = f"{each.key}: {each.found}".removeprefix(": ")
        found.append(Finding(exercise.id, "manifest", each.file, words, f"allowed: {each.allowed}"))
    return [*found, *lint(exercise, pack, answers), *_counts(exercise, answers)]


def try_answers(exercise: Exercise, language: str, seeds: list[int], between: Callable[[], None]) -> Report:
    """Put EXERCISE through the gates that run its starter and its answers in LANGUAGE.

    Checks that Python cannot read are told of by the quick gates; no answer is tried on them.

    Args:
        between: called before each verdict; what it raises breaks the gates off.
    """
    report = Report([exercise.id])
    if any(each.gate == UNREADABLE for each in checks(exercise)):
        return report
    engines, missing = provided(exercise, language, lambda words: None)
    if missing:
        report.blocked[exercise.id] = f"{missing[0].reason}; {missing[0].advice}"
        return report
    answers = [each for each in read_answers(exercise)[0] if language in each.languages(exercise)]
    with tempfile.TemporaryDirectory(prefix="learn-gates-") as place:
        bench = _Bench(exercise, language, engines, Path(place), between)
        try:
            report.findings += _gates(bench, answers, seeds, report)
        finally:
            bench.close()
    report.runs = bench.made
    return report


class _Bench(Bench):
    """A bench that gates stand at.

    Args:
        between: called before each verdict; what it raises breaks the gates off.
    """

    def __init__(
        self, exercise: Exercise, language: str, engines: dict[str, Found], place: Path, between: Callable[[], None]
    ) -> None:
        super().__init__(exercise, language, engines, place)
        self.told: set[str] = set()
        self._between = between

    def verdict(self, seed: int, change: Callable[[Path], None], *, first_failure: bool = False) -> Verdict:
        """As `Bench.verdict`, unless the gates are broken off."""
        self._between()
        return super().verdict(seed, change, first_failure=first_failure)

    def finding(self, gate: str, file: Path, found: str, todo: str, line: int = 0) -> Finding:
        """A fault of this exercise in this language."""
        return Finding(self.exercise.id, gate, inside(self.exercise, file), found, todo, line, self.language)


def _gates(bench: _Bench, answers: list[Answer], seeds: list[int], report: Report) -> Iterator[Finding]:
    starter = bench.exercise.starter(bench.language)
    begins = starter if starter.is_dir() else bench.exercise.folder / "setup.py"
    starters: dict[str, Callable[[Path], None]] = {"untouched": lambda folder: None, "emptied": empty}
    for gate, change in starters.items():
        try:
            verdict = bench.verdict(seeds[0], change, first_failure=change is empty)
        except LearnError as error:
            yield bench.finding(gate, bench.exercise.folder / "setup.py", str(error), "mend the setup")
            return
        if verdict.status == "error":
            yield from _own_faults(bench, verdict, f"the {gate} starter")
            if not verdict.checks:
                return
        if verdict.status == "passed":
            yield bench.finding(gate, begins, f"the {gate} starter passes", "make it fail a check")
    rights = [each for each in answers if not each.expectation]
    for answer in answers:
        try:
            if answer.expectation:
                yield from _refused(bench, answer, rights, seeds[0], report)
            else:
                yield from _passes(bench, answer, seeds)
        except (SolveFailed, LearnError) as error:
            yield bench.finding("answer", _main_file(answer, bench.language), str(error), "mend the answer")


def _own_faults(bench: _Bench, verdict: Verdict, tried: str) -> Iterator[Finding]:
    """What the checks themselves did wrong in VERDICT, on what was TRIED; each fault of theirs is told once."""
    first = verdict.first_failure()
    place, line, words = bench.exercise.folder / "checks", 0, verdict.problem
    if first and first.status == "error":
        where = next((row.text for row in first.details if row.label == "where"), "")
        found = re.fullmatch(r"(.+), line (\d+)", where)
        if found and Path(found[1]).is_relative_to(place):
            place, line = Path(found[1]), int(found[2])
        words = f"the check {first.id} itself failed: {first.message.removeprefix('got ')}"
    if words not in bench.told:
        bench.told.add(words)
        yield bench.finding("checks", place, f"{words}\non {tried}", "mend the check", line)


def _main_file(answer: Answer, language: str) -> Path:
    """The file of ANSWER to open first: its script, or its first file in LANGUAGE."""
    script = answer.folder / "solve.sh"
    if script.is_file():
        return script
    files = sorted(each for each in answer.folder.rglob("*") if each.is_file() and each.name not in ABOUT)
    mine = [each for each in files if SUFFIXES.get(each.suffix, language) == language]
    return next(iter(mine), answer.folder)


def empty(folder: Path) -> None:
    """Leave no content in the files of FOLDER, and nothing in the folders in it."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
            path.mkdir()
        else:
            path.write_text("", encoding="utf-8")


def _passes(bench: _Bench, answer: Answer, seeds: list[int]) -> Iterator[Finding]:
    for seed in seeds:
        verdict = bench.answer(answer, seed)
        if verdict.status == "error":
            yield from _own_faults(bench, verdict, f"{answer.name}, seed {seed}")
            return
        if not verdict.passed:
            found, todo = f"{_outcome(verdict)} (seed {seed})", "mend the answer or the check"
            yield bench.finding("right", _main_file(answer, bench.language), found, todo)
            return


def _refused(bench: _Bench, answer: Answer, rights: list[Answer], seed: int, report: Report) -> Iterator[Finding]:
    assert answer.expectation is not None
    untried = bench.lacks(answer.expectation.check)
    if untried:
        report.blocked[f"{bench.exercise.id}, {answer.name}"] = f"{untried} is not here; learn doctor"
        return
    verdict = bench.answer(answer, seed, first_failure=True)
    report.refusals.append(Refusal(bench.exercise.id, bench.language, answer.name, verdict))
    first, wanted = verdict.first_failure(), answer.expectation
    expect = answer.folder / "expect.toml"
    if verdict.status == "error":
        yield from _own_faults(bench, verdict, f"{answer.name}, seed {seed}")
    elif first is None:
        file, todo = _main_file(answer, bench.language), f"have the check {wanted.check} refuse it"
        yield bench.finding("wrong", file, _outcome(verdict), todo)
    elif first.id != wanted.check:
        todo = f'have {wanted.check} refuse it, or write check = "{first.id}"'
        yield bench.finding("wrong", expect, f"refused by {first.id}: {first.message}", todo, line_of(expect, "check"))
    else:
        text = "\n".join([first.claim, *(row.text for row in first.details)])
        absent = [words for words in wanted.says if words not in text]
        if absent:
            found = f"the message of {first.id} lacks {', '.join(map(repr, absent))}:\n{_rows(first)}"
            todo = "say it in the message, or mend expect.toml"
            yield bench.finding("wrong", expect, found, todo, line_of(expect, "says"))
        leak = leak_in_message(bench.exercise, answer, verdict, rights)
        if leak:
            file = _main_file(answer, bench.language)
            yield bench.finding("leak", file, leak, f"have {first.id} say what is wrong, and not how it is done")


def _rows(check: CheckResult) -> str:
    """The rows of a failing message, as a learner reads them."""
    return "\n".join(f"{row.label:<9} {row.text}" for row in check.details)


def _outcome(verdict: Verdict) -> str:
    first = verdict.first_failure()
    words = verdict.problem or (f"{first.id}: {first.message}" if first else "")
    return f"{verdict.status}: {words}" if words else verdict.status


def _counts(exercise: Exercise, answers: list[Answer]) -> Iterator[Finding]:
    left = [each for old in exercise.manifest.was for each in Path(exercise.root).glob(f"solutions/*/{old}/")]
    if left and not exercise.answers.is_dir():
        found, todo = "answers under an id that the exercise had", f"move them to {inside(exercise, exercise.answers)}"
        yield Finding(exercise.id, "answers", inside(exercise, left[0]), found, todo)
        return
    place = next(each for each in (exercise.answers, exercise.folder) if each.is_dir())
    unproven = exercise.manifest.unproven
    few = False
    for language in exercise.languages:
        mine = [each for each in answers if language in each.languages(exercise)]
        right = sum(each.expectation is None for each in mine)
        words = f" in {language}" if language else ""
        file, answers_at = inside(exercise, place), inside(exercise, exercise.answers)
        if not right:
            todo = f"add one in {answers_at}/right/ROUTE/"
            yield Finding(exercise.id, "answers", file, f"no right answer{words}", todo, language=language)
        few = few or len(mine) - right < LEAST_WRONG
        if len(mine) - right < LEAST_WRONG and not unproven:
            found = f"{len(mine) - right} wrong answers{words}"
            todo = f"keep at least {LEAST_WRONG} in {answers_at}/wrong/"
            yield Finding(exercise.id, "answers", file, found, todo, language=language)
    if unproven and not few:
        manifest = inside(exercise, exercise.folder / "exercise.toml")
        yield Finding(exercise.id, "answers", manifest, "unproven, with enough wrong answers", "remove `unproven`")
