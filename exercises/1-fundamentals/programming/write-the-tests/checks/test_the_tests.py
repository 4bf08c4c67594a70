"""The learner's tests are run on the given code, on another right one, and on eight broken ones; see `run_the_tests`.

Which of them is which cannot be seen from where the tests run: all have the same name, in folders of no meaning.
"""

import re
import shutil
from pathlib import Path

from mutants import broken

from runner.kit import not_yet
from runner.kit.outcomes import CouldNotRun, Outcome, RanTooLong

HERE = Path(__file__).parent
LANGUAGES = {
    "python": ("duration.py", "test_duration.py", "pytest test_duration.py"),
    "javascript": ("duration.mjs", "duration.test.mjs", "node --test"),
}
"""By language: the given file, the learner's, and the command to run the tests."""

FOUND_BY = {
    "python": "pytest runs the functions whose names begin with `test_`",
    "javascript": "`node --test` runs what is handed to `test()` or `it()`",
}
COMPARED = ("assert", "Assert", "DID NOT RAISE", "not a duration")
"""Words of a failure that show that a test compared something, or met an error of the given code."""

ENOUGH = 7
MOST_FILE = 1 << 20
SEEN = {}
"""What was seen in this run, once it was looked at: the first check looks for all of them."""


def test_every_test_runs(learner, shell, work, rng):
    """your file has tests, and every one of them runs"""
    language, command, seen = _seen(learner, shell, work, rng)
    _, file, _ = LANGUAGES[language]
    given = seen["given"]
    if given["broken"]:
        expected = f"a file {file} that can be loaded"
        raise CouldNotRun(call=command, expected=expected, got=given["broken"], where=_where(file, given))
    if given["ended"] and not given["tests"]:
        not_yet(call=command, expected="at least one test", got="no test was found", means=FOUND_BY[language])
    if not given["ended"]:
        not_yet(
            call=command,
            expected="each test comes to its end",
            got="the run broke off, with no report on all of them",
            means="does something in the file exit? That ends the whole run, and the tests after it stay unknown",
        )
    skipped = [each["name"] for each in given["tests"] if each["outcome"] == "skipped"]
    if skipped:
        got = f"{len(skipped)} of {len(given['tests'])} did not count: {_name(skipped[0])}"
        means = "a test that is skipped, or expected to fail, stays silent whatever breaks"
        not_yet(call=command, expected="every test runs", got=got, means=means)


def test_passes_on_the_given(learner, shell, work, rng):
    """they pass on the given code, in any order"""
    language, command, seen = _seen(learner, shell, work, rng)
    given, file, _ = LANGUAGES[language]
    expected = f"every test passes on the given {given}"
    for failed in _failed(seen["given"]):
        means = "the given code is right, so the test asks for something else than the contract does"
        means = means if any(sign in failed["words"] for sign in COMPARED) else None
        not_yet(call=command, expected=expected, got=_told(failed), where=_where(file, failed), means=means)
    for failed in _failed(seen["reversed"]):
        not_yet(
            call=f"{command}, from the last test to the first",
            expected=f"{expected}, in any order",
            got=_told(failed),
            where=_where(file, failed),
            means="it passed in the order of the file: does it need what another test leaves behind?",
        )
    _complete(command, seen["reversed"], "the given code, from the last test to the first")


def test_passes_on_another(learner, shell, work, rng):
    """they pass on another right implementation of the same contract"""
    language, command, seen = _seen(learner, shell, work, rng)
    _, file, _ = LANGUAGES[language]
    expected = "every test passes on any right implementation"
    another = seen["another"]
    if another["broken"]:
        got = f"{file} cannot be loaded with another one: {another['broken']}"
        means = _why_particular(another["broken"])
        not_yet(call=command, expected=expected, got=got, where=_where(file, another), means=means)
    for failed in _failed(another):
        got, means = _told(failed), _why_particular(failed["words"])
        not_yet(call=command, expected=expected, got=got, where=_where(file, failed), means=means)
    _complete(command, another, "another right implementation")


def test_notices_mistakes(learner, shell, work, rng):
    """at least seven of eight broken implementations make a test fail"""
    _, command, seen = _seen(learner, shell, work, rng)
    alive = [words for words, run in seen["broken"].items() if not _failed(run) and not run["broken"]]
    noticed = len(seen["broken"]) - len(alive)
    if noticed < ENOUGH:
        not_yet(
            call=command,
            expected=f"a failing test on at least {ENOUGH} of {len(seen['broken'])} broken implementations",
            got=f"{noticed} of them were noticed",
            means=f"no test noticed an implementation that {alive[0]}",
        )


def _seen(learner, shell, work, rng):
    """The language, the command that a learner runs, and what each implementation met; looked at once a run."""
    _, file, command = LANGUAGES[learner.language]
    if not (work / file).is_file():
        raise CouldNotRun(call=command, expected=f"a file {file}", got="no such file")
    if not SEEN:
        SEEN.update(_look(learner, shell, work, rng))
    return learner.language, command, SEEN


def _look(learner, shell, work, rng):
    given, _, command = LANGUAGES[learner.language]
    suffix = Path(given).suffix
    right = (HERE.parent / "starter" / learner.language / given).read_text()
    mutants = broken(right, learner.language)
    another = (HERE / f"another{suffix}").read_text()
    tries = [("another", another, _order(rng), True), ("reversed", right, "reversed", True)]
    tries += [(words, text, _order(rng), False) for words, text in mutants.items()]
    rng.shuffle(tries)
    tries.insert(0, ("given", right, "written", True))
    box = shell.folder("tests")
    for number, (_, text, _, _) in enumerate(tries):
        _lay(work, box / str(number), learner.language)
        (box / str(number) / given).write_text(text)
    for helper in ("reporter.mjs", "ordered.mjs", "witness.cjs"):
        shutil.copy(HERE / helper, box / helper)
    shutil.copy(HERE / f"run_the_tests{suffix}", work)
    jobs = [[str(box / str(number)), order, everything] for number, (_, _, order, everything) in enumerate(tries)]
    try:
        seen = learner.call("run_the_tests:run", jobs)
    except RanTooLong:
        raise RanTooLong(
            call=command,
            expected="all tests, on ten implementations, within a few seconds",
            got="still running then, so they were ended",
            means="a test with an endless loop or a pause?",
        ) from None
    except Outcome as outcome:
        outcome.add([("call", command)])
        raise
    if not isinstance(seen, list) or len(seen) != len(tries):
        raise CouldNotRun(call=command, expected="a report on the tests", got=learner.literal(seen))
    runs = dict(zip([name for name, *_ in tries], map(_sound, seen), strict=True))
    return {**runs, "broken": {words: runs[words] for words in mutants}}


def _sound(run):
    """What was seen in one RUN, in a shape to rely on: the report comes from where the learner's code runs."""
    run = run if isinstance(run, dict) else {}
    tests = run.get("tests")
    tests = [each for each in tests if isinstance(each, dict)] if isinstance(tests, list) else []
    told = [{key: str(each.get(key, "")) for key in ("name", "outcome", "words", "line")} for each in tests]
    words = {key: str(run.get(key) or "") for key in ("broken", "line")}
    return {"tests": told, "ended": run.get("ended") is True, **words}


def _lay(work, folder, language):
    """Put the learner's files into FOLDER: those that lie beside the tests and are small."""
    _, file, _ = LANGUAGES[language]
    folder.mkdir()
    for path in work.iterdir():
        ours = path.name in (*LANGUAGES[language], "report.json", "report.jsonl", "finished", "stderr")
        if path.is_file() and path.stat().st_size <= MOST_FILE and not ours:
            shutil.copy(path, folder / path.name)
    text = (work / file).read_text(encoding="utf-8", errors="surrogateescape")
    if language == "javascript":
        text = re.sub(r"""(["'])node:test\1""", '"../ordered.mjs"', text)
    (folder / file).write_text(text, encoding="utf-8", errors="surrogateescape")


def _order(rng):
    return str(rng.randrange(1, 1 << 30))


def _failed(run):
    return [each for each in run["tests"] if each["outcome"] == "failed"]


def _complete(command, run, where):
    """Demand that RUN, whose tests have not failed, came to its end with all of them."""
    if run["broken"] or not run["ended"] or {each["outcome"] for each in run["tests"]} != {"passed"}:
        got = run["broken"] or "the run broke off, with no report on all of them"
        not_yet(call=command, expected=f"every test passes on {where}", got=got)


def _name(name):
    return f"`{name}`"


def _told(test):
    words = " ".join(test["words"].split())
    return f"{_name(test['name'])} fails: {words[:200]}"


def _where(file, seen):
    return f"{file}, line {seen['line']}" if seen["line"] else file


def _why_particular(words):
    """What it means that a test with these WORDS failed on right code which is not the given one."""
    if "UNITS" in words:
        return "the test looks at how the code is written; other right code is written in another way"
    if "as hours, minutes, seconds" in words:
        return "the contract names the kind of the error, not its wording"
    if "_seconds" in words or "_PARTS" in words or "duration.re" in words:
        return "the test uses a helper of the given code; other right code has other helpers, or none"
    return "this code keeps the contract too, so the test asks for more than the contract promises"
