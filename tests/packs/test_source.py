"""Where a pack comes from, as a person writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from runner.errors import UsageError
from runner.packs.source import Source, read
from tests.packs import make_pack, put

REMOTE = {
    "https://example.org/shop.git": ("https://example.org/shop.git", ""),
    "https://example.org/shop.git@v2": ("https://example.org/shop.git", "v2"),
    "https://ana@example.org/shop.git": ("https://ana@example.org/shop.git", ""),
    "https://ana:word@example.org/shop.git@feature/x": ("https://ana:word@example.org/shop.git", "feature/x"),
    "ssh://git@example.org/shop@v1": ("ssh://git@example.org/shop", "v1"),
    "git@example.org:team/shop.git": ("git@example.org:team/shop.git", ""),
    "git@example.org:team/shop.git@v1.0": ("git@example.org:team/shop.git", "v1.0"),
    "file:///srv/shop@main": ("file:///srv/shop", "main"),
}


@pytest.mark.parametrize("text", REMOTE)
def test_remote_repositories(text: str, tmp_path: Path):
    address, revision = REMOTE[text]
    assert read(text, tmp_path) == Source("git", address, revision)


def test_folders_archives_and_local_repositories(tmp_path: Path):
    pack = make_pack(tmp_path / "a@b" / "shop")
    archive = put(tmp_path / "shop.zip", "")
    assert read("a@b/shop", tmp_path) == Source("folder", str(pack))
    assert read("a@b/shop@v1", tmp_path) == Source("git", str(pack), "v1")
    assert read("a@b/shop@team@x", tmp_path) == Source("git", str(pack), "team@x")
    assert read("shop.zip", tmp_path) == Source("archive", str(archive))
    assert read("builtin", tmp_path) == Source("folder", "builtin")


REFUSED = {
    "nothing": "There is no pack of that name.",
    "nothing@v1": "There is no pack of that name.",
    "empty": "That is no pack.",
    "shop.zip@v1": "An archive has no revisions.",
    "http://example.org/shop.git": "Packs are not fetched by http://",
    "git://example.org/shop.git": "Packs are not fetched by git://",
    "ext::sh -c whoami": "There is no pack of that name.",
    "ext://sh": "Packs are not fetched by ext://",
    "https://example.org/shop-1.tar.gz": "has to be fetched first",
    "--upload-pack=touch x": "There is no pack of that name.",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_source(text: str, tmp_path: Path):
    put(tmp_path / "shop.zip", "")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError) as caught:
        read(text, tmp_path)
    assert REFUSED[text] in str(caught.value)
    assert "next" in str(caught.value)


def test_a_password_is_not_shown():
    assert str(Source("git", "https://ana:word@example.org/shop.git", "v1")) == "https://example.org/shop.git@v1"
