"""Progress on disk: a round trip, and every kind of damage set aside, told, and mended from the history."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from runner.errors import UsageError
from runner.files import write_whole
from runner.verify.verdict import CheckResult, Verdict
from runner.workspace import progress as store
from runner.workspace.progress import Progress, Record
from runner.workspace.workspace import Workspace, open_workspace
from tests.packs import change, exercise_folder


def verdict(exercise: str, status: str = "passed", language: str = "python") -> Verdict:
    return Verdict("tiny", exercise, language, "0" * 64, 7, status)  # type: ignore[arg-type]


def passed_ids(workspace: Workspace) -> set[str]:
    records = workspace.progress().packs.get("tiny", {})
    return {name for name, record in records.items() if record.passed}


def again(workspace: Workspace) -> Workspace:
    """The workspace as the next command finds it."""
    return open_workspace(workspace.place)


def test_progress_is_read_as_it_was_written(tmp_path: Path):
    records = {
        "start/double": Record({"python": "2026-01-05T10:00:00Z"}, 3, 2, 1, later=False, opened=True),
        "start/über": Record(later=True),
    }
    progress = Progress({"tiny": records, "other": {}}, ("tiny", "start/double"), ["4-devops"])
    store.write(tmp_path / "progress.json", progress)
    assert store.read(tmp_path / "progress.json") == progress


def test_no_file_is_no_progress(tmp_path: Path):
    assert store.read(tmp_path / "progress.json") == Progress()


def test_a_failed_and_a_passed_verdict_are_recorded(workspace: Workspace):
    assert workspace.record(verdict("start/double", "failed")) is False
    assert workspace.record(verdict("start/double")) is True
    assert workspace.record(verdict("start/double")) is False, "the first pass is told once"
    record = again(workspace).progress().known("tiny", "start/double")
    assert record.attempts == 3
    assert list(record.passed) == ["python"]
    entries = store.read_history(workspace.place.history)
    assert [entry["status"] for entry in entries] == ["failed", "passed", "passed"]


@pytest.mark.parametrize("status", ["blocked", "error"])
def test_what_is_no_evidence_is_not_recorded(workspace: Workspace, status: str):
    before = workspace.place.progress.read_bytes()
    assert workspace.record(verdict("start/double", status)) is False
    assert workspace.place.progress.read_bytes() == before
    assert store.read_history(workspace.place.history) == []


def test_each_language_is_recorded_for_itself(workspace: Workspace):
    workspace.record(verdict("start/double", language="javascript"))
    workspace.record(verdict("start/double", language="python"))
    assert set(workspace.progress().known("tiny", "start/double").passed) == {"python", "javascript"}


DAMAGES = {
    "empty": b"",
    "torn": b'{"schema": 1, "current": ["tiny", "start/dou',
    "not UTF-8": b'{"schema": 1, "packs": {"\xff": {}}}',
    "null": b"null",
    "a list": b"[]",
    "no schema": b'{"packs": {}}',
    "a schema of words": b'{"schema": "1", "packs": {}}',
    "too deep": b"[" * 100_000,
    "packs is a list": b'{"schema": 1, "packs": []}',
    "no packs": b'{"schema": 1}',
    "a record is a number": b'{"schema": 1, "packs": {"tiny": {"start/double": 3}}}',
    "passed is a list": b'{"schema": 1, "packs": {"tiny": {"start/double": {"passed": []}}}}',
    "hints are a word": b'{"schema": 1, "packs": {"tiny": {"start/double": {"hints": "two"}}}}',
    "later is a word": b'{"schema": 1, "packs": {"tiny": {"start/double": {"later": "no"}}}}',
    "current is a number": b'{"schema": 1, "packs": {}, "current": 5}',
    "current is a word": b'{"schema": 1, "packs": {}, "current": "start/double"}',
    "skipped is a number": b'{"schema": 1, "packs": {}, "skipped": 1}',
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_progress_is_set_aside_and_rebuilt(workspace: Workspace, damage: str):
    workspace.record(verdict("start/double", "failed"))
    workspace.record(verdict("start/double"))
    workspace.place.progress.write_bytes(DAMAGES[damage])
    workspace = again(workspace)
    assert passed_ids(workspace) == {"start/double"}
    assert workspace.progress().known("tiny", "start/double").attempts == 2
    (aside,) = workspace.place.own.glob("progress.unreadable-*")
    assert aside.read_bytes() == DAMAGES[damage]
    (note,) = workspace.notes
    assert str(aside) in note
    assert "learn check-all" in note
    assert store.read(workspace.place.progress).known("tiny", "start/double").passed, "and it is on disk again"


def test_progress_damaged_twice_in_a_second_keeps_both_files(workspace: Workspace):
    broken = [f"broken {number}".encode() for number in range(4)]
    for damage in broken:
        workspace.place.progress.write_bytes(damage)
        workspace.progress()
    kept = sorted(path.read_bytes() for path in workspace.place.own.glob("progress.unreadable-*"))
    assert kept == broken


def test_rebuilt_progress_keeps_exercises_that_were_opened(workspace: Workspace):
    workspace.enter(workspace.find("git/one-commit"), jump=True)
    workspace.place.progress.write_bytes(b"broken")
    progress = again(workspace).progress()
    assert ("tiny", "git/one-commit") in workspace.unlocked(progress)


def test_deleted_progress_is_rebuilt_from_the_history(workspace: Workspace):
    workspace.record(verdict("start/double"))
    workspace.place.progress.unlink()
    assert passed_ids(again(workspace)) == {"start/double"}


def test_a_pass_that_only_reached_the_history_counts(workspace: Workspace):
    """As after kill -9 between the two writes of a pass: the line is in the history, the progress is the old one."""
    before = workspace.place.progress.read_bytes()
    workspace.record(verdict("start/double"))
    workspace.place.progress.write_bytes(before)
    workspace = again(workspace)
    assert passed_ids(workspace) == {"start/double"}
    workspace.record(verdict("shell/upper", language=""))
    assert passed_ids(again(workspace)) == {"start/double", "shell/upper"}
    assert workspace.progress().known("tiny", "start/double").attempts == 1


def test_a_torn_last_line_of_the_history_costs_only_itself(workspace: Workspace):
    workspace.record(verdict("start/double"))
    workspace.record(verdict("start/double", "failed"))
    whole = workspace.place.history.read_bytes()
    workspace.place.history.write_bytes(whole[:-9])
    workspace.record(verdict("shell/upper", language=""))
    entries = store.read_history(workspace.place.history)
    assert [entry["exercise"] for entry in entries] == ["start/double", "shell/upper"]
    workspace.place.progress.unlink()
    assert passed_ids(again(workspace)) == {"start/double", "shell/upper"}


def test_lines_of_the_history_that_mean_nothing_are_passed_over(workspace: Workspace):
    lines = [b"", b"null", b"[1]", b'"word"', b"\xff\xfe", b'{"pack": 5, "exercise": "x"}', b'{"status": "passed"}']
    workspace.record(verdict("start/double"))
    good = workspace.place.history.read_bytes()
    workspace.place.history.write_bytes(b"\n".join(lines) + b"\n" + good)
    workspace.place.progress.unlink()
    assert passed_ids(again(workspace)) == {"start/double"}


def test_progress_of_a_newer_program_is_refused_and_left_alone(workspace: Workspace):
    newer = b'{"schema": 2, "everything": "is elsewhere"}'
    workspace.place.progress.write_bytes(newer)
    for use in (
        workspace.progress,
        lambda: workspace.record(verdict("start/double")),
        lambda: workspace.enter(workspace.find("start/double"), jump=True),
        lambda: workspace.read_hint(workspace.find("start/double")),
    ):
        with pytest.raises(UsageError, match="newer learn") as caught:
            use()
        assert "pip install --upgrade backendlings" in str(caught.value)
    assert workspace.place.progress.read_bytes() == newer
    assert not workspace.place.history.exists(), "nothing may be recorded beside a progress that cannot be read"
    assert [path.name for path in workspace.place.own.glob("progress*")] == ["progress.json"]


def test_a_write_that_fails_leaves_the_old_file(workspace: Workspace, tmp_path: Path):
    """A limit on file sizes stands for the full disk: the kernel refuses the write in both cases."""
    before = workspace.place.progress.read_bytes()
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from runner.files import write_whole\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "write_whole(Path(sys.argv[1]), 'x' * 100_000)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(workspace.place.progress)], capture_output=True, text=True, timeout=60
    )
    assert "File too large" in done.stderr
    assert workspace.place.progress.read_bytes() == before
    assert [path.name for path in workspace.place.own.glob(".progress*")] == []


def test_write_whole_never_shows_half_a_file(tmp_path: Path):
    """A reader that looks all the time finds the old text or the new one, never a part."""
    path = tmp_path / "file"
    texts = [letter * 200_000 for letter in "ab"]
    write_whole(path, texts[0])
    writer = (
        "import sys\nfrom pathlib import Path\nfrom runner.files import write_whole\n"
        "for number in range(60): write_whole(Path(sys.argv[1]), 'ba'[number % 2] * 200_000)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", writer, str(path)])
    seen = set()
    try:
        while process.poll() is None:
            seen.add(path.read_text())
    finally:
        process.kill()
        process.wait()
    assert seen <= set(texts)
    assert process.returncode == 0
    assert os.listdir(tmp_path) == ["file"]


RECORDER = """
import sys
from runner.verify.verdict import CheckResult, Verdict
from runner.workspace.place import Place
from runner.workspace.workspace import open_workspace
from pathlib import Path
workspace = open_workspace(Place(Path(sys.argv[1])))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    workspace.record(Verdict("tiny", sys.argv[2], "", "0", number, "failed"))
    with workspace.changing() as progress:
        progress.record("tiny", "start/double").attempts += 1
workspace.record(Verdict("tiny", sys.argv[2], "", "0", 0, "passed"))
"""


def test_two_programs_at_once_lose_nothing_of_each_other(workspace: Workspace):
    rounds = 40
    both = [
        subprocess.Popen(
            [sys.executable, "-c", RECORDER, str(workspace.root), exercise, str(rounds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for exercise in ("shell/upper", "git/one-commit")
    ]
    try:
        for process in both:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        for process in both:
            assert process.stdin is not None
            process.stdin.write(b"go\n")
            process.stdin.flush()
        assert [process.wait(timeout=60) for process in both] == [0, 0]
    finally:
        for process in both:
            process.kill()
            process.communicate()
    progress = again(workspace).progress()
    assert progress.known("tiny", "start/double").attempts == 2 * rounds
    for exercise in ("shell/upper", "git/one-commit"):
        assert progress.known("tiny", exercise).attempts == rounds + 1
        assert progress.known("tiny", exercise).passed
    lines = workspace.place.history.read_text().splitlines()
    assert len(lines) == 2 * (rounds + 1)
    assert all(json.loads(line)["pack"] == "tiny" for line in lines)


def test_the_most_stages_that_were_complete_are_kept_by_language(pack_root: Path, workspace: Workspace):
    checks = [{"id": "doubles"}, {"id": "doubles-zero", "stage": 2}]
    change(exercise_folder(pack_root, "start/double") / "exercise.toml", stages=["Numbers", "Zero"], checks=checks)
    workspace = again(workspace)
    exercise = workspace.find("double")
    assert workspace.stages_done(exercise) == 0
    for ends in (["passed", "failed"], ["failed", "skipped"]):
        results = tuple(CheckResult(each["id"], "", end) for each, end in zip(checks, ends, strict=True))  # type: ignore[arg-type]
        workspace.record(replace(verdict("start/double", "failed"), checks=results))
    assert workspace.stages_done(exercise) == 1
    assert workspace.progress().known("tiny", "start/double").stages == {"python": 1}
    workspace.record(verdict("shell/upper", "failed", ""))
    assert workspace.progress().known("tiny", "shell/upper").stages == {}
    workspace.place.progress.write_text("damaged")
    workspace.record(verdict("shell/upper", "failed", ""))
    assert again(workspace).progress().known("tiny", "start/double").stages == {"python": 1}, "the history has it too"
    workspace.record(verdict("start/double"))
    assert workspace.stages_done(exercise) == 2
