"""`learn pack import`: exercises of others as a pack."""

from __future__ import annotations

from pathlib import Path

import click

from runner.cli.common import from_here
from runner.cli.terminal import say, say_json
from runner.errors import UsageError


@click.group("import")
def import_command() -> None:
    """Make a pack of exercises that others wrote."""


@import_command.command("exercism")
@click.argument("track", type=click.Path(path_type=Path))
@click.option("--into", type=click.Path(path_type=Path), help="The pack's folder; exercism-python unless told.")
@click.option("--only", multiple=True, metavar="SLUG", help="Only this exercise; may be given several times.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def exercism_command(track: Path, into: Path | None, only: tuple[str, ...], as_json: bool) -> int:
    """Make a pack of the practice exercises in TRACK, a checkout of Exercism's Python track.

    Its tests become checks that never import the learner's code. What cannot be carried over truly is left out and
    told, in short here and in full in the pack's IMPORT.md. Each check is tried with the track's own answer, which runs
    on this machine, isolated as a learner's would be.
    """
    try:
        from runner.authoring.exercism import pack
    except ModuleNotFoundError as error:
        if error.name != "tomlkit":
            raise
        raise UsageError("A package for authors is missing: tomlkit.", advice=INSTALL) from None
    from runner.authoring.exercism.track import read_track

    source = read_track(from_here(track))
    target = from_here(into or Path(pack.NAME))
    if target.exists():
        raise UsageError(
            "The pack's folder exists already.", where=str(target), advice="learn pack import with another --into"
        )
    chosen = [each for each in source.practices if (each.slug in only if only else not each.deprecated)]
    _refuse_unknown(only, [each.slug for each in source.practices])
    report = pack.import_track(source, chosen, target, (lambda slug: None) if as_json else _progress)
    if as_json:
        say_json({**report.plain(), "folder": str(target) if report.carried else None})
    else:
        _print(report, target)
    return 0 if report.carried else 4


INSTALL = "pip install 'backendlings[authors]'"


def _refuse_unknown(only: tuple[str, ...], known: list[str]) -> None:
    from difflib import get_close_matches

    for slug in only:
        if slug not in known:
            near = get_close_matches(slug, known, n=1)
            raise UsageError(
                f"The track has no practice exercise {slug}.",
                advice=f"learn pack import with --only {near[0]}" if near else "look into the track's config.json",
            )


def _progress(slug: str) -> None:
    say(f"reading {slug}")


def _print(report: object, target: Path) -> None:
    from runner.authoring.exercism.pack import Report, report_lines

    assert isinstance(report, Report)
    for each in report.outcomes:
        if not each.id:
            say(f"\n{each.slug} was left out: {each.reason}")
        elif each.left:
            say(f"\n{each.slug}: {len(each.left)} of {each.tests} tests were left out")
        for left in each.left[:MOST_SHOWN]:
            say(f"  {left.test}: {left.reason}")
        if len(each.left) > MOST_SHOWN:
            say(f"  and {len(each.left) - MOST_SHOWN} more")
    say("\n" + "\n".join(report_lines(report)))
    if report.carried:
        say(f"\nThe pack is in {target}; IMPORT.md there says all of this, and what is to be written by hand.")
        say(f"  next      learn pack check {target}")
    else:
        say("\nNo exercise could be carried over, so no pack was made.")


MOST_SHOWN = 3
"""Tests left out that are named for each exercise; the pack's page has all."""
