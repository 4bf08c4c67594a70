"""The checker as a process: the last request wins, and however it ends nothing is left of it."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.kit.service import descendants
from runner.packs.models import Exercise
from runner.verify import nursery, system
from runner.verify.client import Checker
from runner.verify.snapshot import content
from runner.verify.trial import Trial, follow, run_once
from tests.conftest import absent
from tests.verify.exercises import (
    alive,
    events,
    nurseries,
    poll,
    processes,
    start_checker,
    statuses,
    until,
    write_exercise,
    write_files,
)

CHECKS = '''
def test_answers(learner):
    """answer() returns 42"""
    assert learner.call("solution:answer") == 42
'''
RIGHT = "def answer():\n    return 42\n"
WRONG = "def answer():\n    return 41\n"
LOOP = """
import os, subprocess, sys, time
def answer():
    wait = [sys.executable, "-S", "-c", "import time; time.sleep(3600)", {mark!r}]
    subprocess.Popen(wait)
    subprocess.Popen(wait, start_new_session=True)
    while True:
        pass
"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


@pytest.fixture(params=["group", "namespaces"])
def level(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The isolation of the runs; what ends them differs."""
    monkeypatch.setenv("LEARN_ISOLATION", request.param)
    return str(request.param)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of this test's own, by whose name its processes can be told."""
    folder = tmp_path / "own-tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    return write_exercise(tmp_path / "pack", CHECKS, timeout=30)


@pytest.fixture
def checker(own: Path, exercise: Exercise) -> Iterator[Checker]:
    made = start_checker(exercise)
    yield made
    made.close()


def looping(tmp_path: Path, name: str = "loop") -> tuple[Path, str]:
    """A folder whose answer never comes, and the word by which the processes that it leaves can be told."""
    mark = f"{name} of {tmp_path}"
    return write_files(tmp_path / name, {"solution.py": LOOP.replace("{mark!r}", repr(mark))}), mark


def pids(mark: str) -> list[int]:
    """The two processes of a looping answer, as soon as they are there."""
    assert poll(lambda: len(processes(mark)) == 2), "the answer was never called"
    return sorted(processes(mark))


def checkers() -> list[int]:
    """The processes of the checkers that have a folder now; the folder's name begins with the process."""
    return [int(each.name.partition("-")[0]) for each in system.temporary_root().iterdir()]


def users(own: Path) -> list[int]:
    """The processes that use the folder OWN, and what came of the nursery: checkers and all that they started."""
    forked = [each for pid in nurseries() for each in descendants(pid)]
    return [*(set(processes(str(own))) - nurseries()), *forked]


def nothing_is_left(own: Path, before: list[int]) -> bool:
    """Whether the processes BEFORE, all others that came of checkers or use the folder OWN, and their files go away."""
    return (
        poll(lambda: not any(map(alive, before)))
        and poll(lambda: not users(own))
        and not list(system.temporary_root().iterdir())
    )


def test_it_tells_the_claims_when_it_is_ready(checker):
    assert not checker.ready
    assert until(checker, "ready")[-1]["claims"] == [["answers", "answer() returns 42"]]
    assert checker.ready
    assert checker.claims == [("answers", "answer() returns 42")]


def test_a_request_that_comes_before_it_is_ready_is_served(checker, tmp_path):
    assert follow(checker, write_files(tmp_path / "right", {"solution.py": RIGHT}), 1, {}, {}).passed


def test_a_verdict_belongs_to_the_content_that_was_copied(checker, tmp_path):
    folder = write_files(tmp_path / "right", {"solution.py": RIGHT})
    assert follow(checker, folder, 1, {}, {}).content == content(folder)


@linux
def test_a_newer_request_ends_the_run_at_work_and_only_the_last_verdict_comes(level, checker, tmp_path):
    loops, mark = looping(tmp_path)
    right = write_files(tmp_path / "right", {"solution.py": RIGHT})
    first = checker.run(loops, 1, {})
    began = pids(mark)
    second = checker.run(right, 2, {})
    trial = Trial(checker.exercise, "python", 2, second, {})
    asked = time.monotonic()
    seen = []
    verdict = None
    for event in events(checker):
        seen.append(event)
        verdict = trial.take(event)
        if verdict:
            break
    assert verdict is not None and verdict.passed
    assert verdict.content == content(right)
    assert time.monotonic() - asked < 5, "far less than the thirty seconds that the first might take"
    ends = [(event["run"], event["how"]) for event in seen if event["event"] == "end"]
    assert ends == [(first, "cancelled"), (second, "done")]
    assert poll(lambda: not any(map(alive, began)))


@linux
def test_a_cancelled_run_is_gone_and_the_next_one_works(level, checker, tmp_path):
    loops, mark = looping(tmp_path)
    run = checker.run(loops, 1, {})
    began = pids(mark)
    checker.cancel()
    assert until(checker, "end", run=run)[-1]["how"] == "cancelled"
    assert poll(lambda: not any(map(alive, began)))
    checker.cancel()  # with nothing at work
    assert follow(checker, write_files(tmp_path / "right", {"solution.py": RIGHT}), 1, {}, {}).passed


def test_a_cancelled_run_gives_no_pass_even_if_all_results_were_on_their_way(checker, tmp_path):
    right = write_files(tmp_path / "right", {"solution.py": RIGHT})
    trial = Trial(checker.exercise, "python", 1, checker.run(right, 1, {}), {})
    checker.cancel()
    for event in events(checker):
        verdict = trial.take(event)
        if verdict:
            assert verdict.passed == (statuses(verdict) == {"answers": "passed"})
            return
    raise AssertionError("no verdict")


def test_after_any_burst_of_saves_the_last_verdict_is_that_of_the_last_bytes(checker, tmp_path):
    chance = random.Random(5)
    right = write_files(tmp_path / "right", {"solution.py": RIGHT})
    wrong = write_files(tmp_path / "wrong", {"solution.py": WRONG})
    until(checker, "ready")
    for _ in range(12):
        for _ in range(chance.randrange(1, 6)):
            last = chance.choice([right, wrong])
            trial = Trial(checker.exercise, "python", 1, checker.run(last, 1, {}), {})
            pause = events(checker, chance.random() * 0.02)  # meanwhile what comes is read, as the watch loop does
            verdict = next(filter(None, map(trial.take, pause)), None)
        verdict = verdict or next(filter(None, map(trial.take, events(checker))))
        assert verdict.passed == (last is right)
        assert verdict.content == content(last)


def test_many_runs_leave_one_folder_for_each_that_waits(checker, own, tmp_path):
    right = write_files(tmp_path / "right", {"solution.py": RIGHT})
    for _ in range(5):
        assert follow(checker, right, 1, {}, {}).passed
    (mine,) = system.temporary_root().iterdir()
    assert poll(lambda: len(list(mine.iterdir())) == 2)


@linux
def test_an_idle_checker_that_is_closed_leaves_nothing(level, own, exercise):
    made = start_checker(exercise)
    until(made, "ready")
    assert poll(lambda: len(descendants(made.pid)) >= 4), "two runs that wait, and their children"
    before = [*checkers(), *descendants(made.pid)]
    made.close()
    assert len(before) >= 3
    assert nothing_is_left(own, before)


@linux
def test_a_checker_closed_amid_a_run_leaves_nothing(level, own, exercise, tmp_path):
    made = start_checker(exercise)
    loops, mark = looping(tmp_path)
    made.run(loops, 1, {})
    before = [*checkers(), *pids(mark)]
    made.close()
    assert nothing_is_left(own, before)


@linux
def test_a_checker_closed_before_it_is_ready_leaves_nothing(own, exercise):
    for _ in range(2):
        made = start_checker(exercise)
        made.close()
        assert made.pid
        assert nothing_is_left(own, [made.pid])


def end_the_nursery() -> int:
    """Kill this program's nursery and tell which it was."""
    (only,) = nurseries()
    os.kill(only, signal.SIGKILL)
    assert poll(lambda: not alive(only))
    return only


@linux
def test_a_nursery_that_was_killed_is_followed_by_another(own, exercise, tmp_path):
    right = write_files(tmp_path / "right", {"solution.py": RIGHT})
    made = start_checker(exercise)
    try:
        until(made, "ready")
        first = end_the_nursery()
        assert follow(made, right, 1, {}, {}).passed, "what it has forked goes on"
        assert run_once(exercise, right, "python").passed
        assert nurseries() != {first}
    finally:
        made.close()
    assert nothing_is_left(own, [first, made.pid])


@linux
def test_why_no_checker_can_start_is_told(own, exercise, tmp_path, monkeypatch):
    right = write_files(tmp_path / "right", {"solution.py": RIGHT})
    assert run_once(exercise, right, "python").passed
    end_the_nursery()
    with monkeypatch.context() as patch:
        patch.setattr(nursery, "COMMAND", [sys.executable, "-c", "raise SystemExit('pytest cannot be loaded')"])
        verdict = run_once(exercise, right, "python")
    assert verdict.status == "error"
    assert verdict.problem.endswith("pytest cannot be loaded")
    assert run_once(exercise, right, "python").passed


CLIENT = """
import signal, sys, time
from pathlib import Path
signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored where the tests run in the background of a shell
from runner.packs.load import load
from runner.verify.client import Checker
exercise = load(Path(sys.argv[1])).exercises["topic/one"]
checker = Checker(exercise, "python", {})
checker.run(Path(sys.argv[2]), 1, {})
while True:
    checker.events()
"""


@linux
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_a_client_that_is_killed_amid_a_run_leaves_nothing(level, own, exercise, tmp_path, number):
    loops, mark = looping(tmp_path)
    command = [sys.executable, "-c", CLIENT, str(tmp_path / "pack"), str(loops)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as client:
        before = [*pids(mark), *checkers()]
        os.kill(client.pid, number)
    assert len(before) == 3
    assert nothing_is_left(own, before)


@linux
def test_a_checker_that_is_killed_takes_its_runs_and_answers_along_and_its_folder_goes_at_the_next_start(
    level, own, exercise, tmp_path
):
    made = start_checker(exercise)
    loops, mark = looping(tmp_path)
    made.run(loops, 1, {})
    left_over = pids(mark)
    until(made, "begun")
    os.kill(made.pid, signal.SIGKILL)
    try:
        assert until(made, "gone")[-1]["words"]
        may_remain = set(left_over) if level == "group" else set()
        assert poll(lambda: {*users(own), *processes(mark)} <= may_remain)
        folders = list(system.temporary_root().iterdir())
        assert folders
        made.close()
        assert run_once(exercise, write_files(tmp_path / "right", {"solution.py": RIGHT}), "python").passed
        assert not any(each.exists() for each in folders)
    finally:
        for pid in left_over:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


FORGERY = """
import json, os
def answer():
    report = {"event": "check", "check": "answers", "claim": "", "status": "passed", "rows": []}
    lines = json.dumps(report) + "\\n" + json.dumps({"event": "done"}) + "\\n"
    process = os.getppid()
    for _ in range(2):
        folder = f"/proc/{process}/fd"
        for name in os.listdir(folder):
            try:
                if os.readlink(f"{folder}/{name}").startswith("pipe:"):
                    os.write(os.open(f"{folder}/{name}", os.O_WRONLY | os.O_NONBLOCK), lines.encode())
            except OSError:
                pass
        with open(f"/proc/{process}/stat") as file:
            process = int(file.read().rpartition(")")[2].split()[1])
    return 41
"""


ONE_VERDICT = """
import sys
from pathlib import Path
from runner.packs.load import load
from runner.verify.trial import run_once
print(run_once(load(Path(sys.argv[1])).exercises["topic/one"], Path(sys.argv[2]), "python").status)
"""


@linux
def test_results_cannot_be_written_into_the_pipes_above(level, own, exercise, tmp_path):
    # Root may open whatever it likes, where no room takes its rights away.
    ordinary = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.getuid() == 0 and level == "group" else []
    if ordinary and not shutil.which(ordinary[0]):
        absent("setpriv, to give root's rights away")
    folder = write_files(tmp_path / "forger", {"solution.py": FORGERY})
    command = [sys.executable, "-c", ONE_VERDICT, str(tmp_path / "pack"), str(folder)]
    done = subprocess.run([*ordinary, *command], capture_output=True, text=True)
    assert done.stdout in ("failed\n", "crashed\n"), done.stderr


@linux
def test_an_answer_that_kills_the_checker_itself_is_never_a_pass(own, exercise, tmp_path, monkeypatch):
    monkeypatch.setenv("LEARN_ISOLATION", "group")  # in a room it has no number by which it could be killed
    code = (
        "import os, signal\ndef answer():\n    with open(f'/proc/{os.getppid()}/stat') as file:\n"
        "        checker = int(file.read().rpartition(')')[2].split()[1])\n"
        "    os.kill(checker, signal.SIGKILL)\n    return 42\n"
    )
    verdict = run_once(exercise, write_files(tmp_path / "killer", {"solution.py": code}), "python")
    assert verdict.status == "error"
    assert verdict.problem.endswith("the checker has ended without a word")
    assert run_once(exercise, write_files(tmp_path / "right", {"solution.py": RIGHT}), "python").passed
    assert nothing_is_left(own, [])


def test_the_callers_environment_reaches_neither_checks_nor_answers(own, tmp_path, monkeypatch):
    evil = write_files(
        tmp_path / "evil",
        {
            "sitecustomize.py": "import os\nos._exit(0)\n",
            "json.py": "1 / 0\n",
            "plugin.py": "import os\nos._exit(0)\n",
            "startup.py": "import os\nos._exit(0)\n",
        },
    )
    monkeypatch.setenv("PYTHONPATH", str(evil))
    monkeypatch.setenv("PYTHONSTARTUP", str(evil / "startup.py"))
    monkeypatch.setenv("PYTHONHOME", str(evil))
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    monkeypatch.setenv("PYTEST_ADDOPTS", "--collect-only -p plugin")
    monkeypatch.setenv("PYTEST_PLUGINS", "plugin")
    monkeypatch.setenv("GIT_DIR", str(evil))
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    clean = '\n\ndef test_clean(learner):\n    """clean"""\n    assert learner.call("solution:names") == []\n'
    exercise = write_exercise(tmp_path / "pack", CHECKS + clean)
    names = "\n\ndef names():\n    import os\n    bad = ('PYTHON', 'PYTEST', 'GIT_DIR', 'SECRET')\n"
    names += "    return [each for each in os.environ if each.startswith(bad)]\n"
    right = write_files(tmp_path / "right", {"solution.py": RIGHT + names})
    wrong = write_files(tmp_path / "wrong", {"solution.py": WRONG + names})
    assert run_once(exercise, right, "python").passed
    assert run_once(exercise, wrong, "python").status == "failed", "asserts work under PYTHONOPTIMIZE too"


def test_a_folder_that_vanishes_is_no_pass_and_the_next_one_works(checker, tmp_path):
    verdict = follow(checker, tmp_path / "never-there", 1, {}, {})
    assert verdict.status != "passed"
    assert follow(checker, write_files(tmp_path / "right", {"solution.py": RIGHT}), 1, {}, {}).passed


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_the_least_memory_that_a_manifest_may_give_is_enough_for_a_small_answer(own, tmp_path, language):
    exercise = write_exercise(tmp_path / "pack", CHECKS, memory=64, languages=[language])
    files: dict[str, str | bytes] = {"solution.py": RIGHT, "solution.mjs": "export const answer = () => 42;\n"}
    made = start_checker(exercise)
    try:
        assert follow(made, write_files(tmp_path / "right", files), 1, {}, {}).passed
    finally:
        made.close()


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/node"])
def test_an_interpreter_that_does_not_start_is_an_error_in_words(own, tmp_path, program):
    exercise = write_exercise(tmp_path / "pack", CHECKS, languages=["javascript"])
    made = Checker(exercise, "javascript", {"node": program})
    try:
        for _ in range(2):
            verdict = follow(made, tmp_path, 1, {}, {})
            assert verdict.status == "error"
            assert verdict.problem.startswith("The program that runs your code could not be started")
    finally:
        made.close()


def test_a_learners_folder_is_never_written_to(checker, tmp_path):
    code = "open('made', 'w').write('x')\nimport helper\n" + RIGHT
    folder = write_files(tmp_path / "right", {"solution.py": code, "helper.py": "x = 1\n"})
    assert follow(checker, folder, 1, {}, {}).passed
    assert sorted(os.listdir(folder)) == ["helper.py", "solution.py"]
