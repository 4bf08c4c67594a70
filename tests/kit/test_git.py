"""Repo reads a repository in any state: it answers, or ends the check with words for the learner."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runner.kit.git import IN_PROGRESS, Builder, Draft, Repo, State
from runner.kit.outcomes import CouldNotRun, NotYet

LINES = [f"line {number}\n" for number in range(30)]
NO_WAITING = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsync", "GIT_CONFIG_VALUE_0": "none"}
"""Git need not wait for the disk: these repositories are gone in a second."""
SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true", "LC_ALL": "C.UTF-8"}
BEGIN = """set -e
refused() { if "$@"; then echo "$* was not refused" >&2; exit 9; fi; }
raw() {
    printf "tree %s\\nparent %s\\nauthor $1\\ncommitter $2\\n\\n$3" $(git rev-parse 'HEAD^{tree}' HEAD) |
        git hash-object -t commit -w --stdin --literally > ../raw
    git update-ref refs/heads/main $(cat ../raw)
}
"""
"""What each script may use: `refused` wants its command to fail, `raw` commits AUTHOR COMMITTER MESSAGE unchecked."""

Scene = Callable[[str], Path]


@pytest.fixture(scope="module", autouse=True)
def _no_git_of_the_person() -> Iterator[None]:
    """Tests that git itself started (a hook) must not work in the repository of that git."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [each for each in os.environ if each.startswith("GIT_")]:
            patch.delenv(name)
        for name, value in NO_WAITING.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `repo`: main has Begin, Second, Third; side has one commit after Begin that conflicts."""
    folder = tmp_path_factory.mktemp("original")
    repo = Builder(folder / "repo")
    base = repo.commit("Begin", {"a.py": "one\n", "docs/b c.md": "b\n", "README.md": "# A\n"})
    repo.commit("Second", {"a.py": "two\n"})
    repo.commit("Third", {"a.py": "three\n"})
    repo.run("switch", "--quiet", "--create", "side", base)
    repo.commit("Side", {"a.py": "side\n"})
    repo.run("switch", "--quiet", "main")
    return folder


@pytest.fixture
def scene(original: Path, tmp_path: Path) -> Scene:
    """Copies the original, runs a script in its repository, and tells where the repository is."""

    def play(script: str) -> Path:
        folder = tmp_path / "work"
        shutil.copytree(original, folder)
        sh(script, folder / "repo")
        return folder / "repo"

    return play


def sh(script: str, folder: Path) -> str:
    """Run SCRIPT in FOLDER and return what it prints; a script that fails fails the test."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), **SETTINGS, **NO_WAITING}
    done = subprocess.run(["sh", "-c", BEGIN + script], cwd=folder, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def rows_of(ask: Callable[[], object]) -> dict[str, str]:
    """The rows of the NotYet that ASK ends with."""
    with pytest.raises(NotYet) as caught:
        ask()
    return dict(caught.value.rows)


def settle(path: Path) -> None:
    Repo(path).settled()


# States of a repository, each made by a script that runs inside it.

HALF_DONE = {
    "rebase": ("refused git rebase --exec false HEAD~1", "rebase-merge"),
    "rebase of old kind": (
        "refused git rebase --apply --onto side HEAD~1; echo x > a.py; git add a.py",
        "rebase-apply",
    ),
    "merge not committed": ("git merge --no-commit --strategy ours side", "MERGE_HEAD"),
    "merge": ("refused git merge side; echo x > a.py; git add a.py", "MERGE_HEAD"),
    "cherry-pick": ("refused git cherry-pick side; echo x > a.py; git add a.py", "CHERRY_PICK_HEAD"),
    "revert": ("refused git revert HEAD~1; echo x > a.py; git add a.py", "REVERT_HEAD"),
}
"""Operations that wait for nothing but their end: the script, and the name in IN_PROGRESS."""

BISECT = "git bisect start; git bisect bad; git bisect good HEAD~2"

CONFLICTS = {
    "rebase": ("refused git rebase side", "in the middle of a rebase", ["UU a.py"]),
    "rebase of old kind": ("refused git rebase --apply side", "in the middle of a rebase", ["UU a.py"]),
    "merge": ("refused git merge side", "in the middle of a merge", ["UU a.py"]),
    "cherry-pick": ("refused git cherry-pick side", "in the middle of a cherry-pick", ["UU a.py"]),
    "revert": ("refused git revert HEAD~1", "in the middle of a revert", ["UU a.py"]),
    "stash": (
        "echo q > a.py; git stash -q; echo z > a.py; git commit -qam z; refused git stash pop",
        "a conflict is not resolved",
        ["UU a.py"],
    ),
    "deleted here": ("git rm -q a.py; git commit -qm x; refused git merge side", "a merge;", ["DU a.py"]),
    "deleted there": (
        "git switch -q side; git rm -q a.py; git commit -qm x; git switch -q main; refused git merge side",
        "in the middle of a merge",
        ["UD a.py"],
    ),
    "added by both": (
        'echo 1 > "n w"; git add .; git commit -qm x; git switch -q side; echo 2 > "n w"; git add .; '
        "git commit -qm y; git switch -q main; refused git merge side",
        "in the middle of a merge",
        ["UU a.py", "AA n w"],
    ),
    "renamed by both": (
        "git switch -qC s HEAD~2; git mv README.md s.md; git commit -qm s; "
        "git switch -q main; git mv README.md m.md; git commit -qm m; refused git merge s",
        "in the middle of a merge",
        ["DD README.md", "AU m.md", "UA s.md"],
    ),
}

GONE = "none there: the folder or its .git is gone, or broken"
RESET = "learn reset"
NO_REPOSITORY = {
    "no folder": ("cd ..; rm -rf repo", GONE),
    "a file": ("cd ..; rm -rf repo; echo > repo", GONE),
    "a link to nothing": ("cd ..; rm -rf repo; ln -s nowhere repo", GONE),
    "no .git": ("rm -rf .git", GONE),
    "no .git, a repository round it": ("rm -rf .git; git init -q -b main ..", GONE),
    ".git is junk": ("rm -rf .git; echo junk > .git", ".git"),
    ".git points nowhere": ("rm -rf .git; echo gitdir: ../nowhere > .git", GONE),
    "broken config": ("echo [[[ >> .git/config", "config"),
    "format of the future": ("git config core.repositoryFormatVersion 9", "version"),
    "unknown extension": (
        "git config core.repositoryFormatVersion 1; git config extensions.unheardOf 1",
        "unknown repository extension",
    ),
    "broken HEAD": ("echo junk > .git/HEAD", GONE),
    "empty HEAD": (": > .git/HEAD", GONE),
    "no HEAD": ("rm .git/HEAD", GONE),
    "no refs": ("rm -rf .git/refs", GONE),
}
"""States that Repo itself refuses, and a word of its reason."""

REFUSED = {
    "broken index": ("echo junk > .git/index", "index"),
    "index is a folder": ("rm .git/index; mkdir .git/index", "index"),
    "no objects": ("rm -rf .git/objects; mkdir .git/objects", "HEAD"),
    "broken objects": ("for f in .git/objects/??/*; do chmod u+w $f; echo junk > $f; done", "error: "),
    "branch of a commit that is not there": (f"echo {'0123' * 10} > .git/refs/heads/main", "HEAD"),
    "broken packed-refs": ("echo junk > .git/packed-refs", "packed-refs"),
    "made bare": ("git config core.bare true", "work tree"),
    "work tree elsewhere": ("git config core.worktree /nowhere", "work tree"),
}
"""States that git status refuses, and a word of git's reason."""

ELSEWHERE = {
    "detached": ("git checkout -q --detach", "HEAD on no branch (detached at", "git switch main"),
    "detached, older": ("git checkout -q HEAD~1", "HEAD on no branch (detached at", "git switch main"),
    "other branch": ("git switch -q side", "HEAD on side", "git switch main"),
    "new branch without commits": ("git checkout -q --orphan new", "HEAD on new", "git switch main"),
    "HEAD on a branch that is not there": ("git symbolic-ref HEAD refs/heads/no", "HEAD on no", "git switch main"),
    "renamed": ("git branch -m trunk", "no branch of that name; there is: side, trunk", "git branch --all -vv"),
    "deleted": ("git checkout -q --detach; git branch -qD main", "there is: side", "git branch --all -vv"),
    "no branch at all": (
        "git checkout -q --detach; git branch -qD main side",
        "no branch of that name; there is: none",
        "git reflog",
    ),
    "broken branch": ("echo junk > .git/refs/heads/main", "there is: side", "git branch --all -vv"),
    "made anew, no commit": ("rm -rf .git; git init -q -b main", "no commit on main", RESET),
    "main without commits": ("git update-ref -d refs/heads/main", "no commit on main", RESET),
    "made anew as master": (
        "rm -rf .git; git init -q -b master; git add .; git -c user.name=S -c user.email=s commit -qm x",
        "no branch of that name; there is: master",
        "git branch --all -vv",
    ),
}
"""States at rest where HEAD is not on main: the rows `got` and `look`."""

BEFORE = ["Third", "Second", "Begin"]
SOUND = {
    "untouched": ("", BEFORE),
    "packed": ("git gc -q; git pack-refs --all", BEFORE),
    "index.lock held": (": > .git/index.lock", BEFORE),
    "no index": ("rm .git/index", BEFORE),
    "no files": ("rm -rf *", BEFORE),
    "junk beside": ("touch x; mkdir y; touch y/z; ln -s nowhere link", BEFORE),
    "tag main": ("git tag main HEAD~1", BEFORE),
    "tag HEAD": ("git update-ref refs/tags/HEAD HEAD~1", BEFORE),
    "branch HEAD": ("git update-ref refs/heads/HEAD HEAD~1", BEFORE),
    "replaced": ("git replace HEAD HEAD~1", BEFORE),
    ".git elsewhere": ("mv .git ../g; echo gitdir: ../g > .git", BEFORE),
    "a second work tree": ("git worktree add -q ../w -b w", BEFORE),
    "shallow": ("git rev-parse HEAD~1 > .git/shallow", BEFORE[:2]),
    "names that need care": (
        """touch "a b" 'new
line' ü ./-rf; git add .; git commit -qm Names""",
        ["Names", *BEFORE],
    ),
    "a name that is no text": (
        """git update-index --add --cacheinfo "100644,$(git rev-parse HEAD:a.py),$(printf 'caf\\351')"
        git commit -qm Latin""",
        ["Latin", *BEFORE],
    ),
    "message in latin-1": (
        "printf 'caf\\351' | git -c i18n.commitEncoding=latin1 commit -q --allow-empty -F -",
        ["café", *BEFORE],
    ),
    "message that is no text": (
        "raw 'a <b> 5 +0000' 'x <y> 9 +0000' 'caf\\351'",
        ["caf\udce9", *BEFORE],
    ),
    "odd line ends": (
        "printf 'a\\034b\\302\\205c\\013d\\342\\200\\250e' | git commit -q --allow-empty -F -",
        ["a\x1cb\x85c\x0bd\u2028e", *BEFORE],
    ),
    "no message": ("git commit -q --allow-empty --allow-empty-message -m ''", ["", *BEFORE]),
    "long subject": ("git commit -q --allow-empty -m 'one\ntwo\n\nthree'", ["one two", *BEFORE]),
    "no author, dates out of range": (
        "raw '<> -5 +0000' 'x <> 99999999999999999999 +0000' Odd",
        ["Odd", *BEFORE],
    ),
    "signed, and settings that show it": (
        r"s='-----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----'; "
        r"""raw 'a <b> 5 +0000' "x <y> 9 +0000\ngpgsig $s" S; """
        "printf '#!/bin/sh\necho bad signature >&2; exit 1' > ../gpg; chmod +x ../gpg; "
        'git config gpg.program "$PWD/../gpg"; git config log.showSignature true; '
        "git log -1 | grep -q '^bad signature'",
        ["S", *BEFORE],
    ),
    "NUL in the message": (
        "raw 'a <b> 5 +0000' 'x <y> 9 +0000' 'Nu\\000l'",
        ["Nu", *BEFORE],
    ),
    "merged, no common history": (
        "git checkout -q --orphan o; git commit -qm Other; git checkout -q main; "
        "git merge -q --allow-unrelated-histories --strategy ours -m Both o",
        ["Both", "Other", *BEFORE],
    ),
    "a submodule": (
        "git init -q sub; git -C sub -c user.name=S -c user.email=s commit -q --allow-empty -m x; "
        "git add sub 2> ../warning; git commit -qm Sub",
        ["Sub", *BEFORE],
    ),
    "settings that change output": (
        "for s in log.showSignature=true log.showRoot=false log.follow=true color.ui=always core.quotePath=false "
        "core.abbrev=4 diff.noprefix=true diff.external=false status.short=true status.showStash=true "
        "status.showUntrackedFiles=no status.branch=false column.ui=always i18n.logOutputEncoding=latin1 "
        'core.commentChar=T; do git config "${s%%=*}" "${s#*=}"; done; echo q > a.py; git stash -q; '
        "git commit -q --allow-empty -m Thé",
        ["Thé", *BEFORE],
    ),
}
"""States where all is well, and the subjects of main, newest first."""

EVERY = {
    "rebase": CONFLICTS["rebase"][0],
    "renamed by both": CONFLICTS["renamed by both"][0],
    **{f"refused: {name}": script for name, (script, _) in REFUSED.items()},
    **{f"elsewhere: {name}": script for name, (script, *_) in ELSEWHERE.items()},
    **{f"sound: {name}": script for name, (script, _) in SOUND.items()},
    "bisect": BISECT,
    "made anew with longer hashes": (
        "rm -rf .git; git init -q -b main --object-format=sha256; git add .; "
        "git -c user.name=S -c user.email=s commit -qm Anew"
    ),
    "half of the objects": "find .git/objects -type f | sort | awk NR%2 | xargs rm -f",
}


@pytest.mark.parametrize(("script", "name"), HALF_DONE.values(), ids=HALF_DONE)
def test_what_is_half_done_is_named_with_its_ways_out(scene, script, name):
    what, finish, give_up = IN_PROGRESS[name]
    path = scene(script)
    rows = rows_of(lambda: settle(path))
    assert Repo(path).operation() == name
    assert rows["got"] == f"you are in the middle of {what}"
    assert finish in rows["look"] and give_up in rows["look"]


@pytest.mark.parametrize("way", [1, 2], ids=["finish", "give up"])
@pytest.mark.parametrize(("script", "name"), HALF_DONE.values(), ids=HALF_DONE)
def test_the_ways_out_lead_out(scene, script, name, way):
    path = scene(f"git rev-parse main > ../before; {script}")
    sh(IN_PROGRESS[name][way], path)
    repo = Repo(path)
    assert repo.operation() is None
    repo.settled()
    assert repo.state.changes == ()
    if way == 2:
        assert repo.state.tip == (path.parent / "before").read_text().strip()


def test_a_bisect_ends_as_the_words_say(scene):
    path = scene(BISECT)
    rows = rows_of(lambda: settle(path))
    assert rows["got"] == "you are in the middle of a bisect"
    _, mark, give_up = IN_PROGRESS["BISECT_LOG"]
    assert mark in rows["look"] and give_up in rows["look"]
    sh(f"{mark.split(' or ')[1]}; {give_up}", path)
    settle(path)


def test_an_unfinished_am_ends_as_the_words_say(scene):
    path = scene("git format-patch -q -1 -o .. side; refused git am ../0001-Side.patch")
    look = rows_of(lambda: settle(path))["look"]
    sh(look.partition(", or ")[2], path)
    settle(path)


@pytest.mark.parametrize("command", ["cherry-pick", "revert"])
def test_a_row_of_commits_is_half_done_between_two_of_them(scene, command):
    row = "side main~1" if command == "cherry-pick" else "main~1 main"
    path = scene(f"refused git {command} {row}; echo x > a.py; git commit -qam x")
    assert f"{command} currently in progress" in sh("git status", path).lower()
    assert f"a {command}" in rows_of(lambda: settle(path))["got"]


@pytest.mark.parametrize(("script", "got", "changes"), CONFLICTS.values(), ids=CONFLICTS)
def test_a_conflict_is_told_with_its_files(scene, script, got, changes):
    path = scene(script)
    state = Repo(path).state
    files = [change[3:] for change in changes]
    assert [change for change in state.changes if change[3:] in files] == changes
    assert state.in_conflict == files
    rows = rows_of(lambda: settle(path))
    assert got in rows["got"]
    assert rows["got"].endswith(f"git still waits for an answer in {', '.join(files)}")
    assert rows["look"].startswith("git status")


@pytest.mark.parametrize(("script", "got"), NO_REPOSITORY.values(), ids=NO_REPOSITORY)
def test_no_repository(scene, script, got):
    path = scene(script)
    rows = rows_of(lambda: Repo(path))
    assert rows["expected"] == "a git repository in repo/"
    assert got in rows["got"]
    assert rows["look"].startswith(RESET)
    assert str(path.parent) not in str(rows)


@pytest.mark.parametrize(("script", "got"), REFUSED.values(), ids=REFUSED)
def test_what_git_refuses_is_told_in_its_words(scene, script, got):
    path = scene(script)
    rows = rows_of(lambda: settle(path))
    assert rows["expected"] == "a repository that git status can read"
    assert got in rows["got"]
    assert rows["look"] == "git status"


@pytest.mark.parametrize(("script", "got", "look"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_head_is_not_on_main(scene, script, got, look):
    path = scene(script)
    rows = rows_of(lambda: settle(path))
    assert got in rows["got"]
    assert rows["look"].startswith(look)


@pytest.mark.parametrize(("script", "subjects"), SOUND.values(), ids=SOUND)
def test_all_is_well(scene, script, subjects):
    path = scene(script)
    repo = Repo(path)
    repo.settled()
    commits = repo.commits("refs/heads/main")
    assert [commit.subject for commit in commits] == subjects
    assert repo.state.tip == repo.oid("refs/heads/main") == commits[0].oid
    assert repo.branch() == "main" and "main" in repo.branches()
    assert repo.text(commits[0].oid, "a.py") == "three\n"
    names = sh("git ls-tree -r -z --name-only refs/heads/main", path).split("\0")
    assert sorted(repo.files(commits[0].oid)) == sorted(name for name in names if name)


@pytest.mark.parametrize("script", EVERY.values(), ids=EVERY)
def test_whatever_the_state_a_check_gets_an_answer_or_words(scene, script):
    path = scene(script)
    repo = Repo(path)
    for name, ask, kind in questions(repo):
        try:
            answer = ask()
        except NotYet as refusal:
            rows = dict(refusal.rows)
            assert rows["expected"] and rows["got"], name
            assert str(path.parent) not in str(rows), name
        else:
            assert isinstance(answer, kind), name


def questions(repo: Repo) -> list[tuple[str, Callable[[], object], type | tuple[type, ...]]]:
    """All that checks ask, and what kind of answer each takes."""
    maybe, nothing = (str, type(None)), type(None)
    return [
        ("state", lambda: repo.state, State),
        ("in_conflict", lambda: repo.state.in_conflict, list),
        ("dirty", repo.dirty, list),
        ("operation", repo.operation, maybe),
        ("branch", repo.branch, maybe),
        ("branches", repo.branches, list),
        ("oid", lambda: repo.oid("HEAD"), maybe),
        ("read", lambda: repo.read("HEAD^{tree}"), (tuple, nothing)),
        ("commits", lambda: repo.commits("HEAD"), list),
        ("commits of all", lambda: repo.commits("--all"), list),
        ("files", lambda: repo.files("HEAD"), dict),
        ("changed", lambda: repo.changed("HEAD"), list),
        ("text", lambda: repo.text("HEAD", "a.py"), maybe),
        ("marked", repo.marked, list),
        ("reflog", lambda: repo.reflog("HEAD"), list),
        ("is_ancestor", lambda: repo.is_ancestor("HEAD~1", "HEAD"), bool),
        ("patch_id", lambda: repo.patch_id("HEAD"), str),
        ("patch_ids", lambda: repo.patch_ids(["0" * 40, "junk"]), dict),
        ("keeps", lambda: repo.keeps("1" * 40, "a commit"), nothing),
        ("settled", repo.settled, nothing),
    ]


def test_a_branch_of_another_name_may_be_the_right_one(scene):
    repo = Repo(scene("git switch -q side"))
    repo.settled("side")
    assert rows_of(lambda: repo.settled("main"))["look"] == "git switch main"


# Questions one by one.


def test_state_lists_changes_as_git_status_does(scene):
    path = scene("""
        echo new > a.py; git rm -q README.md; git mv "docs/b c.md" moved.md
        mkdir new; touch "new/x y" 'new/x
y'; echo staged > s.py; git add s.py; echo more >> s.py
    """)
    state = Repo(path).state
    assert set(state.changes) == {
        " M a.py",
        "D  README.md",
        "D  docs/b c.md",
        "A  moved.md",
        "AM s.py",
        "?? new/x y",
        "?? new/x\ny",
    }
    assert state.branch == "main" and state.in_conflict == []
    assert Repo(path).dirty() == list(state.changes)


def test_state_is_kept_for_the_run(scene):
    path = scene("")
    repo = Repo(path)
    assert repo.state.changes == ()
    (path / "late.py").write_text("")
    assert repo.state.changes == ()
    assert Repo(path).state.changes == ("?? late.py",)


def test_reading_changes_nothing_in_the_repository(scene):
    path = scene("git config core.fsmonitor 'touch ../ran; false'; git config core.untrackedCache true")
    for file in path.glob("*.*"):
        os.utime(file, (1, 1))
    before = contents(path)
    repo = Repo(path)
    for _, ask, _ in questions(repo):
        with contextlib.suppress(NotYet):
            ask()
    assert contents(path) == before
    assert not (path.parent / "ran").exists(), "a program that the settings name has run"


def contents(folder: Path) -> dict[str, str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file): f"{file.stat().st_mtime_ns} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files}


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder to somebody else")
def test_a_repository_of_another_owner_is_read(scene):
    path = scene("")
    for file in [path, *path.rglob("*")]:
        os.chown(file, 65534, 65534)
    env = {"PATH": os.environ["PATH"], **SETTINGS}
    refused = subprocess.run(["git", "status"], cwd=path, env=env, capture_output=True, check=False)
    assert refused.returncode, "git itself does not mind here, so this proves nothing"
    settle(path)
    assert Repo(path).patch_id("HEAD")


def test_read_tells_hash_kind_and_content(scene):
    path = scene("git tag -a -m t note main")
    repo = Repo(path)
    blob = sh("git rev-parse main:a.py", path)
    assert repo.read("main:a.py") == (blob, "blob", b"three\n")
    assert repo.read(blob) == (blob, "blob", b"three\n")
    kinds = [(repo.read(name) or ("", "none"))[1] for name in ("main", "main^{tree}", "note", "main:docs")]
    assert kinds == ["commit", "tree", "tag", "tree"]


@pytest.mark.parametrize("name", ["no-such", "main:no.py", "", " ", "f" * 40, "main\nmain", "main~99", "a"])
def test_read_what_is_not_there_and_go_on(scene, name):
    repo = Repo(scene(""))
    assert repo.read(name) is None
    assert repo.text("main", "a.py") == "three\n"


def test_a_broken_object_hides_no_other(scene):
    repo = Repo(scene("f=$(git rev-parse main:a.py | sed 's,..,.git/objects/&/,'); chmod u+w $f; echo junk > $f"))
    assert repo.text("main", "a.py") is None
    assert repo.text("main", "README.md") == "# A\n"
    assert repo.text("main~1", "a.py") == "two\n"


def test_oid_is_that_of_a_commit(scene):
    path = scene("git tag -a -m t note main~1")
    repo = Repo(path)
    assert repo.oid("note") == repo.oid("main~1") == sh("git rev-parse main~1", path)
    assert repo.oid("main:a.py") is None
    assert repo.oid("no-such") is None


def test_text_is_that_of_a_file_in_a_commit(scene):
    path = scene("""
        printf 'a\\r\\nb' > crlf; printf 'caf\\351' > latin; ln -s a.py link; git add .; git commit -qm x
        echo later > a.py
    """)
    repo = Repo(path)
    assert repo.text("main", "a.py") == "three\n"
    assert repo.text("side", "a.py") == "side\n"
    assert repo.text("main", "docs/b c.md") == "b\n"
    assert repo.text("main", "crlf") == "a\r\nb"
    assert repo.text("main", "latin") == "caf\\xe9"
    assert repo.text("main", "link") == "a.py"
    for rev, name in [("main", "docs"), ("main", "no.py"), ("no-such", "a.py"), ("main", "../a.py")]:
        assert repo.text(rev, name) is None


def test_files_are_the_whole_tree(scene):
    path = scene("mkdir -p d/e; echo f > d/e/f; ln -s nowhere link; git add .; git commit -qm x; touch g")
    repo = Repo(path)
    expected = dict(line.split("\t")[::-1] for line in sh("git ls-tree -r main", path).splitlines())
    assert repo.files("main") == {name: row.split()[2] for name, row in expected.items()}
    assert sorted(repo.files("main~1")) == ["README.md", "a.py", "docs/b c.md"]
    assert repo.files("no-such") == {}


def test_changed_compares_with_the_first_parent(scene):
    path = scene("""
        git mv a.py b.py; echo x >> README.md; git commit -qam Move
        git merge -q --strategy ours -m Ours side
        git commit -q --allow-empty -m Empty
        git rm -q README.md; git commit -qm Remove
    """)
    repo = Repo(path)
    assert repo.changed("HEAD") == ["README.md"]
    assert repo.changed("HEAD~1") == []
    assert repo.changed("HEAD~2") == []
    assert repo.changed("HEAD~3") == ["README.md", "a.py", "b.py"]
    assert repo.changed("side") == ["a.py"]
    assert repo.changed("side~1") == ["README.md", "a.py", "docs/b c.md"]


def test_commits_tell_everything_checks_compare(tmp_path):
    made = Builder(tmp_path / "repo")
    first = made.commit("Café\n\nLong, in two\nlines.", {"a.py": "1\n"}, author="Zoë <zoe@example.com>")
    second = made.commit("Next", {"a.py": "2\n"})
    repo = Repo(made.path)
    newest, oldest = repo.commits("main")
    assert (newest.oid, newest.parents, newest.subject, newest.author_date) == (second, (first,), "Next", made.now)
    assert (oldest.oid, oldest.parents, oldest.subject) == (first, (), "Café")
    assert oldest.message == "Café\n\nLong, in two\nlines.\n"
    assert oldest.author == "Zoë <zoe@example.com>"
    assert oldest.tree == made.run("rev-parse", f"{first}^{{tree}}")
    assert str(newest) == f'"Next" ({second[:7]})'


def test_commits_lists_what_git_log_does(scene):
    path = scene("git merge -q --strategy ours -m Both side")
    repo = Repo(path)

    def subjects(*revs: str) -> list[str]:
        return [commit.subject for commit in repo.commits(*revs)]

    assert sorted(subjects("main")) == ["Begin", "Both", "Second", "Side", "Third"]
    assert subjects("--first-parent", "main") == ["Both", "Third", "Second", "Begin"]
    assert subjects("main~3..main~1") == ["Third", "Second"]
    assert subjects("main", "^main") == []
    assert repo.commits("main")[0].parents == (repo.oid("main~1"), repo.oid("side"))
    rows = rows_of(lambda: repo.commits("no-such"))
    assert rows["expected"] == "a repository that git log can read"
    assert "no-such" in rows["got"]


def test_run_and_ask_differ_in_how_they_take_a_no(scene):
    path = scene("")
    repo = Repo(path)
    assert repo.run("rev-parse", "main") == f"{repo.oid('main')}\n"
    assert repo.ask("rev-parse", "main") == repo.oid("main")
    assert repo.ask("rev-parse", "--verify", "no-such") is None
    rows = rows_of(lambda: repo.run("rev-parse", "--verify", "no-such"))
    assert rows["got"].startswith("fatal: ")


def test_branches_are_the_local_ones(scene):
    repo = Repo(scene("git branch deep/er; git tag v1; git update-ref refs/remotes/origin/far main"))
    assert repo.branches() == ["deep/er", "main", "side"]


def test_reflog_tells_where_a_branch_has_been_oldest_first(scene):
    path = scene("git reset -q --hard HEAD~1; git commit -q --allow-empty -m New")
    repo = Repo(path)
    new, third = repo.oid("main"), sh("git rev-parse main@{2}", path)
    base, second = repo.oid("main~2"), repo.oid("main~1")
    assert repo.reflog("main") == repo.reflog("refs/heads/main") == [base, second, third, second, new]


@pytest.mark.parametrize("script", ["rm -r .git/logs", "git reflog expire --expire=all --all"])
def test_reflog_is_empty_where_nothing_was_kept(scene, script):
    repo = Repo(scene(script))
    assert repo.reflog("main") == []
    assert repo.reflog("no-such") == []


def test_is_ancestor(scene):
    repo = Repo(scene(""))
    assert repo.is_ancestor("main~1", "main")
    assert repo.is_ancestor("main", "main")
    assert not repo.is_ancestor("main", "main~1")
    assert not repo.is_ancestor("side", "main")
    assert not repo.is_ancestor("f" * 40, "main")
    assert not repo.is_ancestor("main", "no-such")


def test_keeps_tells_left_out_from_gone(scene):
    repo = Repo(scene("git tag main side"))
    for rev in ("refs/heads/main", "refs/heads/main~2"):
        repo.keeps(repo.oid(rev) or "", "the commit")
    side = repo.oid("side") or ""
    repo.keeps(side, "Ana's commit", branch="side")
    left_out = rows_of(lambda: repo.keeps(side, "Ana's commit", means="a reset leaves commits out"))
    assert left_out["expected"] == f"Ana's commit ({side[:7]}) in the history of main"
    assert left_out["got"] == "it is not part of main any more"
    assert left_out["means"] == "a reset leaves commits out"
    assert left_out["look"].startswith("git reflog main")
    gone = rows_of(lambda: repo.keeps("f" * 40, "Ana's commit"))
    assert gone["got"] == "this repository does not hold it at all"
    assert gone["look"].startswith(RESET)


# What a commit does, whatever its hash.


@pytest.fixture
def forked(tmp_path: Path) -> Builder:
    """A repository where main and side each change another end of one file."""
    made = Builder(tmp_path / "repo")
    base = made.commit("Begin", {"a.py": "".join(LINES)})
    made.history([Draft("Top", {"a.py": "".join(["new\n", "newer\n", *LINES])})], start=base)
    made.history([Draft("End", {"a.py": "".join([*LINES, "end\n"])})], branch="side", start=base)
    made.run("reset", "--quiet", "--hard")
    return made


@pytest.mark.parametrize("command", ["rebase --quiet main side", "cherry-pick --allow-empty side"])
def test_patch_id_is_unchanged_by_a_move(forked, command):
    before = Repo(forked.path)
    oid, patch = before.oid("side"), before.patch_id("side")
    sh(f"git {command}; git commit -q --amend -m 'Other words' --author 'X <x@example.com>'", forked.path)
    after = Repo(forked.path)
    assert after.oid("HEAD") != oid
    assert after.changed("HEAD") == ["a.py"]
    assert len(patch) == 40
    assert after.patch_id("HEAD") == patch == forked.patch_id("HEAD")


def test_patch_ids_tell_changes_apart(forked):
    made = forked
    made.commit("Same again, and a file more", {"b.py": "".join([*LINES, "end\n"]), "c.py": "c\n"})
    repo = Repo(made.path)
    oids = [commit.oid for commit in repo.commits("--all")]
    found = repo.patch_ids(oids)
    assert sorted(found) == sorted(oids)
    assert len(set(found.values())) == len(oids) == 4
    assert found == {oid: repo.patch_id(oid) for oid in oids} == {oid: made.patch_id(oid) for oid in oids}


def test_patch_ids_of_what_has_no_patch(forked):
    sh("git merge -q --no-edit side; git commit -q --allow-empty -m Empty", forked.path)
    repo = Repo(forked.path)
    assert len(repo.commits("main")) == 5
    assert repo.patch_id("HEAD") == repo.patch_id("HEAD~1") == repo.patch_id("no-such") == ""
    assert repo.patch_ids(["no-such", repo.oid("HEAD"), repo.oid("side")]) == {
        repo.oid("side"): repo.patch_id("side"),
    }
    assert repo.patch_ids([]) == {}


def test_patch_ids_do_not_follow_settings(forked):
    before = Repo(forked.path).patch_id("side")
    settings = {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.context": "0",
        "diff.interHunkContext": "9",
        "diff.algorithm": "patience",
        "diff.renames": "copies",
        "diff.external": "false",
        "diff.suppressBlankEmpty": "true",
        "diff.shout.textconv": "tr a-z A-Z <",
        "diff.shout.command": "false",
        "color.ui": "always",
        "core.abbrev": "4",
        "patchid.stable": "false",
    }
    for name, value in settings.items():
        forked.run("config", name, value)
    (forked.path / ".git/info/attributes").write_text("*.py diff=shout\n")
    forked.run("replace", "side~1", "main")
    assert "NEWER" in forked.run("diff", "--no-ext-diff", "main", "side"), "these settings change no diff"
    assert Repo(forked.path).patch_id("side") == before


# Conflict markers.

WHOLE = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> side\n"
MARKED = {
    "a whole conflict": ("a.py", WHOLE, [1, 3, 5]),
    "as diff3 writes it": ("a.py", WHOLE.replace("=======", "||||||| 1234567\nbase\n======="), [1, 3, 5, 7]),
    "only the first": ("a.py", "x\n<<<<<<< HEAD\ny\n", [2]),
    "only the middle": ("a.py", "x = 1\n=======\ny = 2\n", [2]),
    "only the last": ("a.py", "x\n>>>>>>> 1234567 (Say more)\n", [2]),
    "without a name": ("a.py", "<<<<<<<\n>>>>>>>\n|||||||\n", [1, 2, 3]),
    "without a line end": ("a.py", "x\n=======", [2]),
    "line ends of another system": ("a.py", WHOLE.replace("\n", "\r\n"), [1, 3, 5]),
    "in a folder": ("d/e f/a.py", ">>>>>>> side\n", [1]),
    "in text that is not UTF-8": ("a.py", "caf\udce9\n<<<<<<< HEAD\n", [2]),
    "in prose": ("notes.md", WHOLE, [1, 5]),
    "underlined heading": ("notes.md", "Heading\n=======\n", []),
    "underlined in reStructuredText": ("notes.rst", "Heading\n=======\n", []),
    "underlined in plain text": ("notes.txt", "Heading\n=======\n", []),
    "six": ("a.py", "<<<<<< HEAD\n======\n>>>>>> side\n||||||\n", []),
    "eight": ("a.py", "<<<<<<<< HEAD\n========\n>>>>>>>> side\n||||||||\n", []),
    "indented": ("a.py", " <<<<<<< HEAD\n =======\n\t>>>>>>> side\n", []),
    "behind other text": ("a.py", "# <<<<<<< HEAD\nx  # =======\n", []),
    "a heading in a comment": ("a.py", "# =======\n======= x\n", []),
    "no blank behind": ("a.py", "<<<<<<<HEAD\n>>>>>>>side\n", []),
    "no file at all": ("empty", "", []),
}


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is marked in one commit that holds all of MARKED, each in a folder of its own."""
    made = Builder(tmp_path_factory.mktemp("marked") / "repo")
    for case, (name, text, _) in MARKED.items():
        made.write(f"{case}/{name}", "").write_bytes(text.encode("utf-8", "surrogateescape"))
    made.commit("Mark")
    return Repo(made.path).marked()


@pytest.mark.parametrize("case", MARKED)
def test_marked(marked, case):
    name, _, lines = MARKED[case]
    assert [row for row in marked if row.startswith(f"{case}/")] == [f"{case}/{name}:{line}" for line in lines]


def test_marked_reads_the_commit_not_the_folder(tmp_path):
    made = Builder(tmp_path / "repo")
    made.commit("Begin", {"a.py": "x = 1\n"})
    made.commit("Mark", {"a.py": WHOLE})
    made.commit("Clean", {"a.py": "x = 2\n"})
    made.write("a.py", WHOLE)
    repo = Repo(made.path)
    assert (repo.marked(), repo.marked("HEAD~2"), repo.marked("no-such")) == ([], [], [])
    assert repo.marked("HEAD~1") == ["a.py:1", "a.py:3", "a.py:5"]


def test_marked_finds_what_git_wrote(scene):
    path = scene("git config merge.conflictStyle zdiff3; refused git merge side; git commit -qam Careless")
    assert Repo(path).marked() == ["a.py:1", "a.py:3", "a.py:5", "a.py:7"]


# Files of a commit, written out.


def test_export_writes_the_files_of_a_commit(scene, tmp_path):
    path = scene("chmod +x a.py; ln -s a.py link; git add .; git commit -qm x; echo later > a.py; touch late")
    repo = Repo(path)
    folder = repo.export("HEAD", tmp_path / "deep" / "out")
    assert sorted(file.name for file in folder.iterdir()) == ["README.md", "a.py", "docs", "link"]
    assert (folder / "a.py").read_text() == "three\n"
    assert os.access(folder / "a.py", os.X_OK)
    assert os.readlink(folder / "link") == "a.py"
    assert (repo.export("main~3", tmp_path / "old") / "a.py").read_text() == "one\n"


@pytest.mark.parametrize("script", ["", "for f in .git/objects/??/*; do chmod u+w $f; echo junk > $f; done"])
def test_export_of_what_cannot_be_read_ends_in_words(scene, tmp_path, script):
    repo = Repo(scene(script))
    with pytest.raises(CouldNotRun) as caught:
        repo.export("HEAD" if script else "no-such", tmp_path / "out")
    assert dict(caught.value.rows)["got"].startswith(("fatal: ", "error: "))


def test_export_from_a_bare_repository(tmp_path):
    made = Builder(tmp_path / "upstream.git", bare=True)
    made.history([Draft("Begin", {"a.py": "a\n", "d/b c.py": "b\n"})])
    folder = Repo(made.path).export("main", tmp_path / "out")
    assert sorted(str(file.relative_to(folder)) for file in folder.rglob("*.py")) == ["a.py", "d/b c.py"]


def test_export_leaves_nothing_beside(scene, tmp_path):
    path = scene("echo later > late.py; git add late.py")
    before = contents(path)
    Repo(path).export("HEAD", tmp_path / "deep" / "out")
    assert [each.name for each in (tmp_path / "deep").iterdir()] == ["out"]
    assert contents(path) == before


def test_export_of_a_commit_with_a_date_out_of_range(scene, tmp_path):
    repo = Repo(scene(SOUND["no author, dates out of range"][0]))
    assert (repo.export("HEAD", tmp_path / "out") / "a.py").read_text() == "three\n"
