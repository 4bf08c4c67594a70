"""`learn init`: a workspace, or one refusal that leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import run_learn
from tests.packs import add_exercise, change, exercise_folder, make_pack, put


def test_init_makes_a_workspace_with_its_first_exercise(tmp_path: Path, pack_root: Path):
    done = run_learn("init", "my-backend", "--pack", str(pack_root), cwd=tmp_path)
    assert done.returncode == 0
    root = tmp_path / "my-backend"
    assert str(root) in done.stdout
    assert str(root / "start" / "double") in done.stdout
    assert done.stdout.splitlines()[-1] == "Next: learn watch my-backend"
    assert sorted(path.name for path in root.iterdir()) == [".learn", "start"]
    assert (root / "start" / "double" / "double.py").is_file()
    assert (root / ".learn" / ".gitignore").read_text() == "*\n"


def test_init_here(tmp_path: Path, pack_root: Path):
    here = tmp_path / "here"
    here.mkdir()
    put(here / "notes.txt", "mine\n")
    done = run_learn("init", "--pack", str(pack_root), cwd=here)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "Next: learn watch"
    assert (here / "notes.txt").read_text() == "mine\n"


def test_init_in_javascript(tmp_path: Path, pack_root: Path):
    assert run_learn("init", "w", "--language", "javascript", "--pack", str(pack_root), cwd=tmp_path).returncode == 0
    assert (tmp_path / "w" / "start" / "double" / "double.mjs").is_file()
    assert not (tmp_path / "w" / "start" / "double" / "double.py").exists()


def test_init_with_two_packs(tmp_path: Path, pack_root: Path):
    other = make_pack(tmp_path / "other", name="other")
    done = run_learn("init", "w", "--pack", str(pack_root), "--pack", str(other), cwd=tmp_path)
    assert done.returncode == 0
    listed = run_learn("list", cwd=tmp_path / "w").stdout
    assert listed.count("start/double") == 2


def test_a_relative_pack_is_found_from_everywhere(tmp_path: Path, pack_root: Path):
    assert run_learn("init", "w", "--pack", pack_root.name, cwd=tmp_path).returncode == 0
    assert run_learn("list", cwd=tmp_path / "w" / "start").returncode == 0


def test_init_twice_is_refused(tmp_path: Path, pack_root: Path):
    run_learn("init", "w", "--pack", str(pack_root), cwd=tmp_path)
    again = run_learn("init", "w", "--pack", str(pack_root), cwd=tmp_path)
    assert again.returncode == 2
    assert "There is a workspace here already." in again.stderr
    assert f"learn watch {tmp_path / 'w'}" in again.stderr


def test_a_workspace_inside_a_workspace_is_refused(tmp_path: Path, pack_root: Path):
    run_learn("init", "w", "--pack", str(pack_root), cwd=tmp_path)
    for where in (tmp_path / "w", tmp_path / "w" / "start" / "double"):
        done = run_learn("init", "inner", "--pack", str(pack_root), cwd=where)
        assert done.returncode == 2
        assert "A workspace cannot lie inside another one." in done.stderr
        assert not (where / "inner").exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["w", "--language", "cobol"], "python"),
        (["w", "--pack", "nowhere"], "That is no pack."),
        (["file"], "A workspace is a folder."),
        (["file/inner"], "file"),
        (["w", "--colour"], "No such option"),
    ],
)
def test_wrong_uses_leave_nothing_behind(tmp_path: Path, args: list[str], words: str):
    put(tmp_path / "file", "mine\n")
    done = run_learn("init", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_pack_with_faults_is_refused_with_all_of_them_and_makes_no_workspace(tmp_path: Path, pack_root: Path):
    change(exercise_folder(pack_root, "start/double") / "exercise.toml", stars=9, title=None)
    change(exercise_folder(pack_root, "shell/upper") / "exercise.toml", odd=1)
    done = run_learn("init", "w", "--pack", str(pack_root), cwd=tmp_path)
    assert done.returncode == 4
    assert "has 3 faults" in done.stderr
    for words in ("stars: found 9", "title: found nothing", "odd: found a key that is not known"):
        assert words in done.stderr
    assert not (tmp_path / "w").exists()
    change(exercise_folder(pack_root, "start/double") / "exercise.toml", stars=1, title="Double")
    change(exercise_folder(pack_root, "shell/upper") / "exercise.toml", odd=None)
    assert run_learn("init", "w", "--pack", str(pack_root), cwd=tmp_path).returncode == 0


def test_a_first_exercise_whose_engine_is_missing_is_told(tmp_path: Path):
    root = make_pack(tmp_path / "pack")
    change(exercise_folder(root, "start/double") / "exercise.toml", languages=None, engines=["bash"])
    put(exercise_folder(root, "start/double") / "setup.py", "def setup(folder, rng):\n    return {}\n")
    done = run_learn("init", "w", "--pack", str(root), cwd=tmp_path, env={"PATH": "/nowhere"})
    assert done.returncode == 3
    assert "there is no bash on PATH" in done.stderr


def test_the_workspace_is_told_by_option_or_environment(tmp_path: Path, pack_root: Path):
    root = tmp_path / "w"
    assert run_learn("--workspace", str(root), "init", "--pack", str(pack_root), cwd=tmp_path).returncode == 0
    assert run_learn("--workspace", "w", "list", cwd=tmp_path).returncode == 0
    assert run_learn("list", cwd=tmp_path, env={"LEARN_WORKSPACE": str(root)}).returncode == 0
    nowhere = run_learn("list", cwd=tmp_path)
    assert nowhere.returncode == 2
    assert "There is no workspace here." in nowhere.stderr
    assert "learn watch my-backend" in nowhere.stderr
    # From inside one workspace, a folder beside it is not taken for a part of it.
    assert run_learn("--workspace", "../pack", "list", cwd=root).returncode == 2


def test_an_added_exercise_is_there_with_the_next_command(tmp_path: Path, pack_root: Path):
    run_learn("init", "w", "--pack", str(pack_root), cwd=tmp_path)
    add_exercise(pack_root, "start/triple")
    assert "start/triple" in run_learn("list", cwd=tmp_path / "w").stdout
