"""`learn pack check`: every gate, once or at each save."""

from __future__ import annotations

import os
import random
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.common import from_here, here
from runner.cli.terminal import say, say_json
from runner.errors import PackError, UsageError
from runner.packs.catalogue import builtin_root
from runner.screen.words import in_line

if TYPE_CHECKING:
    from runner.authoring.findings import Finding
    from runner.authoring.gates import Report
    from runner.packs.models import Pack

JOBS = 2 * (os.cpu_count() or 1)
"""More than there are processors, since some of what the gates do is waiting for limits."""


@click.command("check", short_help="Prove every exercise and every answer of a pack.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--exercise", "only", multiple=True, help="Only this exercise; may be given several times.")
@click.option("--seeds", default=2, show_default=True, type=click.IntRange(1), help="Seeds of each right answer.")
@click.option("--first-seed", type=int, help="The first of the seeds; random unless told.")
@click.option("--jobs", default=JOBS, show_default=True, type=click.IntRange(1), help="Exercises at a time.")
@click.option(
    "--messages", type=click.Path(path_type=Path), help="Write the failing message of every wrong answer to this file."
)
@click.option("--links", is_flag=True, help="Ask the network whether each linked page is there.")
@click.option("--watch", is_flag=True, help="Stay, and check an exercise again whenever a file of it is saved.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def check_command(
    folder: Path | None,
    only: tuple[str, ...],
    seeds: int,
    first_seed: int | None,
    jobs: int,
    messages: Path | None,
    links: bool,
    watch: bool,
    as_json: bool,
) -> int:
    """Prove every exercise of the pack in FOLDER, or here; of the built-in one where here is none.

    Right answers pass on several seeds, the untouched and the emptied starter fail, every wrong answer is refused by
    the check that it names. Before that the texts are looked at: form, links, spelling, order, and whether they tell an
    answer. All faults are reported, each with its file, its line and what to do.

    Exit code 0 when all is well, 4 with faults, 3 when something could not be tried for want of an engine.
    """
    there = from_here(folder)
    root = there if folder or (there / "pack.toml").is_file() else builtin_root()
    first = random.randrange(1_000_000) if first_seed is None else first_seed
    all_seeds = list(range(first, first + seeds))
    if watch:
        for name, told in {"--json": as_json, "--messages": messages, "--links": links, "--exercise": only}.items():
            if told:
                raise UsageError(f"--watch goes without {name}.", advice=f"learn pack check {name}, or --watch alone")
        return _watch(root, all_seeds)
    return _once(root, only, all_seeds, jobs, messages, links, as_json)


def _once(
    root: Path, only: Sequence[str], seeds: list[int], jobs: int, messages: Path | None, links: bool, as_json: bool
) -> int:
    from runner.authoring.gates import check_pack
    from runner.authoring.lint.spelling import MISSING, can_spell, spelling
    from runner.packs.load import load

    try:
        pack = load(root)
    except PackError as error:
        if as_json:
            say_json({"schema": 1, "faults": [each.plain() for each in error.faults]})
            return error.exit_code
        raise
    if not pack.brings_solutions:
        return _no_solutions(pack, as_json)
    ids = _chosen(pack, only)
    report = check_pack(pack, ids, seeds, jobs, _silent if as_json else _progress)
    chosen = [pack.exercises[each] for each in ids]
    report.findings += spelling(chosen) if can_spell() else []
    notes = [] if can_spell() else [MISSING]
    if links:
        from runner.authoring.lint.links import unanswered

        gone, silent = unanswered(chosen)
        report.findings += gone
        notes += [f"No answer from {each}" for each in silent]
    if messages:
        _write_messages(messages, report, pack)
    if as_json:
        say_json(report.plain())
    else:
        _print(report, root, seeds[0], notes)
    return 4 if report.findings else 3 if report.blocked else 0


def _no_solutions(pack: Pack, as_json: bool) -> int:
    """Tell that nothing can be proved of a pack whose author keeps its answers."""
    words = f"The pack {pack.name} loads without a fault. It brings no solutions, so its gates cannot be tried."
    if as_json:
        blocked = dict.fromkeys(pack.exercises, words)
        say_json({"schema": 1, "exercises": [], "runs": 0, "findings": [], "blocked": blocked, "unproven": []})
    else:
        say(words)
    return 3


def _chosen(pack: Pack, only: Sequence[str]) -> list[str]:
    """The ids of the exercises to check.

    Raises:
        UsageError: the pack has no such exercise.
    """
    for name in only:
        if name not in pack.exercises:
            from difflib import get_close_matches

            near = get_close_matches(name, pack.exercises, n=1)
            advice = f"learn pack check --exercise {near[0]}" if near else "learn pack check"
            raise UsageError(f"The pack has no exercise {name}.", where=pack.root, advice=advice)
    return list(dict.fromkeys(only)) or list(pack.exercises)


def _write_messages(file: Path, report: Report, pack: Pack) -> None:
    from runner.screen.messages import messages_page

    rows = [(each.exercise, each.language, each.answer, each.verdict) for each in report.refusals]
    file.write_text(messages_page(rows, pack), encoding="utf-8")


def _silent(exercise: str, language: str, report: Report) -> None:
    """No word while a machine reads."""


def _progress(exercise: str, language: str, report: Report) -> None:
    from runner.screen.faults import counted

    faults = counted(len(report.findings), "fault")
    words = faults if report.findings else "ok" if report.runs else "not tried"
    say(f"{exercise} {language}".strip() + f": {words}, {counted(report.runs, 'run')}")


def _print(report: Report, root: Path, first_seed: int, notes: Sequence[str]) -> None:
    from runner.screen.faults import summary

    folder = "" if root == here() or root == builtin_root() else f"{shlex.quote(str(root))} "
    _print_faults(report.findings, root, f"learn pack check {folder}--exercise")
    for exercise, reason in report.blocked.items():
        say(f"\n{exercise} was not tried: {reason}")
    if report.unproven:
        count = len(report.unproven)
        words = "1 exercise says that it is" if count == 1 else f"{count} exercises say that they are"
        say(f"\n{words} unproven: wrong answers are still to be written")
    for note in notes:
        say(f"\n{note}")
    say("\n" + summary(len(report.exercises), report.runs, report.findings, report.blocked, first_seed))


def _print_faults(findings: Sequence[Finding], root: Path, recheck: str = "") -> None:
    """Print FINDINGS of the pack in ROOT; the command RECHECK and an exercise's id check that one again."""
    from runner.screen.console import printing
    from runner.screen.faults import faults

    if findings and root != here():
        say(f"\nFiles are named from {in_line(str(root))}")
    console, _ = printing()
    console.print(faults(findings, recheck, console.width), soft_wrap=True, end="")


def _watch(root: Path, seeds: list[int]) -> int:
    from runner.watch.author import watch_pack

    watch_pack(root, seeds, say, lambda findings: _print_faults(findings, root))
    return 0
