"""`learn pack`: tools for instructors."""

from __future__ import annotations

import os
import random
from pathlib import Path

import click

from runner.cli.common import from_here
from runner.cli.importing import import_command
from runner.cli.terminal import say, say_json
from runner.errors import PackError, UsageError
from runner.packs.catalogue import builtin_root


@click.group("pack")
def pack_command() -> None:
    """Tools for instructors."""


pack_command.add_command(import_command)


@pack_command.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--exercise", "only", multiple=True, help="Only this exercise; may be given several times.")
@click.option("--seeds", default=2, show_default=True, help="Seeds that each right answer must pass on.")
@click.option("--first-seed", type=int, help="The first of the seeds; random unless told.")
@click.option("--jobs", default=os.cpu_count() or 1, show_default=True, help="Exercises at a time.")
@click.option(
    "--messages", type=click.Path(path_type=Path), help="Write the failing message of every wrong answer to this file."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def check_command(
    folder: Path | None,
    only: tuple[str, ...],
    seeds: int,
    first_seed: int | None,
    jobs: int,
    messages: Path | None,
    as_json: bool,
) -> int:
    """Prove every exercise of the pack in FOLDER, or of the built-in one.

    Right answers pass on several seeds, the untouched and the emptied starter fail, every wrong answer is refused by
    the check that it names. All faults are reported, not the first alone.
    """
    from runner.authoring.gates import check_pack
    from runner.packs.load import load

    here = from_here(folder)
    root = here if folder or (here / "pack.toml").is_file() else builtin_root()
    try:
        pack = load(root)
    except PackError as error:
        if as_json:
            say_json({"schema": 1, "faults": [each.plain() for each in error.faults]})
            return error.exit_code
        raise
    unknown = [each for each in only if each not in pack.exercises]
    if unknown:
        raise UsageError(f"The pack has no exercise {unknown[0]}.", where=str(root), advice="learn pack check")
    first = random.randrange(1_000_000) if first_seed is None else first_seed
    ids = list(only) or list(pack.exercises)
    report = check_pack(pack, ids, list(range(first, first + seeds)), jobs, _silent if as_json else _progress)
    if messages:
        from runner.screen.messages import messages_page

        messages.write_text(
            messages_page([(e.exercise, e.language, e.answer, e.verdict) for e in report.refusals], pack),
            encoding="utf-8",
        )
    if as_json:
        say_json(report.plain())
    else:
        _print(report, first)
    return 4 if report.findings else 3 if report.blocked else 0


def _silent(exercise: str, language: str, report: object) -> None:
    """No word while a machine reads."""


def _progress(exercise: str, language: str, report: object) -> None:
    from runner.authoring.gates import Report

    assert isinstance(report, Report)
    words = "blocked" if report.blocked else "ok" if not report.findings else f"{len(report.findings)} faults"
    say(f"{exercise} {language}".strip() + f": {words}, {report.runs} runs")


def _print(report: object, first: int) -> None:
    from runner.authoring.gates import Report

    assert isinstance(report, Report)
    for finding in report.findings:
        say(f"\n{finding.exercise}   gate: {finding.gate}   {finding.where}")
        say(f"  found     {finding.found}\n  next      {finding.todo}")
    for exercise, reason in report.blocked.items():
        say(f"\n{exercise} was not tried: {reason}")
    if report.unproven:
        count = len(report.unproven)
        words = "1 exercise says that it is" if count == 1 else f"{count} exercises say that they are"
        say(f"\n{words} unproven: wrong answers are still to be written")
    say(f"\n{len(report.exercises)} exercises, {report.runs} runs, {len(report.findings)} faults, seeds from {first}")
