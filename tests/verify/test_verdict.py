"""What results mean together. No process runs here: `judge` and `check_result` are plain functions."""

from __future__ import annotations

import json

import pytest

from runner.packs.models import CheckSpec, Exercise, ExerciseManifest
from runner.verify.trial import Trial, blocked
from runner.verify.verdict import EXIT_CODES, CheckResult, Row, Verdict, check_result, judge


def exercise(*ids: str) -> Exercise:
    manifest = ExerciseManifest(
        format=1,
        title="T",
        summary="S",
        stars=1,
        minutes=1,
        hints=("a", "b", "c"),
        passed="P",
        checks=tuple(CheckSpec(each) for each in ids),
        links=("L",),
        timeout=3,
    )
    return Exercise("own", "phase", "topic", "one", "/nowhere", manifest)


def results(**statuses: str) -> list[CheckResult]:
    return [CheckResult(name, f"claim of {name}", status) for name, status in statuses.items()]  # type: ignore[arg-type]


TWO = exercise("a", "b")


def test_passed_needs_a_passed_result_for_every_check():
    assert judge(TWO, results(a="passed", b="passed"), "done") == ("passed", "")


@pytest.mark.parametrize("ended", ["done", "died", "cancelled", "anything"])
@pytest.mark.parametrize("given", [{}, {"a": "passed"}, {"b": "passed"}, {"a": "passed", "c": "passed"}])
def test_a_check_without_a_result_is_an_error(given, ended):
    status, words = judge(TWO, results(**given), ended)
    assert status == "error"
    assert all(f" {name}" in words for name in {"a", "b"} - given.keys())


def test_a_failed_check_does_not_hide_a_missing_one():
    assert judge(TWO, results(a="failed"), "died")[0] == "error"


@pytest.mark.parametrize("status", ["failed", "crashed", "timeout", "overlimit"])
def test_the_first_bad_check_in_teaching_order_gives_the_status(status):
    assert judge(TWO, results(b="failed", a=status), "done") == (status, "")
    assert judge(TWO, results(b=status, a="passed"), "done") == (status, "")


def test_checks_skipped_behind_a_failed_one_leave_its_status():
    assert judge(TWO, results(a="failed", b="skipped"), "done") == ("failed", "")


@pytest.mark.parametrize("given", [{"a": "skipped", "b": "skipped"}, {"a": "passed", "b": "skipped"}])
def test_skipped_where_nothing_failed_is_never_a_pass(given):
    status, words = judge(TWO, results(**given), "done")
    assert status == "error"
    assert "skipped" in words


def test_a_check_that_is_itself_broken_is_an_error_with_its_name():
    status, words = judge(TWO, results(a="passed", b="error"), "done")
    assert status == "error"
    assert "b" in words and "was not judged" in words


def test_time_out_says_the_limit_and_what_it_may_be():
    status, words = judge(TWO, results(a="passed"), "timeout")
    assert status == "timeout"
    assert words == "Still running after 3 s: an endless loop, or waiting for input?"


def test_results_that_came_before_the_time_was_up_count():
    assert judge(TWO, results(a="passed", b="failed"), "timeout") == ("failed", "")


def test_every_status_has_its_exit_code():
    assert EXIT_CODES == {
        "passed": 0, "failed": 1, "crashed": 1, "timeout": 1, "overlimit": 1, "blocked": 3, "error": 4,
    }  # fmt: skip


def test_the_line_of_a_check_takes_the_first_line_of_each_row():
    rows = [["call", "f(1)"], ["expected", "3\nand more"], ["got", "4"], ["means", "why"]]
    made = check_result({"status": "failed", "claim": "adds", "rows": rows, "ms": 1.5}, CheckSpec("a", points=4))
    assert made.message == "expected 3; got 4"
    assert made.details == (Row("call", "f(1)"), Row("expected", "3\nand more"), Row("got", "4"), Row("means", "why"))
    assert (made.claim, made.duration_ms) == ("adds", 1.5)


def test_the_line_of_a_check_takes_the_line_that_differs():
    rows = [["expected", "a.log: empty\na.log.1: old\nb"], ["got", "a.log: empty\na.log.3: old\nb"]]
    made = check_result({"status": "failed", "claim": "moves", "rows": rows, "ms": 1.5}, CheckSpec("a"))
    assert made.message == "expected a.log.1: old; got a.log.3: old"


def test_a_skipped_check_says_what_it_needs_and_a_passed_one_nothing():
    assert check_result({"status": "skipped", "rows": [["needs", "adds"]]}, CheckSpec("a")).message == "needs adds"
    assert check_result({"status": "passed", "rows": [["got", "x"]]}, CheckSpec("a")).message == ""


def test_points_come_from_the_manifest_and_never_from_the_process():
    assert check_result({"status": "passed", "points": 99}, CheckSpec("a", points=4)).points == 4


def test_text_that_no_terminal_can_encode_is_made_visible():
    made = check_result({"status": "failed", "rows": [["got", "half \ud800 of a pair"]]}, CheckSpec("a"))
    assert made.details[0].text == "half \\ud800 of a pair"
    assert made.message.encode() == b"got half \\ud800 of a pair"


def test_the_first_failure_is_the_first_that_ran_and_did_not_pass():
    verdict = Verdict(
        "own", "topic/one", "", "", 1, "failed", tuple(results(a="passed", b="skipped", c="failed", d="failed"))
    )
    assert verdict.first_failure() == verdict.checks[2]
    assert not verdict.passed


def test_a_trial_passes_over_what_belongs_to_another_run():
    trial = Trial(TWO, "python", 7, 2, {"node": "24"})
    for old in (
        {"event": "start", "content": "old", "isolation": "none"},
        {"event": "check", "check": "a", "status": "passed"},
    ):
        assert trial.take({**old, "run": 1}) is None
    assert trial.take({"event": "end", "how": "done", "run": 1}) is None
    assert trial.take({"event": "check", "check": "unknown", "status": "passed", "run": 2}) is None
    assert trial.results == []
    trial.take({"event": "start", "content": "new", "isolation": "group", "run": 2})
    verdict = trial.take({"event": "end", "how": "done", "output": "hi", "run": 2})
    assert verdict is not None
    assert (verdict.status, verdict.content, verdict.seed, verdict.output) == ("error", "new", 7, "hi")
    assert json.loads(json.dumps(verdict.plain()))["engines"] == {"node": "24"}


@pytest.mark.parametrize("event", ["fault", "gone"])
def test_a_checker_that_cannot_serve_is_an_error_in_its_words(event):
    verdict = Trial(TWO, "python", 7, 1, {}).take({"event": event, "words": "no such module"})
    assert verdict is not None and verdict.status == "error"
    assert "no such module" in verdict.problem
    assert verdict.advice == "learn pack check --exercise topic/one"


def test_an_engine_that_has_ended_is_told_and_nothing_of_the_checks_that_met_it():
    trial = Trial(TWO, "python", 7, 1, {})
    trial.take({"event": "check", "check": "a", "status": "error", "message": "Connection reset", "run": 1})
    fault = {"event": "fault", "blocked": True, "words": "The engine x has ended.", "advice": "Save again."}
    verdict = trial.take(fault)
    assert verdict is not None
    assert (verdict.status, verdict.problem, verdict.checks) == ("blocked", "The engine x has ended.", ())


def test_blocked_names_every_missing_engine_and_one_command():
    from runner.engines import Missing

    verdict = blocked(TWO, "", [Missing("git", "there is no git", "get git"), Missing("bash", "no bash", "get bash")])
    assert (verdict.status, verdict.exit_code, verdict.advice) == ("blocked", 3, "get git")
    assert "git: there is no git" in verdict.problem and "bash: no bash" in verdict.problem
