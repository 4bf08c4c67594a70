"""Repositories come out the same for everybody, whatever settings, hooks and variables the person has."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from runner.kit.git import Repo
from runner.kit.git_builder import FIRST_DATE, LEARNER, Builder, Draft
from runner.kit.shell import Shell
from runner.packs.load import load
from runner.verify.lay_out import lay_out
from runner.verify.trial import run_once
from tests.packs import make_pack, put

HOSTILE = """
[user]
	name = Somebody Else
	email = else@example.com
	signingKey = 0xDEADBEEF
[commit]
	gpgSign = true
	template = /nowhere/template
	verbose = true
[tag]
	gpgSign = true
[gpg]
	program = /bin/false
[init]
	defaultBranch = trunk
	templateDir = {templates}
[core]
	hooksPath = {hooks}
	autocrlf = true
	safecrlf = true
	editor = /bin/false
	pager = /bin/false
	fsmonitor = /bin/false
	quotePath = true
	excludesFile = {excludes}
	attributesFile = {attributes}
[diff]
	external = /bin/false
	noprefix = true
	renames = copies
[merge]
	ff = false
	conflictStyle = zdiff3
[pull]
	rebase = true
[log]
	showSignature = true
	date = relative
	decorate = full
[format]
	pretty = oneline
[color]
	ui = always
[status]
	short = true
	showUntrackedFiles = no
[safe]
	bareRepository = explicit
[alias]
	commit = !exit 9
"""


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home with settings that change all that git does, and variables that do the same."""
    home = tmp_path / "home"
    for name in ("hooks", "templates/hooks"):
        for hook in ("pre-commit", "commit-msg", "post-checkout", "reference-transaction"):
            put(home / name / hook, "#!/bin/sh\nexit 1\n").chmod(0o755)
    put(home / "excludes", "*.txt\n")
    put(home / "attributes", "*.txt -diff merge=ours\n")
    config = HOSTILE.format(
        hooks=home / "hooks",
        templates=home / "templates",
        excludes=home / "excludes",
        attributes=home / "attributes",
    )
    put(home / ".gitconfig", config)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(home / ".gitconfig"))
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(home / "templates"))
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    monkeypatch.setenv("GIT_EDITOR", "/bin/false")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    return home


def test_the_settings_are_hostile_indeed(hostile, tmp_path):
    (tmp_path / "own").mkdir()
    subprocess.run(["git", "init", "--quiet", "."], cwd=tmp_path / "own", check=True, capture_output=True)
    head = (tmp_path / "own" / ".git" / "HEAD").read_text()
    assert head == "ref: refs/heads/trunk\n"
    done = subprocess.run(["git", "commit", "--allow-empty", "-m", "x"], cwd=tmp_path / "own", capture_output=True)
    assert done.returncode != 0


def made(place: Path) -> list[str]:
    """What a repository with some of everything consists of."""
    builder = Builder(place)
    first = builder.commit("Start", {"a.txt": "one\n", "sub/ü b.txt": "two\r\n"})
    builder.run("switch", "--quiet", "-c", "idea")
    builder.commit("Idea", {"a.txt": "ONE\n"}, author=LEARNER)
    drafts = [Draft("More", {"c.txt": "c\n"}), Draft("Less", {"c.txt": None, "a.txt": "uno\n"})]
    rows = builder.history(drafts, start=first)
    builder.run("reset", "--hard", "--quiet")
    other = Builder.clone(builder, place.with_name(place.name + "-clone"))
    other.commit("In the clone", {"d.txt": "d\n"})
    return [
        *rows,
        builder.run("rev-parse", "main", "idea"),
        builder.run("ls-tree", "-r", "main"),
        builder.patch_id("idea"),
        str(builder.now - FIRST_DATE),
        other.run("rev-parse", "HEAD"),
        (place / ".git" / "config").read_text(),
        (place / "sub" / "ü b.txt").read_bytes().decode(),
    ]


def test_a_builders_hashes_are_the_same_for_everybody(hostile, tmp_path):
    theirs = made(tmp_path / "theirs")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_TEMPLATE_DIR", "GIT_DEFAULT_HASH", "LC_ALL", "TZ"):
            patch.delenv(name)
        patch.setenv("HOME", str(tmp_path))
        ours = made(tmp_path / "ours")
    assert theirs == ours
    assert len(theirs[0]) == 40


def test_a_repository_reads_the_same_for_everybody(hostile, tmp_path):
    builder = Builder(tmp_path / "repo")
    base = builder.commit("Start", {"a.txt": "one\n", "b.txt": "same\n"})
    tip = builder.commit("Ümlaut\n\nWith a body.", {"a.txt": "two\n", "ü.txt": "x\n"})
    builder.write("new.txt", "untracked\n")
    repo = Repo(tmp_path / "repo")
    repo.settled()
    assert [each.oid for each in repo.commits("HEAD")] == [tip, base]
    assert repo.commits("HEAD")[0].message.strip() == "Ümlaut\n\nWith a body."
    assert repo.changed("HEAD") == ["a.txt", "ü.txt"]
    assert repo.dirty() == ["?? new.txt"]
    assert repo.patch_id("HEAD") == builder.patch_id("HEAD") != ""
    assert repo.text("HEAD", "a.txt") == "two\n"


def test_a_learners_commands_work_whatever_their_settings_are(hostile, tmp_path, make_context):
    script = "cd repo && git add note.txt && git commit --quiet -m 'Add a note' && git switch --quiet -c idea\n"
    context = make_context({"it.sh": script}, language="")
    builder = Builder(context.work / "repo")
    builder.commit("Start", {"a.txt": "one\n"})
    builder.write("note.txt", "note\n")
    result = Shell(context).run("it.sh")
    assert (result.code, result.stderr) == (0, "")
    repo = Repo(context.work / "repo")
    assert [each.subject for each in repo.commits("HEAD")] == ["Add a note", "Start"]
    assert repo.commits("HEAD")[0].author == LEARNER


def test_an_exercise_is_laid_out_and_judged_the_same_for_everybody(hostile, tmp_path, monkeypatch):
    exercise = load(make_pack(tmp_path / "pack")).exercises["git/one-commit"]
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere" / "index"))
    folders = [tmp_path / "first", tmp_path / "second"]
    given = []
    for folder in folders:
        folder.mkdir()
        given.append(lay_out(exercise, "", folder, 5))
        if folder is folders[0]:
            monkeypatch.delenv("GIT_CONFIG_GLOBAL")
            monkeypatch.setenv("HOME", str(tmp_path))
    assert given[0] == given[1]
    assert not (tmp_path / "elsewhere").exists()
    verdict = run_once(exercise, folders[0], "", given=given[0])
    assert verdict.status == "failed"
    # The learner works in their own terminal, with all of their own settings.
    environment = {"PATH": os.environ["PATH"], "HOME": str(hostile)}
    for command in (["add", "--force", "note.txt"], ["commit", "--quiet", "-m", "Add a note"]):
        subprocess.run(["git", *command], cwd=folders[0] / "repo", env=environment, check=True)
    assert run_once(exercise, folders[0], "", given=given[0]).passed
