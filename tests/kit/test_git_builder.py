"""Builder makes the same repositories everywhere, and what it makes works for anybody."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from runner.kit.git import Repo
from runner.kit.git_builder import FIRST_DATE, LEARNER, TEAMMATE, Builder, Draft

NO_WAITING = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsync", "GIT_CONFIG_VALUE_0": "none"}
"""Git need not wait for the disk: these repositories are gone in a second."""

HOOKS = ("pre-commit", "post-commit", "commit-msg", "reference-transaction", "post-checkout", "pre-push", "update")

HOSTILE = """
[user]
	name = Somebody Else
	email = else@example.com
	signingKey = nobody
[commit]
	gpgSign = true
	cleanup = verbatim
	template = {home}/none
[tag]
	gpgSign = true
[push]
	gpgSign = true
	default = nothing
[gpg]
	program = {home}/hooks/pre-commit
[init]
	defaultBranch = trunk
	defaultObjectFormat = sha256
	templateDir = {home}/template
[core]
	hooksPath = {home}/hooks
	fsmonitor = {home}/hooks/pre-commit
	excludesFile = {home}/ignore
	attributesFile = {home}/attributes
	autocrlf = true
	logAllRefUpdates = false
	quotePath = false
[i18n]
	commitEncoding = latin1
[clone]
	defaultRemoteName = elsewhere
[protocol]
	allow = never
[safe]
	bareRepository = explicit
[url "nowhere:"]
	insteadOf = /
[diff]
	noprefix = true
	context = 0
	external = false
[alias]
	commit = !exit 7
	ci = !exit 7
	fast-import = !exit 7
"""
"""A person's configuration that would change or stop nearly everything."""


@pytest.fixture(scope="module", autouse=True)
def _no_git_of_the_person() -> Iterator[None]:
    """Tests that git itself started (a hook) must not work in the repository of that git."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [each for each in os.environ if each.startswith("GIT_")]:
            patch.delenv(name)
        for name, value in NO_WAITING.items():
            patch.setenv(name, value)
        yield


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a person whose `gitconfig`, hooks and programs all stand in the way and leave a trace."""
    home = tmp_path / "home"
    for folder in (home / "hooks", home / "template" / "hooks"):
        folder.mkdir(parents=True)
        for name in HOOKS:
            (folder / name).write_text(f"#!/bin/sh\necho {name} >> '{home}/ran'\nexit 1\n")
            (folder / name).chmod(0o755)
    (home / "template" / "config").write_text("[core]\n\tbare = true\n")
    (home / "ignore").write_text("*\n")
    (home / "attributes").write_text("* ident -diff\n")
    (home / "gitconfig").write_text(HOSTILE.format(home=home))
    return home


def by_variable(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("GIT_CONFIG_GLOBAL", str(home / "gitconfig"))


def by_home(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("HOME", str(home))
    shutil.copy(home / "gitconfig", home / ".gitconfig")


def by_xdg(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("XDG_CONFIG_HOME", str(home / "xdg"))
    (home / "xdg" / "git").mkdir(parents=True)
    shutil.copy(home / "gitconfig", home / "xdg" / "git" / "config")
    patch.setenv("HOME", str(home / "xdg"))


def by_system(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("GIT_CONFIG_SYSTEM", str(home / "gitconfig"))


def by_author(home: Path, patch: pytest.MonkeyPatch) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        patch.setenv(f"GIT_{role}_NAME", "Somebody Else")
        patch.setenv(f"GIT_{role}_EMAIL", "else@example.com")
        patch.setenv(f"GIT_{role}_DATE", "100000000 +0900")


def by_environment(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("GIT_DEFAULT_HASH", "sha256")
    patch.setenv("GIT_DEFAULT_REF_FORMAT", "reftable")
    patch.setenv("TZ", "Asia/Tokyo")
    patch.setenv("LANG", "de_DE.UTF-8")
    patch.setenv("LC_ALL", "de_DE.UTF-8")


def nobody(patch: pytest.MonkeyPatch) -> None:
    """From here on no git finds a configuration or a home."""
    patch.delenv("HOME", raising=False)
    patch.delenv("XDG_CONFIG_HOME", raising=False)
    patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def everything(folder: Path) -> dict[str, Any]:
    """What can be told of repositories made in all ways that Builder knows."""
    made = Builder(folder / "repo")
    first = made.commit("Begin", {"a.py": "é\nx\n$Id$\n", "d/b c.py": "b\r\n"})
    drafts = [Draft("Ü\n\nWhy", {"c.py": "c\n"}), Draft("Remove", {"a.py": None}, LEARNER)]
    side = made.history(drafts, branch="side", start=first)
    upstream = Builder(folder / "upstream.git", bare=True)
    made.run("push", "--quiet", "../upstream.git", "main", "side")
    clone = Builder.clone(upstream, folder / "clone")
    last = clone.commit("Last", {"e.py": "e\n"}, author=LEARNER)
    clone.run("push", "--quiet", "origin", "main")
    return {
        "oids": [first, *side, last],
        "patches": [made.patch_id(oid) for oid in (first, *side)],
        "refs": [repo.run("for-each-ref") for repo in (made, upstream, clone)],
        "remotes": clone.run("remote", "-v"),
        "reflog": Repo(upstream.path).reflog("main"),
        "states": [Repo(repo.path).state for repo in (made, clone)],
        "configs": [(git / "config").read_text() for git in (made.path / ".git", upstream.path, clone.path / ".git")],
        "folders": [sorted(each.name for each in git.iterdir()) for git in (made.path / ".git", upstream.path)],
        "hooks": [list((git / "hooks").iterdir()) for git in (made.path / ".git", upstream.path)],
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The same, made where no person's configuration is."""
    with pytest.MonkeyPatch.context() as patch:
        nobody(patch)
        return everything(tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("way", [by_variable, by_home, by_xdg, by_system, by_author, by_environment])
def test_repositories_are_the_same_whoever_makes_them(tmp_path, plain, home, monkeypatch, way):
    way(home, monkeypatch)
    assert everything(tmp_path) == plain
    assert not (home / "ran").exists(), (home / "ran").read_text()


@pytest.mark.parametrize("way", [by_variable, by_home, by_xdg, by_system])
def test_the_configuration_of_these_tests_does_stand_in_the_way(tmp_path, home, monkeypatch, way):
    way(home, monkeypatch)
    made = git(tmp_path, "init", "--quiet", "new")
    assert made.returncode == 0, made.stderr
    head = (tmp_path / "new/.git/HEAD").read_text()
    assert head == "ref: refs/heads/trunk\n"
    (tmp_path / "new/a.py").write_text("a\n")
    git(tmp_path / "new", "--work-tree=.", "add", "--force", "a.py")
    assert git(tmp_path / "new", "--work-tree=.", "commit", "--quiet", "--message=x").returncode
    assert (home / "ran").exists()


def git(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run git as the person would: with all of the environment."""
    return subprocess.run(["git", *args], cwd=folder, capture_output=True, encoding="utf-8", check=False)


def test_the_learners_own_commits_are_not_signed_hooked_or_renamed(tmp_path, home, monkeypatch):
    upstream = Builder(tmp_path / "upstream.git", bare=True)
    made = Builder(tmp_path / "repo")
    made.commit("Begin", {"a.py": "a\n"})
    made.run("push", "--quiet", "../upstream.git", "main")
    clone = Builder.clone(upstream, tmp_path / "clone")
    text = HOSTILE.format(home=home)
    for part in ("[protocol]\n\tallow = never\n", "[push]\n\tgpgSign = true\n", '[url "nowhere:"]\n\tinsteadOf = /\n'):
        assert part in text
        text = text.replace(part, "[push]\n" if part.startswith("[push]") else "")
    (home / "gitconfig").write_text(text)
    by_variable(home, monkeypatch)
    for path in (made.path, clone.path):
        (path / "new.py").write_text("one\ntwo\n")
        for args in (["add", "--force", "new.py"], ["commit", "--quiet", "--message=Mine"], ["tag", "-a", "-mt", "t"]):
            done = git(path, *args)
            assert done.returncode == 0, done.stderr
        signed = git(path, "cat-file", "commit", "HEAD").stdout
        assert "gpgsig" not in signed and f"\nauthor {LEARNER} " in signed and f"\ncommitter {LEARNER} " in signed
        repo = Repo(path)
        assert repo.branch() == "main"
        assert repo.text("HEAD", "new.py") == "one\ntwo\n"
        (path / "new.py").unlink()
        assert git(path, "checkout", "--quiet", "HEAD", "--", "new.py").returncode == 0
        assert (path / "new.py").read_bytes() == b"one\ntwo\n"
        assert repo.reflog("main")[-1] == repo.oid("HEAD")
    done = git(clone.path, "push", "--quiet", "origin", "main")
    assert done.returncode == 0, done.stderr
    assert len(Repo(upstream.path).reflog("main")) == 2
    assert not (home / "ran").exists(), (home / "ran").read_text()


def test_hooks_of_the_repository_itself_do_run(tmp_path):
    for path, place in ((tmp_path / "repo", ".git/hooks"), (tmp_path / "upstream.git", "hooks")):
        made = Builder(path, bare=path.suffix == ".git")
        hook = path / place / "reference-transaction"
        hook.write_text(f"#!/bin/sh\ntouch '{tmp_path}/{path.name}.ran'\n")
        hook.chmod(0o755)
        made.history([Draft("Begin", {"a.py": "a\n"})])
        assert git(path, "branch", "other", "main").returncode == 0
        assert (tmp_path / f"{path.name}.ran").exists()


@pytest.mark.parametrize("bare", [False, True])
def test_commits_work_where_nobody_is_known(tmp_path, monkeypatch, bare):
    nobody(monkeypatch)
    assert git(tmp_path, "init", "--quiet", "other").returncode == 0
    alone = git(tmp_path / "other", "-c", "user.useConfigOnly=true", "commit", "--allow-empty", "--message=x")
    assert "tell me who you are" in alone.stderr, "somebody is known here, so this proves nothing"
    made = Builder(tmp_path / "repo", bare=bare)
    first = made.history([Draft("Begin", {"a.py": "a\n"})])[0]
    if bare:
        done = git(made.path, "-c", "user.useConfigOnly=true", "commit-tree", "-m", "Mine", "-p", first, "main^{tree}")
        assert git(made.path, "update-ref", "refs/heads/main", done.stdout.strip()).returncode == 0
    else:
        made.run("reset", "--quiet", "--hard")
        done = git(made.path, "-c", "user.useConfigOnly=true", "commit", "--quiet", "--allow-empty", "--message=Mine")
    assert done.returncode == 0, done.stderr
    assert [(each.subject, each.author) for each in Repo(made.path).commits("main")] == [
        ("Mine", LEARNER),
        ("Begin", TEAMMATE),
    ]


def test_commit_takes_all_that_lies_in_the_work_tree(tmp_path):
    made = Builder(tmp_path / "repo")
    made.write("deep/er/x y.py", "é\n")
    first = made.commit("Begin", {"a.py": "a\n", "b.py": "b\n"})
    (made.path / "b.py").unlink()
    second = made.commit("Next", author=LEARNER)
    empty = made.commit("Nothing")
    repo = Repo(made.path)
    assert sorted(repo.files(first)) == ["a.py", "b.py", "deep/er/x y.py"]
    assert repo.text(first, "deep/er/x y.py") == "é\n"
    assert repo.changed(second) == ["b.py"] and repo.changed(empty) == []
    assert [each.author for each in repo.commits("main")] == [TEAMMATE, LEARNER, TEAMMATE]
    assert [each.author_date for each in repo.commits("main")][::-1] == [FIRST_DATE + 3600 * n for n in (1, 2, 3)]
    assert made.now == FIRST_DATE + 3 * 3600
    repo.settled()
    assert repo.state.changes == ()


def test_history_makes_the_commits_that_commit_would(tmp_path):
    drafts = [
        Draft("Begin", {"a.py": "é\n", "d/b c.py": "no line end", "empty": ""}),
        Draft("Longer\n\nA reason, in\ntwo lines", {"a.py": "ü\n", "d/e.py": "data 3\nmark :1\n"}, LEARNER),
        Draft("Remove", {"d/b c.py": None}),
        Draft("Nothing", author=LEARNER),
    ]
    by_history, by_commit = Builder(tmp_path / "history"), Builder(tmp_path / "commit")
    oids = by_history.history(drafts)
    one_by_one = []
    for draft in drafts:
        for path in [each for each, text in draft.files.items() if text is None]:
            (by_commit.path / path).unlink()
        kept = {path: text for path, text in draft.files.items() if text is not None}
        one_by_one.append(by_commit.commit(draft.message, kept, author=draft.author))
    assert oids == one_by_one
    assert by_history.now == by_commit.now
    by_history.run("reset", "--quiet", "--hard")
    for made in (by_history, by_commit):
        repo = Repo(made.path)
        repo.settled()
        assert repo.state.tip == oids[-1] and repo.state.changes == ()
        assert [commit.oid for commit in repo.commits("main")] == oids[::-1]


def test_history_begins_where_it_is_told(tmp_path):
    made = Builder(tmp_path / "repo")
    base = made.commit("Begin", {"a.py": "a\n"})
    made.write("late.py", "")
    one = made.history([Draft("One", {"b.py": "b\n"}), Draft("Two")], start=base)
    two = made.history([Draft("Three", {"c.py": "c\n"})], branch="deep/er", start=one[0])
    alone = made.history([Draft("Alone", {"d.py": "d\n"})], branch="alone")
    assert made.history([]) == []
    repo = Repo(made.path)
    parents = {commit.oid: commit.parents for commit in repo.commits("--all")}
    assert [parents[oid] for oid in (base, *one, *two, *alone)] == [(), (base,), (one[0],), (one[0],), ()]
    assert [repo.oid(name) for name in ("main", "deep/er", "alone")] == [one[1], two[0], alone[0]]
    assert sorted(repo.files("deep/er")) == ["a.py", "b.py", "c.py"]
    assert sorted(repo.files("alone")) == ["d.py"]
    assert (made.path / "late.py").exists() and not (made.path / "b.py").exists()


def test_a_clone_and_its_source_can_be_moved_together(tmp_path):
    place = tmp_path / "place"
    upstream = Builder(place / "deep" / "upstream.git", bare=True)
    first = upstream.history([Draft("Begin", {"a.py": "a\n"})])[0]
    clone = Builder.clone(upstream, place / "repo")
    second = clone.commit("Mine", {"b.py": "b\n"})
    assert str(tmp_path) not in (clone.path / ".git" / "config").read_text()
    moved = tmp_path / "else where"
    place.rename(moved)
    assert git(moved / "repo", "push", "--quiet").returncode == 0
    assert Repo(moved / "deep" / "upstream.git").reflog("main") == [first, second]
    shutil.copytree(moved, tmp_path / "copied")
    shutil.rmtree(moved)
    done = git(tmp_path / "copied" / "repo", "fetch", "--quiet")
    assert done.returncode == 0, done.stderr
    Repo(tmp_path / "copied" / "repo").settled()
    assert Repo(tmp_path / "copied" / "repo").ask("rev-parse", "main@{upstream}") == second


def test_a_clone_goes_on_from_the_date_of_its_source(tmp_path):
    upstream = Builder(tmp_path / "upstream.git", bare=True)
    upstream.history([Draft("Begin", {"a.py": "a\n"}), Draft("Next")])
    clone = Builder.clone(upstream, tmp_path / "repo")
    assert clone.now == upstream.now == FIRST_DATE + 2 * 3600
    clone.commit("Mine", {"a.py": "b\n"})
    dates = [commit.author_date for commit in Repo(clone.path).commits("main")]
    assert dates == [FIRST_DATE + 3600 * number for number in (3, 2, 1)]


def test_a_bare_repository_records_every_push(tmp_path):
    upstream = Builder(tmp_path / "upstream.git", bare=True)
    base = upstream.history([Draft("Begin", {"a.py": "a\n"})])[0]
    clone = Builder.clone(upstream, tmp_path / "repo")
    one = clone.commit("One", {"a.py": "1\n"})
    clone.run("push", "--quiet")
    clone.run("reset", "--quiet", "--hard", base)
    two = clone.commit("Two", {"a.py": "2\n"})
    with pytest.raises(RuntimeError, match=r"git push --quiet in repo: (?s:.*)rejected"):
        clone.run("push", "--quiet")
    clone.run("push", "--quiet", "--force")
    repo = Repo(upstream.path)
    assert repo.reflog("main") == [base, one, two]
    assert repo.branches() == ["main"]
    assert repo.text("main", "a.py") == "2\n"


def test_run_says_what_git_said(tmp_path):
    made = Builder(tmp_path / "repo")
    with pytest.raises(RuntimeError, match=r"^git rev-parse --verify no-such in repo: fatal: "):
        made.run("rev-parse", "--verify", "no-such")
    assert made.run("hash-object", "--stdin", stdin="é\n") == made.run("hash-object", str(made.write("x", "é\n")))
    assert made.run("var", "GIT_AUTHOR_IDENT", env={"GIT_AUTHOR_NAME": "Zoë"}).startswith("Zoë <")
