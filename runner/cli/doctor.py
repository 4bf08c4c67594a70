"""`learn doctor`: which engines and which isolation are here, and whether that isolation holds what it should."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from runner import __version__
from runner.cli.terminal import say, say_json
from runner.engines import Found, Missing
from runner.engines.find import ENGINES, find
from runner.isolation import LEVELS, Level, enough
from runner.isolation.probe import refusal
from runner.screen.console import printing

if TYPE_CHECKING:
    from runner.authoring.attacks import Attack, Outcome

QUICK: tuple[Level, ...] = ("group", "namespaces")
"""The levels that need no set-up."""


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--attack", is_flag=True, help="Try the hostile suite on this machine: which level holds which case.")
@click.option(
    "--level", type=click.Choice(LEVELS[1:]), multiple=True, help="With --attack: this level alone. May be repeated."
)
def doctor_command(as_json: bool, attack: bool, level: tuple[Level, ...]) -> int:
    """Show for each engine what was found, where, and what helps where it is missing; and how runs are isolated.

    Exit code 0; with --attack 1 when something was not held.
    """
    if attack:
        return _attack(level, as_json)
    engines = [find(name) for name in ENGINES]
    refusals = {each: refusal(each) for each in LEVELS}
    if as_json:
        rows = [_row(each) for each in engines]
        isolation = [{"level": each, "refusal": words} for each, words in refusals.items()]
        say_json({**_versions(), "engines": rows, "isolation": isolation})
        return 0
    console, signs = printing()
    console.print(f"learn {__version__} on Python {sys.version.split()[0]}", markup=False)
    for each in engines:
        if isinstance(each, Found):
            console.print(f"{signs.passed} {each.name:<12} {each.version}, {each.how}: {each.place}", markup=False)
        else:
            console.print(f"{signs.blocked} {each.name:<12} {each.reason}. Next: {each.advice}", markup=False)
    console.print("\nWhat stands between your programs and this machine:", markup=False)
    for name in LEVELS[1:]:
        words = f"{signs.blocked} {name:<11} {refusals[name]}" if refusals[name] else f"{signs.passed} {name}"
        console.print(words, markup=False)
    return 0


def _row(engine: Found | Missing) -> dict[str, Any]:
    """ENGINE as plain data, without the password that an address may hold."""
    found = isinstance(engine, Found)
    return {"found": found, **asdict(engine), **({"path": engine.place} if isinstance(engine, Found) else {})}


def _attack(levels: tuple[Level, ...], as_json: bool) -> int:
    from runner.authoring.attacks import read_attacks

    chosen = levels or tuple(each for each in QUICK if not refusal(each))
    attacks = read_attacks()
    outcomes: list[Outcome] = []
    for outcome in _try(attacks, chosen):
        outcomes.append(outcome)
        if not as_json:
            _tell(outcome)
    if as_json:
        say_json({**_versions(), "attacks": [_plain(each) for each in outcomes]})
    else:
        for level in chosen:
            tried = [each for each in outcomes if each.level == level]
            held = sum(each.held for each in tried)
            higher = f"; {len(attacks) - len(tried)} more need a higher level" if len(tried) < len(attacks) else ""
            say(f"{level} holds {held} of the {len(tried)} attacks that it should{higher}")
    return 0 if all(each.held for each in outcomes) else 1


def _try(attacks: list[Attack], levels: tuple[Level, ...]) -> Iterator[Outcome]:
    """Never below the level that holds an attack: it might do harm there."""
    from runner.authoring.attacks import try_all

    for level in levels:
        yield from try_all([each for each in attacks if enough(level, each.case.level)], level)


def _tell(outcome: Outcome) -> None:
    console, signs = printing()
    sign = signs.passed if outcome.held else signs.failed
    words = f"{sign} {outcome.level:<10}  {outcome.attack.name}: {outcome.verdict.status}"
    console.print(words, style="" if outcome.held else "red", markup=False)
    console.print(f"    An answer that {outcome.attack.case.what}.", style="dim", markup=False)
    for fault in outcome.faults:
        console.print(f"    {fault}", markup=False)


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {
        "level": outcome.level,
        "attack": outcome.attack.name,
        "what": outcome.attack.case.what,
        "status": outcome.verdict.status,
        "held": outcome.held,
        "faults": list(outcome.faults),
    }


def _versions() -> dict[str, Any]:
    return {"schema": 1, "learn": __version__, "python": sys.version.split()[0]}
