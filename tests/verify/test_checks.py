"""What an author's checks may be: collected all and only once, and an error in words where they are not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from runner.verify.system import remove
from runner.verify.trial import follow, run_once
from tests.verify.exercises import BUSY, row, start_checker, statuses, until, write_exercise, write_files

ONE = '''
def test_one(work):
    """one is there"""
    assert (work / "one").exists(), "it was named in the brief"
'''

FAULTS: dict[str, tuple[str | dict[str, str], list[Any] | None, list[str]]] = {
    "a module that is not there": ("import no_such_module\n" + ONE, None, ["no_such_module", "test_one.py"]),
    "an exception at import": ("1 / 0\n" + ONE, None, ["ZeroDivisionError", "test_one.py"]),
    "a syntax error": ("def broken(:\n" + ONE, ["one"], ["SyntaxError"]),
    "an end at import": ("import os\nos._exit(0)\n" + ONE, None, ["ended"]),
    "no function for a check": (ONE, ["one", "two-more"], ["test_two_more was not collected"]),
    "a function for no check": (ONE + "\n\ndef test_more():\n    pass\n", ["one"], ["test_more is", "names no such"]),
    "no docstring": ("def test_one():\n    pass\n", None, ["test_one has no docstring"]),
    "an empty docstring": ('def test_one():\n    """  """\n', None, ["test_one has no docstring"]),
    "a generator": ('def test_one():\n    """yields"""\n    yield\n', None, ["test_one"]),
    "parameters": (
        "import pytest\n\n\n@pytest.mark.parametrize('n', [1, 2])\n" + ONE.lstrip().replace("(work)", "(work, n)"),
        None,
        ["test_one was collected more than once"],
    ),
    "the same check in two files": ({"test_a.py": ONE, "test_b.py": ONE}, ["one"], ["more than once"]),
    "no checks at all": ("x = 1\n", ["one"], ["test_one was not collected"]),
    "a name that pytest passes over": (ONE.replace("test_one", "check_one"), ["one"], ["test_one was not collected"]),
}


@pytest.mark.parametrize("what", FAULTS)
def test_checks_that_cannot_be_used_are_an_error_in_words(tmp_path, what):
    checks, ids, words = FAULTS[what]
    exercise = write_exercise(tmp_path / "pack", checks, ids=ids)
    verdict = run_once(exercise, write_files(tmp_path / "learner", {"one": ""}), "python")
    assert (verdict.status, verdict.checks, verdict.exit_code) == ("error", (), 4)
    assert not [each for each in words if each not in verdict.problem], verdict.problem
    assert verdict.advice == "learn pack check --exercise topic/one"


def test_every_fault_is_told_not_the_first_alone(tmp_path):
    code = "def test_one():\n    pass\n\n\ndef test_more():\n    pass\n"
    exercise = write_exercise(tmp_path / "pack", code, ids=["one", "two"])
    checker = start_checker(exercise)
    try:
        words = until(checker, "fault")[-1]["words"]
        assert all(each in words for each in ("test_one has no docstring", "test_more is", "test_two was not"))
        again = follow(checker, write_files(tmp_path / "learner", {}), 1, {}, {})
        assert again.status == "error"
        assert "test_two was not" in again.problem, "the words stay the same once the process is gone"
    finally:
        checker.close()


def test_a_folder_of_checks_that_is_gone_is_an_error(tmp_path):
    exercise = write_exercise(tmp_path / "pack", ONE)
    (exercise.folder / "checks" / "test_one.py").unlink()
    verdict = run_once(exercise, tmp_path, "python")
    assert verdict.status == "error"
    (exercise.folder / "checks").rmdir()
    verdict = run_once(exercise, tmp_path, "python")
    assert verdict.status == "error"
    assert "No such file or directory" in verdict.problem and "Traceback" not in verdict.problem


ENDS = {
    "skips": "pytest.skip('not today')",
    "is-expected-to-fail": "pytest.xfail('known')",
    "fails-by-hand": "pytest.fail('by hand')",
    "raises": "{}['key']",
    "exits": "raise SystemExit(0)",
    "returns": "return 1 == 2",
    "warns-and-raises": "import warnings\n    warnings.warn('old')\n    raise ValueError('new')",
}


def test_a_check_that_ends_by_itself_is_an_error_and_never_a_pass(tmp_path, bench):
    parts = ["import pytest\n"]
    for name, code in ENDS.items():
        parts.append(f'def test_{name.replace("-", "_")}():\n    """{name}"""\n    {code}\n')
    parts.append('@pytest.mark.skip\ndef test_marked_skip():\n    """marked to be skipped"""\n')
    parts.append('@pytest.mark.xfail(run=False)\ndef test_marked_xfail():\n    """marked not to run"""\n')
    parts.append('async def test_awaits():\n    """asynchronous, which nothing here runs"""\n')
    parts.append('def test_no_fixture(nothing_of_that_name):\n    """asks for a fixture that is not there"""\n')
    parts.append(
        "@pytest.fixture\ndef late():\n    yield\n    raise ValueError('too late')\n\n\n"
        'def test_late(late):\n    """fails in its tear-down"""\n'
    )
    parts.append('def test_last():\n    """is right"""\n')
    names = [*ENDS, "marked-skip", "marked-xfail", "awaits", "no-fixture", "late"]
    code = "\n\n".join(parts)
    exercise = write_exercise(tmp_path / "pack", code, ids=[*names, "last"])
    verdict = bench(exercise).verdict({})
    assert statuses(verdict) == {**dict.fromkeys(names, "error"), "last": "passed"}
    assert verdict.status == "error"
    assert verdict.problem == "The check skips itself failed; your work was not judged."
    assert row(verdict, "got", names.index("raises")) == "KeyError: 'key'"
    line = code[: code.index("{}['key']")].count("\n") + 1
    assert row(verdict, "where", names.index("raises")).endswith(f"test_one.py, line {line}")


def test_an_expected_failure_that_is_marked_so_is_still_a_failure(tmp_path, bench):
    code = "import pytest\n\n\n@pytest.mark.xfail\n" + ONE.lstrip()
    assert bench(write_exercise(tmp_path / "pack", code)).verdict({}).status == "failed"


def test_a_check_that_ends_the_process_leaves_no_result_and_no_pass(tmp_path, bench):
    code = ONE + '\n\ndef test_leaves():\n    """leaves"""\n    import os\n    os._exit(0)\n'
    code += '\n\ndef test_stops_pytest():\n    """stops"""\n    import pytest\n    pytest.exit("enough", 0)\n'
    exercise = write_exercise(tmp_path / "pack", code)
    tried = bench(exercise)
    for _ in range(2):
        verdict = tried.verdict({"one": ""})
        assert verdict.status == "error"
        assert statuses(verdict) == {"one": "passed"}
        assert "no result for: leaves, stops-pytest" in verdict.problem


def test_a_check_that_needs_a_failed_one_is_skipped_and_says_so(tmp_path, bench):
    code = ONE + '\n\ndef test_two(work):\n    """two is there"""\n    assert (work / "two").exists()\n'
    code += '\n\ndef test_three():\n    """three needs nothing"""\n'
    ids = [{"id": "one"}, {"id": "two", "needs": ["one"], "points": 5}, {"id": "three"}]
    tried = bench(write_exercise(tmp_path / "pack", code, ids=ids))
    verdict = tried.verdict({"two": ""})
    assert statuses(verdict) == {"one": "failed", "two": "skipped", "three": "passed"}
    assert verdict.checks[1].message == "needs one is there"
    assert [each.points for each in verdict.checks] == [1, 5, 1]
    verdict = tried.verdict({"one": ""})
    assert statuses(verdict) == {"one": "passed", "two": "failed", "three": "passed"}
    assert tried.verdict({"one": "", "two": ""}).passed


def test_a_later_stage_is_tried_once_those_before_it_are_complete(tmp_path, bench):
    names = ["one", "two", "three", "four"]
    code = ""
    for name in names:
        code += f'\n\ndef test_{name}(work):\n    """{name} is there"""\n    assert (work / "{name}").exists()\n'
    stages = dict(zip(names, [1, 1, 2, 3], strict=True))
    ids = [{"id": name, "stage": stage} for name, stage in stages.items()]
    tried = bench(write_exercise(tmp_path / "pack", code, ids=ids, stages=["A", "B", "C"]))
    ends = {"p": "passed", "f": "failed", "s": "skipped"}
    for files, wanted in {
        "": "ffss",
        "one": "pfss",
        "three four": "ffss",
        "one two": "ppfs",
        "one two four": "ppfs",
    }.items():
        verdict = tried.verdict(dict.fromkeys(files.split(), ""))
        assert statuses(verdict) == {name: ends[each] for name, each in zip(names, wanted, strict=True)}
        assert verdict.status == "failed"
    assert tried.verdict({"one": ""}).checks[3].message == "needs two is there"
    assert tried.verdict(dict.fromkeys(names, "")).passed


def test_checks_run_in_the_order_of_the_manifest_and_not_of_the_file(tmp_path, bench):
    code = "".join(f'\n\ndef test_{name}():\n    """{name}"""\n' for name in "abc")
    verdict = bench(write_exercise(tmp_path / "pack", code, ids=["c", "a", "b"])).verdict({})
    assert verdict.passed
    assert [each.id for each in verdict.checks] == ["c", "a", "b"]


ASSERTS = {
    "assert got == 3": ("3", "4", ""),
    "assert got == 3, 'off by one'": ("3", "4", "off by one"),
    "assert got < 3, 'too many'": ("a value that is < 3", "4", "too many"),
    "assert got in (1, 2)": ("a value that is in (1, 2)", "4", ""),
    "assert not got, 'it is left over'": ("it is left over", "it is not so", ""),
    "assert str(got) == '''a\nb'''": ("'a\\nb'", "'4'", ""),
    "assert [got] * 500 == 0": ("0", "[4, 4, 4, 4", ""),
}


def test_a_plain_assert_becomes_rows_for_the_learner(tmp_path, bench):
    code = ""
    for number, text in enumerate(ASSERTS):
        code += f'\n\ndef test_a{number}():\n    """a{number}"""\n    got = 4\n    {text}\n'
    verdict = bench(write_exercise(tmp_path / "pack", code)).verdict({})
    for number, (expected, got, means) in enumerate(ASSERTS.values()):
        assert verdict.checks[number].status == "failed"
        assert row(verdict, "expected", number) == expected
        assert row(verdict, "got", number).startswith(got)
        assert row(verdict, "means", number) == means
        assert len(row(verdict, "got", number)) < 450
    assert "assert" not in str(verdict.plain()), "the source of a check is never shown"


def test_what_checks_and_conftests_print_stays_off_the_channel(tmp_path, bench):
    code = "import sys\nprint('at import')\n" + ONE + "    print('{}', flush=True)\n    sys.stderr.write('x' * 10)\n"
    exercise = write_exercise(tmp_path / "pack", {"conftest.py": "print('{}')\n", "test_one.py": code})
    assert bench(exercise).verdict({"one": ""}).passed


def test_a_conftest_of_the_pack_above_the_checks_is_not_read(tmp_path, bench):
    exercise = write_exercise(tmp_path / "pack", ONE)
    (tmp_path / "pack" / "conftest.py").write_text("1 / 0\n")
    (tmp_path / "pack" / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n")
    (exercise.folder / "checks" / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n")
    assert bench(exercise).verdict({"one": ""}).passed


def test_helpers_beside_the_checks_can_be_imported(tmp_path, bench):
    exercise = write_exercise(
        tmp_path / "pack", {"helpers.py": "NAME = 'one'\n", "test_one.py": f"from helpers import NAME\n{ONE}"}
    )
    assert bench(exercise).verdict({"one": ""}).passed
    assert not list(Path(exercise.folder).rglob("__pycache__")), "a pack may lie where nobody can write"


def test_the_same_seed_gives_the_same_inputs_and_each_check_its_own(tmp_path, bench):
    code = '\n\ndef test_one(rng):\n    """one"""\n    assert rng.randrange(10**9) == 0\n'
    tried = bench(write_exercise(tmp_path / "pack", code + code.replace("one", "two")))
    first, again, other = (tried.verdict({}, seed=seed) for seed in (7, 7, 8))
    assert [each.seed for each in (first, again, other)] == [7, 7, 8]
    numbers = [[row(verdict, "got", check) for check in (0, 1)] for verdict in (first, again, other)]
    assert numbers[0] == numbers[1]
    assert len({*numbers[0], *numbers[2]}) == 4


def test_a_seed_of_its_own_for_every_verdict_unless_told(tmp_path):
    exercise = write_exercise(tmp_path / "pack", ONE)
    seeds = {run_once(exercise, tmp_path, "python").seed for _ in range(3)}
    assert len(seeds) > 1
    assert all(0 <= each < 1_000_000 for each in seeds)


def test_what_the_setup_gave_reaches_the_checks_and_results_come_as_they_end(tmp_path):
    code = '\n\ndef test_one(given):\n    """one"""\n    assert given == {"secret": [1, None]}\n'
    exercise = write_exercise(tmp_path / "pack", code + ONE.replace("one", "two"))
    seen: list[str] = []
    verdict = run_once(
        exercise,
        write_files(tmp_path / "learner", {"two": ""}),
        "python",
        seed=3,
        given={"secret": [1, None]},
        on_result=lambda result: seen.append(result.id),
    )
    assert verdict.passed
    assert seen == ["one", "two"]


def test_a_check_that_loops_is_ended_from_outside_and_the_results_before_it_stay(tmp_path, bench):
    code = ONE + '\n\ndef test_loops():\n    """loops"""\n    while True:\n        pass\n'
    tried = bench(write_exercise(tmp_path / "pack", code, timeout=1))
    until(tried.checker, "ready")
    verdict = tried.verdict({"one": ""})
    assert statuses(verdict) == {"one": "passed"}
    assert verdict.status == "timeout"
    assert verdict.problem == "Still running after 1 s: an endless loop, or waiting for input?"
    assert verdict.duration_ms < (1 + 1 + BUSY) * 1000


def test_a_folder_that_cannot_be_copied_says_why(tmp_path, bench):
    tried = bench(write_exercise(tmp_path / "pack", ONE))
    big = tried.folder({"one": ""})
    with (big / "sparse").open("wb") as file:
        file.truncate(1 << 30)
    verdict = follow(tried.checker, big, 1, {}, {})
    assert (verdict.status, verdict.exit_code) == ("overlimit", 1)
    assert verdict.problem == "The exercise's folder holds more than 64 MiB."
    deep = tried.folder({"one": ""})
    nest(deep, 1100)
    try:
        verdict = follow(tried.checker, deep, 1, {}, {})
        assert verdict.status == "error"
        assert verdict.problem.startswith("Your files could not be copied")
    finally:
        remove(deep)
    assert tried.verdict({"one": ""}).passed


def nest(folder: Path, depth: int) -> None:
    """Make DEPTH folders in each other, deeper than any path can be long."""
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(folder)
        for _ in range(depth):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.fchdir(here)
        os.close(here)
