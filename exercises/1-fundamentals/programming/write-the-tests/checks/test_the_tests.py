"""The learner's tests are run on the given code, on another right one, and on eight broken ones; see `run_the_tests`.

Which of them is which cannot be seen from where the tests run: all have the same name, in folders of no meaning.
"""

import contextlib
import json
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
COMPARED = ("assert", "Assert", "DID NOT RAISE")
"""Words of a failure that show that a test compared something."""

REFUSES = "not a duration"
"""Words in every error of the given code."""

IMPORTS = {
    "pytest": "import pytest",
    "parse_duration": "from duration import parse_duration",
    "assert": 'import assert from "node:assert/strict"',
    "parseDuration": 'import { parseDuration } from "./duration.mjs"',
    **{name: f'import {{ {name} }} from "node:test"' for name in ("test", "it", "describe", "suite")},
}
"""How a test file gets the names that it does not define."""

ENOUGH = 7
MOST_FILE = 1 << 20
MOST_TEXT = 1000
SHOWN_TEXTS = 6
SEEN = {}
"""What was seen in this run, once it was looked at: the first check looks for all of them."""


def test_every_test_runs(learner, shell, work, rng):
    """your file has tests, and every one of them runs"""
    language, command, seen = _seen(learner, shell, work, rng)
    _, file, _ = LANGUAGES[language]
    given = seen["given"]
    if given["broken"]:
        expected = f"a file {file} that can be loaded"
        means = _not_imported(given["broken"])
        raise CouldNotRun(call=command, expected=expected, got=given["broken"], where=_where(file, given), means=means)
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
        names = ", ".join(map(_name, skipped[:3])) + (" and more" if len(skipped) > 3 else "")
        got = f"{len(skipped)} of {len(given['tests'])} did not count: {names}"
        means = "a test that is skipped, or expected to fail, stays silent whatever breaks"
        not_yet(call=command, expected="every test runs", got=got, means=means)


def test_passes_on_the_given(learner, shell, work, rng):
    """they pass on the given code, in any order"""
    language, command, seen = _seen(learner, shell, work, rng)
    given, file, _ = LANGUAGES[language]
    expected = f"every test passes on the given {given}"
    for failed in _failed(seen["given"]):
        means, look = _not_imported(failed["words"]), None
        if not means and any(sign in failed["words"] for sign in COMPARED):
            means = "the given code is right, so the test asks for something else than the contract does"
        elif not means and REFUSES in failed["words"]:
            means = "the code refuses this text, as the contract says; the error ended the test, which expects none"
            look = "learn doc   (how a test expects an error)"
        not_yet(call=command, expected=expected, got=_told(failed), where=_where(file, failed), means=means, look=look)
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
    if noticed >= ENOUGH:
        return
    shown = {words: _shown_by(words, seen["broken"][words]["calls"]) for words in alive}
    words = next((words for words in alive if shown[words]), alive[0])
    got, more = f"{noticed} of them were noticed", ", and no test tries a text that shows it"
    if shown[words]:
        text, outcome = shown[words]
        got += f"; in one that was not, {learner.named('parse_duration')}({learner.literal(text)}) {outcome}"
        ask = "does a test fail where no error comes?" if outcome.endswith("error") else "is what comes back compared?"
        more = f", though one tries {learner.literal(text)}: {ask}"
    not_yet(
        call=f"{command}{_tried(learner, seen['given']['calls'])}",
        expected=f"a failing test on at least {ENOUGH} of {len(seen['broken'])} broken implementations",
        got=got,
        means=f"no test noticed an implementation that {words}{more}",
    )


def _tried(learner, texts):
    """Words for the TEXTS that the tests try."""
    shown = ", ".join(learner.literal(text) for text in texts[:SHOWN_TEXTS])
    left = f" and {len(texts) - SHOWN_TEXTS} more" if len(texts) > SHOWN_TEXTS else ""
    return f"   (your tests try {shown}{left})" if texts else ""


def _shown_by(words, texts):
    """The first of TEXTS for which the implementation of WORDS differs from the given one, and what comes there."""
    right = (HERE.parent / "starter" / "python" / "duration.py").read_text()
    plain, broken_one = _function(right), _function(broken(right, "python")[words])
    for text in texts:
        wanted, got = _outcome(plain, text), _outcome(broken_one, text)
        if wanted != got:
            return text, f"{got} instead of {wanted.removeprefix('gives ')}"
    return None


def _function(code):
    names = {}
    exec(code, names)
    return names["parse_duration"]


def _outcome(function, text):
    try:
        return f"gives {function(text)}"
    except ValueError:
        return "gives an error"


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
    noting = (HERE / f"noting{suffix}").read_text()
    tries = [("another", another, _order(rng), True), ("reversed", right, "reversed", True)]
    tries += [(words, text, _order(rng), False) for words, text in mutants.items()]
    rng.shuffle(tries)
    tries.insert(0, ("given", right, "written", True))
    box = shell.folder("tests")
    for number, (_, text, _, _) in enumerate(tries):
        _lay(work, box / str(number), learner.language)
        (box / str(number) / given).write_text(text.replace("export function p", "function p") + "\n\n" + noting)
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
    names = [name for name, *_ in tries]
    runs = {name: _sound(run, box / str(number)) for number, (name, run) in enumerate(zip(names, seen, strict=True))}
    return {**runs, "broken": {words: runs[words] for words in mutants}}


def _sound(run, folder):
    """What was seen in one RUN in FOLDER, in a shape to rely on: it comes from where the learner's code runs."""
    run = run if isinstance(run, dict) else {}
    tests = run.get("tests")
    tests = [each for each in tests if isinstance(each, dict)] if isinstance(tests, list) else []
    told = [{key: str(each.get(key, "")) for key in ("name", "outcome", "words", "line")} for each in tests]
    words = {key: str(run.get(key) or "").replace(f"{folder}/", "") for key in ("broken", "line")}
    return {"tests": told, "ended": run.get("ended") is True, "calls": _calls(folder / "calls.jsonl"), **words}


def _calls(path):
    """The texts that the tests of one run called the code with, the shortest first."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_FILE:
        return []
    texts = set()
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        with contextlib.suppress(ValueError, RecursionError):
            text = json.loads(line)
            if isinstance(text, str) and len(text) <= MOST_TEXT:
                texts.add(text)
    return sorted(texts, key=lambda text: (len(text), text))


def _lay(work, folder, language):
    """Put the learner's files into FOLDER: those that lie beside the tests and are small."""
    _, file, _ = LANGUAGES[language]
    folder.mkdir()
    for path in work.iterdir():
        ours = path.name in (*LANGUAGES[language], "report.json", "report.jsonl", "calls.jsonl", "finished", "stderr")
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


def _not_imported(words):
    """What it means that a name is missing, or a module, by the WORDS of the error."""
    missing = re.search(r"name '(\w+)' is not defined|Error: (\w+) is not defined", words)
    name = missing and (missing[1] or missing[2])
    if name in IMPORTS:
        return f"a file imports what it uses; for `{name}`: {IMPORTS[name]}"
    if "ERR_MODULE_NOT_FOUND" in words and "duration'" in words:
        return "in JavaScript an import names the whole file: ./duration.mjs"
    return None


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
