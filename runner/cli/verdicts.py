"""Commands that take verdicts: `run` one, `check-all` every one."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import click
from rich.console import Console

from runner.cli.common import exercise_of, tell_notes, workspace_of
from runner.cli.terminal import say, say_json
from runner.packs.models import Exercise
from runner.screen import verdict as screen
from runner.screen.console import printing
from runner.screen.words import HEADLINES, Signs, clean, sign_of
from runner.verify.trial import blocked, run_once
from runner.verify.verdict import Verdict, settled
from runner.workspace.workspace import Workspace


@click.command("run")
@click.argument("exercise", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.option("-v", "--verbose", is_flag=True, help="Show every failure whole, and what your program printed.")
@click.option("--seed", type=int, help="Repeat the random inputs of this seed.")
@click.pass_context
def run_command(context: click.Context, exercise: str | None, as_json: bool, verbose: bool, seed: int | None) -> int:
    """Check EXERCISE, or the one you are at, once. Exit code 0 when it passes, 1 when not yet."""
    workspace = workspace_of(context)
    chosen = exercise_of(workspace, exercise)
    workspace.lay_out(chosen)
    verdict = _take(workspace, chosen, seed)
    if as_json:
        say_json(verdict.plain())
    else:
        _print(workspace, chosen, verdict, verbose)
    workspace.record(verdict)  # after the verdict is told: a full disk should not hide it
    tell_notes(workspace)
    if verdict.passed and not as_json:
        _print_pass(workspace, chosen)
    return verdict.exit_code


def _take(workspace: Workspace, exercise: Exercise, seed: int | None = None) -> Verdict:
    folder, language = workspace.folder(exercise), workspace.language(exercise)
    if missing := workspace.amiss(exercise):
        return blocked(exercise, language, [missing])
    given = workspace.laid(exercise).given
    return run_once(exercise, folder, language, seed=seed, given=given, root=workspace.root, tell=_tell)


def _tell(words: str) -> None:
    say(words, error=True)


def _print(workspace: Workspace, exercise: Exercise, verdict: Verdict, verbose: bool) -> None:
    console, signs = printing()
    files = workspace.files_to_edit(exercise) or [workspace.folder(exercise)]
    console.print(screen.heading(exercise, files, workspace.root, signs))
    step = "" if verdict.passed else f"fix it, then: learn run {exercise.slug}   (or: learn hint {exercise.slug})"
    untouched = verdict.content == workspace.laid(exercise).content
    done = exercise.manifest.stages_done(settled(verdict.checks))
    outcome = screen.outcome(
        verdict,
        exercise,
        signs,
        next_step=step,
        starting_point=untouched,
        whole=verbose,
        completed=done if done > workspace.stages_done(exercise) else 0,
    )
    console.print(outcome)
    claims = [(each.id, each.claim) for each in verdict.checks]
    console.print(screen.checks(claims, verdict.checks, signs, running=False, manifest=exercise.manifest))


def _print_pass(workspace: Workspace, exercise: Exercise) -> None:
    console, _ = printing()
    following = workspace.following(workspace.progress(), exercise)
    console.print(screen.after_pass(exercise, following))


@click.command("check-all")
@click.option("--json", "as_json", is_flag=True, help="Print one verdict a line as JSON.")
@click.pass_context
def check_all_command(context: click.Context, as_json: bool) -> int:
    """Check every exercise that is laid out, and record what passes."""
    workspace = workspace_of(context)
    laid = [each for each in workspace.exercises() if workspace.folder(each).is_dir()]
    console, signs = printing()
    code = 0
    with ThreadPoolExecutor(os.cpu_count() or 1) as workers:
        for exercise, verdict in zip(laid, workers.map(lambda each: _take(workspace, each), laid), strict=True):
            code = max(code, verdict.exit_code)
            if as_json:
                say_json(verdict.plain())
            else:
                _print_short(exercise, verdict, console, signs)
            workspace.record(verdict)
    tell_notes(workspace)
    return code


def _print_short(exercise: Exercise, verdict: Verdict, console: Console, signs: Signs) -> None:
    first = verdict.first_failure()
    why = verdict.problem or (first.claim if first else "")
    console.print(f"{sign_of(verdict.status, signs)} {exercise.id}: {HEADLINES[verdict.status]}", markup=False)
    if why:
        console.print(f"    {clean(why)}", markup=False, style="dim")
