"""`learn pack new` and `learn pack new-exercise`, from nothing to a pack that a learner can begin with."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import run_learn


def next_command(text: str) -> list[str]:
    """The command that the last line advises."""
    label, *command = text.splitlines()[-1].split()
    assert (label, command[0]) == ("next", "learn")
    return command[1:]


def test_from_nothing_to_a_learner(tmp_path: Path):
    made = run_learn("pack", "new", "my-pack", "--title", "What I teach", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    checked = run_learn(*next_command(made.stdout), "--seeds", "1", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
    added = run_learn(
        "pack", "new-exercise", "text/count", "--kind", "shell", "--title", "Count", cwd=tmp_path / "my-pack"
    )
    assert added.returncode == 0, added.stderr
    assert "exercises/1-basics/text/count" in added.stdout
    again = run_learn(*next_command(added.stdout), "--seeds", "1", cwd=tmp_path / "my-pack")
    assert again.returncode == 0, again.stdout
    assert run_learn("init", "work", "--pack", "my-pack", cwd=tmp_path).returncode == 0
    listed = run_learn("list", cwd=tmp_path / "work").stdout
    assert "start/basket" in listed and "text/count" in listed


def test_an_exercise_in_a_folder_that_is_named(tmp_path: Path):
    run_learn("pack", "new", "sub/my-pack", cwd=tmp_path)
    added = run_learn("pack", "new-exercise", "text/sum", "sub/my-pack", "--kind", "function", cwd=tmp_path)
    assert added.returncode == 0, added.stderr
    assert next_command(added.stdout) == ["pack", "check", "sub/my-pack", "--exercise", "text/sum"]


def test_refusals_are_told_in_words(tmp_path: Path):
    for args, words in [
        (["new", "My Pack"], "learn pack new my-pack"),
        (["new", "."], "cannot be the name" if "-" not in tmp_path.name else ""),
        (["new-exercise", "a/b", "--kind", "shell"], "There is no pack here."),
        (["new-exercise", "a/b", "--kind", "juggling"], "juggling"),
        (["new-exercise", "a/b"], "--kind"),
    ]:
        done = run_learn("pack", *args, cwd=tmp_path)
        assert done.returncode == 2, done
        assert words in done.stderr


def test_without_tomlkit_it_says_what_to_install(tmp_path: Path):
    run_learn("pack", "new", "my-pack", cwd=tmp_path)
    hidden = tmp_path / "hidden"
    (hidden / "tomlkit").mkdir(parents=True)
    (hidden / "tomlkit" / "__init__.py").write_text("raise ImportError('not installed')\n")
    done = run_learn(
        "pack", "new-exercise", "a/b", "--kind", "shell", cwd=tmp_path / "my-pack", env={"PYTHONPATH": str(hidden)}
    )
    assert done.returncode == 2
    assert "pip install 'backendlings[authors]'" in done.stderr
    assert not (tmp_path / "my-pack" / "exercises" / "1-basics" / "a").exists()
