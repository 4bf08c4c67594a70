"""Packs and exercises made from templates: whole, refused in words, and with nothing of the author's disturbed."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest

from runner.authoring.gates import check_pack
from runner.authoring.kinds import KINDS
from runner.authoring.new import FIRST, TEMPLATES, Wanted, new_exercise, new_pack
from runner.authoring.order import entered
from runner.errors import UsageError
from runner.packs.load import load
from tests.conftest import absent
from tests.packs import put

HEAD = """# my own words
format = 1
name = "tiny"        # short
title = "Tiny"

[[phases]]
id = "1-basics"
title = "Basics"
{topics}
[[phases]]           # the last one
id = "2-more"
title = "More"
"""

TOPIC = """
[[phases.topics]]
id = "text"
title = "Text"
order = [
    # begin with these
    "shout",  # the first
    "whisper"
    # more to come
]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new pack."""
    return new_pack(tmp_path / "my-pack")


def everything(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_new_pack_is_whole(root: Path) -> None:
    pack = load(root)
    assert (pack.name, pack.manifest.title, list(pack.exercises)) == ("my-pack", "My pack", [FIRST])
    for name in (".gitignore", ".gitlab-ci.yml", ".github/workflows/check.yml"):
        assert (root / name).is_file()
    for name in (".gitlab-ci.yml", ".github/workflows/check.yml", "README.md"):
        assert "learn pack check" in (root / name).read_text()
    assert not [name for name in everything(root) if ".j2" in name or ".new-" in name]


def test_an_empty_repository_becomes_a_pack(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path / "cloned"], check=True)
    assert list(load(new_pack(tmp_path / "cloned", 'Title: "quoted" \\ Ünï')).exercises) == [FIRST]
    assert load(tmp_path / "cloned").manifest.title == 'Title: "quoted" \\ Ünï'


@pytest.mark.parametrize("name", ["My Pack", "a--b", "-a", "ä", "a_b", "roadmap", "..", "a\nb"])
def test_a_name_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        new_pack(tmp_path / name)
    assert name in str(caught.value) or name == ".."
    assert list(tmp_path.iterdir()) == []


def test_the_advice_is_a_name_that_can_be(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="learn pack new my-new-pack"):
        new_pack(tmp_path / "My new_Pack!")


def test_nothing_is_laid_over_what_is_there(tmp_path: Path) -> None:
    put(tmp_path / "here" / "notes.txt", "mine")
    for folder in (tmp_path / "here", tmp_path / "here" / "notes.txt"):
        with pytest.raises(UsageError):
            new_pack(folder.with_name(folder.name))
    assert everything(tmp_path) == {"here/notes.txt": b"mine"}


@pytest.mark.parametrize("title", ["x" * 61, "two\nlines", "\x1b[2J"])
def test_a_title_that_cannot_be(tmp_path: Path, title: str) -> None:
    with pytest.raises(UsageError, match="cannot be a title"):
        new_pack(tmp_path / "pack", title)


def test_there_is_a_template_for_each_kind_and_no_other() -> None:
    assert {each.name for each in TEMPLATES.iterdir()} == {*KINDS, "pack"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_passes_every_gate(root: Path, kind: str) -> None:
    new_exercise(root, Wanted("more/second-one", kind, 'A "title" with \\ and Ünï'))
    report = check_pack(load(root), ["more/second-one"], [1, 2], 2)
    assert report.findings == []
    assert report.runs >= 7 or report.blocked
    if report.blocked:
        absent(str(report.blocked))


@pytest.mark.parametrize("language", ["python", "javascript"])
@pytest.mark.parametrize("kind", ["function", "program", "http"])
def test_an_exercise_in_one_language(root: Path, kind: str, language: str) -> None:
    folders = new_exercise(root, Wanted("more/one", kind, languages=(language,)))
    written = [
        path.suffix for folder in folders for path in folder.rglob("*") if path.is_file() and "checks" not in path.parts
    ]
    other = {"python": ".mjs", "javascript": ".py"}[language]
    assert written and other not in written
    assert [each.name for each in (folders[0] / "starter").iterdir()] == [language]
    brief = (folders[0] / "README.md").read_text(encoding="utf-8").partition("**Read.**")[0]
    assert {"python": "node", "javascript": "python"}[language] not in brief
    report = check_pack(load(root), ["more/one"], [1], 2)
    assert report.findings == []
    if report.blocked:
        absent(str(report.blocked))


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted("second", "shell"), "TOPIC/SLUG"),
        (Wanted("start/Second", "shell"), "small letters"),
        (Wanted("../x/y", "shell"), "TOPIC/SLUG"),
        (Wanted(FIRST, "shell"), "already"),
        (Wanted("start/second", "shell", languages=("python",)), "no language of its own"),
        (Wanted("start/second", "http", languages=("cobol",)), "python, javascript"),
        (Wanted("other/second", "shell", phase="9-none"), "1-basics"),
        (Wanted("start/second", "shell", phase="9-none"), "another phase"),
        (Wanted("start/second", "shell", "x" * 99), "cannot be a title"),
    ],
    ids=lambda value: value.id + str(value.languages) + value.phase if isinstance(value, Wanted) else "",
)
def test_what_cannot_be_made_is_refused_and_changes_nothing(root: Path, wanted: Wanted, words: str) -> None:
    before = everything(root)
    with pytest.raises(UsageError) as caught:
        new_exercise(root, wanted)
    assert words in str(caught.value)
    assert everything(root) == before


def test_what_lies_in_the_way_stays(root: Path) -> None:
    for part in ("exercises", "solutions"):
        put(root / part / "1-basics" / "start" / "second" / "notes.txt", "mine")
        before = everything(root)
        with pytest.raises(UsageError, match="lies there already"):
            new_exercise(root, Wanted("start/second", "shell"))
        assert everything(root) == before


def test_a_former_id_is_taken(root: Path) -> None:
    manifest = root / "exercises" / "1-basics" / FIRST / "exercise.toml"
    put(manifest, manifest.read_text().replace("format = 1\n", 'format = 1\nwas = ["start/cart"]\n'))
    with pytest.raises(UsageError, match="start/basket was called that before"):
        new_exercise(root, Wanted("start/cart", "shell"))


def test_outside_a_pack(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no pack here"):
        new_exercise(tmp_path, Wanted("a/b", "shell"))


def test_an_order_keeps_its_comments_and_layout() -> None:
    text = HEAD.format(topics=TOPIC)
    new = entered(text, "1-basics", "text", "cry")
    assert tomllib.loads(new)["phases"][0]["topics"][0]["order"] == ["shout", "whisper", "cry"]
    gone = [line for line in text.splitlines() if line not in new.splitlines()]
    assert gone in ([], ['    "whisper"']), "a comma may come behind the last one"
    assert "# the first" in new and "# more to come" in new


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('["a"]', '["a", "b"]'),
        ('["a",]', '["a", "b"]'),
        ('[\n  "a",\n]', '[\n  "a",\n  "b",\n]'),
        ('[\n"a"\n]', '[\n"a",\n"b",\n]'),
        ('[\n\t"a"  # one\n]', '[\n\t"a",  # one\n\t"b",\n]'),
    ],
)
def test_a_slug_is_added_in_the_style_of_the_others(before: str, after: str) -> None:
    text = HEAD.format(topics=f'[[phases.topics]]\nid = "t"\ntitle = "T"\norder = {before}\n')
    assert f"order = {after}\n" in entered(text, "1-basics", "t", "b")


@pytest.mark.parametrize("topics", [TOPIC, ""], ids=["behind others", "the first"])
@pytest.mark.parametrize("phase", ["1-basics", "2-more"])
def test_a_new_topic_comes_last_in_its_phase(topics: str, phase: str) -> None:
    text = HEAD.format(topics=topics)
    new = entered(text, phase, "shell", "count")
    (place,) = [each for each in tomllib.loads(new)["phases"] if each["id"] == phase]
    assert place["topics"][-1] == {"id": "shell", "title": "Shell", "order": ["count"]}
    assert not [line for line in text.splitlines() if line not in new.splitlines()]


def test_inline_tables_are_added_to() -> None:
    text = 'phases = [{id = "a", title = "A", topics = [{id = "t", title = "T", order = ["x"]}]}]  # dense\n'
    assert tomllib.loads(entered(text, "a", "t", "y"))["phases"][0]["topics"][0]["order"] == ["x", "y"]
    with pytest.raises(UsageError, match="enter the topic u with 'y' in its order by hand"):
        entered(text, "a", "u", "y")
