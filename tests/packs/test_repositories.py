"""Packs from git repositories: the revision that was asked for, and nothing of the repository that runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.errors import LearnError, PackError, UsageError
from runner.packs.content import digest
from runner.packs.source import Source
from runner.packs.store import gathered
from tests.packs import add_exercise, put
from tests.repositories import commit, git


def taken(root: Path, revision: str, tmp_path: Path) -> tuple[str, str, str]:
    """The content's hash, the commit and what the revision is."""
    with gathered(tmp_path / "store", Source("git", str(root), revision)) as found:
        assert found.commit
        assert digest(found.root) == found.sha256
        return found.sha256, found.commit.oid, found.commit.named


def test_branches_tags_and_commits(pack_root: Path, tmp_path: Path):
    sha256 = digest(pack_root)
    first = commit(pack_root, tag="v1")
    git(pack_root, "tag", "--annotate", "--message", "One", "v1-annotated")
    add_exercise(pack_root, "start/triple")
    second = commit(pack_root)
    assert taken(pack_root, "v1", tmp_path) == (sha256, first, "tag")
    assert taken(pack_root, "v1-annotated", tmp_path) == (sha256, first, "tag")
    assert taken(pack_root, first, tmp_path) == (sha256, first, "commit")
    assert taken(pack_root, first[:9], tmp_path) == (sha256, first, "commit")
    for revision in ("", "HEAD", "main", "heads/main"):
        assert taken(pack_root, revision, tmp_path)[1:] == (second, "branch")


def test_a_bare_repository_by_an_address(pack_root: Path, tmp_path: Path):
    first = commit(pack_root)
    git(tmp_path, "clone", "--quiet", "--bare", str(pack_root), "bare.git")
    with gathered(tmp_path / "store", Source("git", f"file://{tmp_path}/bare.git")) as found:
        assert found.commit
        assert found.commit.oid == first


def test_only_the_pack_is_taken(pack_root: Path, tmp_path: Path):
    put(pack_root / "src" / "big.txt", "x")
    put(pack_root / "LICENSE", "free")
    (pack_root / "src" / "link").symlink_to("/etc/passwd")
    commit(pack_root)
    with gathered(tmp_path / "store", Source("git", str(pack_root))) as found:
        assert sorted(os.listdir(found.root)) == ["LICENSE", "exercises", "pack.toml", "solutions"]


def linked(root: Path) -> None:
    (root / "exercises" / "link").symlink_to("/etc/passwd")


def submodule(root: Path) -> None:
    oid = commit(root)
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{oid},exercises/sub")


def large(root: Path) -> None:
    put(root / "exercises" / "a.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")


def other_case(root: Path) -> None:
    put(root / "exercises" / "a.txt", "1")
    put(root / "exercises" / "A.txt", "2")


def no_pack(root: Path) -> None:
    (root / "pack.toml").unlink()


HOSTILE: dict[str, tuple[str, Callable[[Path], None]]] = {
    "link": ("exercises/link: found a link", linked),
    "submodule": ("exercises/sub: found a submodule", submodule),
    "large file": ("kept in Git LFS", large),
    "other case": ("in case or accents alone", other_case),
    "no pack": ("pack.toml: found no such file", no_pack),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_not_taken(name: str, pack_root: Path, tmp_path: Path):
    words, change = HOSTILE[name]
    change(pack_root)
    if name == "submodule":
        git(pack_root, "commit", "--quiet", "--message", "A submodule")
    else:
        commit(pack_root)
    with pytest.raises(PackError) as caught:
        taken(pack_root, "", tmp_path)
    assert words in str(caught.value)
    assert os.listdir(tmp_path / "store") == []


@pytest.mark.parametrize("name", ["..", ".git", ".GIT"])
def test_trees_that_git_would_not_make(name: str, pack_root: Path, tmp_path: Path):
    commit(pack_root)
    blob = git(pack_root, "hash-object", "-w", "--stdin", stdin=b"[core]\n")
    inner = git(pack_root, "mktree", stdin=f"100644 blob {blob}\tconfig\n".encode())
    raw = b"40000 " + name.encode() + b"\0" + bytes.fromhex(inner)
    odd = git(pack_root, "hash-object", "-w", "-t", "tree", "--literally", "--stdin", stdin=raw)
    manifest = git(pack_root, "rev-parse", "HEAD:pack.toml")
    rows = f"040000 tree {odd}\texercises\n100644 blob {manifest}\tpack.toml\n"
    tree = git(pack_root, "mktree", stdin=rows.encode())
    git(pack_root, "update-ref", "refs/heads/main", git(pack_root, "commit-tree", "-m", "Odd", tree))
    with pytest.raises(PackError) as caught:
        taken(pack_root, "main", tmp_path)
    assert "climbs out" in str(caught.value) or "a .git" in str(caught.value)


def test_files_without_end(pack_root: Path, tmp_path: Path):
    """A few kilobytes that name ten thousand million files: the list is left at the limit."""
    commit(pack_root)
    manifest = git(pack_root, "rev-parse", "HEAD:pack.toml")
    rows = "".join(f"100644 blob {manifest}\t{number}\n" for number in range(10))
    for _ in range(9):
        tree = git(pack_root, "mktree", stdin=rows.encode())
        rows = "".join(f"040000 tree {tree}\t{number}\n" for number in range(10))
    top = git(pack_root, "mktree", stdin=f"040000 tree {tree}\texercises\n100644 blob {manifest}\tpack.toml\n".encode())
    git(pack_root, "update-ref", "refs/heads/main", git(pack_root, "commit-tree", "-m", "Many", top))
    with pytest.raises(PackError) as caught:
        taken(pack_root, "main", tmp_path)
    assert "more than 100,000 files" in str(caught.value)


def test_nothing_of_the_repository_runs(pack_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Hooks, filters, a watcher of files and what a person's git would take from its environment: none of it."""
    proof = tmp_path / "it-ran"
    script = put(tmp_path / "evil.sh", f"#!/bin/sh\ntouch {proof}\ncat\n")
    script.chmod(0o755)
    put(pack_root / ".gitattributes", "* filter=evil text eol=crlf\n")
    put(pack_root / "exercises" / ".gitattributes", "* filter=evil export-subst\n")
    commit(pack_root, tag="v1")
    before = digest(pack_root / "exercises")
    for key in ("filter.evil.smudge", "filter.evil.clean", "core.fsmonitor", "uploadpack.packObjectsHook"):
        git(pack_root, "config", key, str(script))
    for hook in ("post-checkout", "post-update", "pre-receive", "post-index-change", "reference-transaction"):
        put(pack_root / ".git" / "hooks" / hook, script.read_text()).chmod(0o755)
    proof.unlink(missing_ok=True)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.hooksPath")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(pack_root / ".git" / "hooks"))
    with gathered(tmp_path / "store", Source("git", str(pack_root), "v1")) as found:
        assert digest(found.root / "exercises") == before, "byte for byte what was committed"
    assert not proof.exists()


REFUSED = {
    "v9": "no revision v9",
    "deadbeef": "no revision deadbeef",
    "--upload-pack=touch x": "no revision --upload-pack",
    "both": "is a tag and a branch",
    "main:pack.toml": "no revision main:pack.toml",
}


@pytest.mark.parametrize("revision", REFUSED)
def test_revisions_that_are_none(revision: str, pack_root: Path, tmp_path: Path):
    commit(pack_root, tag="both")
    git(pack_root, "branch", "both")
    with pytest.raises(UsageError) as caught:
        taken(pack_root, revision, tmp_path)
    assert REFUSED[revision] in str(caught.value)
    assert "next" in str(caught.value)


def test_a_branch_with_the_name_of_a_commit(pack_root: Path, tmp_path: Path):
    first = commit(pack_root)
    add_exercise(pack_root, "start/triple")
    commit(pack_root)
    git(pack_root, "update-ref", f"refs/heads/{first}", "HEAD")
    assert taken(pack_root, first, tmp_path)[1:] == (first, "commit")


def test_repositories_that_cannot_be_read(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    for address in (str(tmp_path / "empty"), f"file://{tmp_path}/nowhere", "ext::sh -c 'touch it-ran'"):
        with pytest.raises(LearnError) as caught, gathered(tmp_path / "store", Source("git", address)):
            pass
        assert "The repository cannot be read." in str(caught.value)
    assert not (tmp_path / "it-ran").exists()
    assert os.listdir(tmp_path / "store") == []
