"""Answers laid over a starter, or solved by a script, the same on everybody's machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from runner.authoring import answers as module
from runner.authoring.answers import Answer, Expectation, SolveFailed, apply, read_answers
from runner.engines.find import find_all
from runner.packs.load import load
from tests.packs import add_exercise, answer_folder, make_pack, put
from tests.verify.exercises import alive, poll

ENGINES = find_all(["bash", "git"])[0]


def solve(tmp_path: Path, script: str) -> Path:
    """Run SCRIPT as an answer's `solve.sh` in a new folder, and return the folder."""
    put(tmp_path / "right" / "it" / "solve.sh", script)
    folder = tmp_path / "learner"
    folder.mkdir()
    apply(Answer(tmp_path / "right" / "it", None), folder, ENGINES)
    return folder


def test_right_answers_come_first_and_wrong_ones_say_who_refuses_them(tmp_path):
    exercise = load(make_pack(tmp_path)).exercises["start/double"]
    found, faults = read_answers(exercise)
    assert faults == []
    assert [each.name for each in found] == ["right/times", "wrong/adds-two", "wrong/squares", "wrong/zero-is-nothing"]
    assert found[0].expectation is None
    assert found[1].expectation == Expectation("doubles", ("23",))


def test_an_answer_counts_in_the_languages_it_is_written_in(tmp_path):
    root = make_pack(tmp_path)
    add_exercise(root, "start/triple")
    (answer_folder(root, "start/triple", "right/times") / "triple.mjs").unlink()
    pack = load(root)
    times = read_answers(pack.exercises["start/triple"])[0][0]
    assert times.languages(pack.exercises["start/triple"]) == ["python"]
    script = read_answers(pack.exercises["git/one-commit"])[0][0]
    assert script.languages(pack.exercises["git/one-commit"]) == [""]


def test_an_answer_is_laid_over_the_starter_without_what_is_about_it(tmp_path):
    answer = tmp_path / "wrong" / "it"
    for name in ("solution.py", "sub/new.txt", "expect.toml", "NOTES.md", "__pycache__/x.pyc"):
        put(answer / name, f"answer {name}")
    put(answer / "run.sh", "exit 0\n").chmod(0o755)
    for name in ("solution.py", "sub/old.txt"):
        put(tmp_path / "learner" / name, "starter")
    apply(Answer(answer, None), tmp_path / "learner", ENGINES)
    found = {path.relative_to(tmp_path / "learner").as_posix() for path in (tmp_path / "learner").rglob("*")}
    assert found == {"solution.py", "sub", "sub/new.txt", "sub/old.txt", "run.sh"}
    assert (tmp_path / "learner" / "solution.py").read_text() == "answer solution.py"
    assert os.access(tmp_path / "learner" / "run.sh", os.X_OK)


def test_a_solve_script_runs_in_the_folder_with_nothing_of_the_persons_own(tmp_path, monkeypatch):
    put(tmp_path / "home" / ".gitconfig", "[user]\n\tname = Somebody\n[alias]\n\thi = !echo hi\n")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "home" / ".gitconfig"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    script = 'pwd -P > where\ngit hi > hi || true\necho "${SECRET_TOKEN:-none} ${GIT_DIR:-none}" > names\ncat > rest\n'
    folder = solve(tmp_path, script)
    assert (folder / "where").read_text().strip() == str(folder.resolve())
    assert (folder / "hi").read_text() == ""
    assert (folder / "names").read_text() == "none none\n"
    assert (folder / "rest").read_text() == "", "nothing waits on stdin"
    assert not (folder / "solve.sh").exists()


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo one >&2\necho two >&2\nexit 3\n", "solve.sh ended with 3: one / two"),
        ("false\ntouch never\n", "solve.sh ended with 1"),
        ("echo $no_such_name\n", "no_such_name"),
        ("printf 'caf\\351' >&2\nexit 1\n", "caf"),
    ],
    ids=["leaves", "a command fails", "an unset name", "no text"],
)
def test_a_solve_script_that_fails_says_its_last_words(tmp_path, script, words):
    with pytest.raises(SolveFailed) as caught:
        solve(tmp_path, script)
    assert words in str(caught.value)
    assert not (tmp_path / "learner" / "never").exists()


def test_a_solve_script_without_end_is_ended_with_what_it_started(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SOLVE_LIMIT", 0.5)
    mark = tmp_path / "pid"
    with pytest.raises(SolveFailed, match=r"still running after 0\.5 s"):
        solve(tmp_path, f"sleep 3600 &\necho $! > {mark}\nwait\n")
    assert poll(lambda: not alive(int(mark.read_text())))


def test_a_solve_script_that_leaves_a_child_behind_is_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SOLVE_LIMIT", 20.0)
    mark = tmp_path / "pid"
    solve(tmp_path, f"sleep 3600 &\necho $! > {mark}\n")
    assert poll(lambda: not alive(int(mark.read_text())))
