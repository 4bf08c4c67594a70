"""Every way in which a manifest can be wrong, each told with file, key, found and allowed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from runner.errors import Fault, PackError
from runner.packs.load import load
from tests.packs import PHASE, add_exercise, change, exercise_folder, put, read, toml

DOUBLE = f"exercises/{PHASE}/start/double/exercise.toml"
UPPER = f"exercises/{PHASE}/shell/upper/exercise.toml"


def faults_of(root: Path) -> list[Fault]:
    with pytest.raises(PackError) as caught:
        load(root)
    assert caught.value.exit_code == 4
    return caught.value.faults


def only_fault(root: Path) -> tuple[str, str, str, str]:
    faults = faults_of(root)
    assert len(faults) == 1, "\n".join(map(str, faults))
    return faults[0].file, faults[0].key, faults[0].found, faults[0].allowed


def test_a_good_pack_loads_in_teaching_order(pack_root: Path):
    pack = load(pack_root)
    assert list(pack.exercises) == ["start/double", "shell/upper", "git/one-commit"]
    double = pack.exercises["start/double"]
    assert double.languages == ("python", "javascript")
    assert [check.function for check in double.manifest.checks] == ["test_doubles", "test_doubles_zero"]
    assert double.manifest.timeout == 6.0
    assert pack.exercises["shell/upper"].languages == ("",)


# One wrong key in an exercise.toml: what is set, and the fault that it must give.
WRONG_VALUES: list[tuple[dict[str, Any], str, str, str]] = [
    ({"titel": "x"}, "titel", "a key that is not known", "title"),
    ({"title": None}, "title", "nothing", "required"),
    ({"title": 5}, "title", "5", "string"),
    ({"title": ""}, "title", '""', "empty"),
    ({"format": 2}, "format", "2", "1"),
    ({"format": "1"}, "format", '"1"', "1"),
    ({"stars": "3"}, "stars", '"3"', "integer"),
    ({"stars": True}, "stars", "true", "integer"),
    ({"stars": 1.5}, "stars", "1.5", "integer"),
    ({"stars": 5}, "stars", "5", "1 to 4"),
    ({"minutes": 0}, "minutes", "0", "1 to 2400"),
    ({"timeout": 0}, "timeout", "0", "1 to 600"),
    ({"timeout": 601}, "timeout", "601", "1 to 600"),
    ({"memory": 1}, "memory", "1", "64 to 8192"),
    ({"extra": "yes"}, "extra", '"yes"', "boolean"),
    ({"extra": 1}, "extra", "1", "boolean"),
    ({"isolation": "much"}, "isolation", '"much"', "'none', 'group', 'namespaces' or 'container'"),
    ({"hints": ["one", "two"]}, "hints", "2 hints", "3"),
    ({"hints": "look"}, "hints", '"look"', "array"),
    ({"links": []}, "links", "[]", "empty"),
    ({"checks": []}, "checks", "[]", "empty"),
    ({"checks": None}, "checks", "nothing", "required"),
    ({"engines": ["postgres"]}, "engines[0]", '"postgres"', "'rsync' or 'terraform'"),
    ({"languages": ["python", "rust"]}, "languages[1]", '"rust"', "'python' or 'javascript'"),
    ({"checks": [{"id": "doubles", "worth": 2}]}, "checks[0].worth", "a key that is not known", "points"),
    ({"checks": [{"points": 2}]}, "checks[0].id", "nothing", "required"),
    ({"checks": [{"id": "doubles", "points": 0}]}, "checks[0].points", "0", "1 to 100"),
    ({"checks": [{"id": "Doubles!"}]}, "checks[0].id", "'Doubles!'", "small letters"),
    ({"checks": [{"id": "doubles"}, {"id": "doubles"}]}, "checks[1].id", "'doubles' twice", "once"),
    ({"checks": [{"id": "doubles", "needs": ["later"]}, {"id": "later"}]}, "checks[0].needs", "'later'", "before"),
    ({"checks": [{"id": "doubles", "needs": ["doubles"]}]}, "checks[0].needs", "'doubles'", "before"),
    ({"checks": [{"id": "doubles", "stage": "2"}]}, "checks[0].stage", '"2"', "integer"),
    ({"checks": [{"id": "doubles", "stage": 2}]}, "checks[0].stage", "2", "no stages"),
    ({"checks": [{"id": "doubles", "stage": 0}]}, "checks[0].stage", "0", "no stages"),
    ({"stages": ["One", "Two"]}, "stages[1]", "no check", "stage = 2"),
    ({"stages": ["One", " "], "checks": [{"id": "a"}, {"id": "b", "stage": 2}]}, "stages[1]", "' '", "a title"),
    ({"stages": ["One"], "checks": [{"id": "a"}, {"id": "b", "stage": 2}]}, "checks[1].stage", "2", "from 1 to 1"),
    (
        {"stages": ["One", "Two"], "checks": [{"id": "a"}, {"id": "b", "stage": 2}, {"id": "c"}]},
        "checks[2].stage",
        "1 after 2",
        "order",
    ),
    ({"stages": "One"}, "stages", '"One"', "array"),
    ({"requires": ["start/nowhere"]}, "requires", "'start/nowhere'", "before"),
    ({"requires": ["shell/upper"]}, "requires", "'shell/upper'", "before"),
    ({"requires": ["start/double"]}, "requires", "'start/double'", "before"),
    ({"was": ["start/by-two"], "requires": ["start/by-two"]}, "requires", "which is called start/double now", "before"),
    ({"was": ["shell/upper"]}, "was", "'shell/upper'", "no exercise has now"),
    ({"was": ["older"]}, "was", "'older'", "topic/slug"),
]


@pytest.mark.parametrize(("keys", "key", "found", "allowed"), WRONG_VALUES, ids=map(str, range(len(WRONG_VALUES))))
def test_one_wrong_key_is_one_fault(pack_root: Path, keys: dict[str, Any], key: str, found: str, allowed: str):
    change(pack_root / DOUBLE, **keys)
    told = only_fault(pack_root)
    assert told[:2] == (DOUBLE, key)
    assert found in told[2]
    assert allowed in told[3]


def test_a_number_that_is_no_number_is_refused(pack_root: Path):
    text = (pack_root / DOUBLE).read_text().replace("timeout = 6", "timeout = nan")
    put(pack_root / DOUBLE, text)
    assert {fault.key for fault in faults_of(pack_root)} == {"timeout"}


def test_a_date_is_no_text(pack_root: Path):
    text = (pack_root / DOUBLE).read_text().replace('title = "Double a number"', "title = 2026-01-05")
    put(pack_root / DOUBLE, text)
    file, key, found, allowed = only_fault(pack_root)
    assert (file, key) == (DOUBLE, "title")
    assert "2026-01-05" in found
    assert "string" in allowed


def edit_head(root: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    head = read(root / "pack.toml")
    edit(head)
    put(root / "pack.toml", toml(head))


def topics(head: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = head["phases"][0]["topics"]
    return found


WRONG_HEADS: list[tuple[Callable[[dict[str, Any]], object], str, str, str]] = [
    (lambda head: head.update(format=7), "format", "7", "1"),
    (lambda head: head.update(colour="red"), "colour", "a key that is not known", "title"),
    (lambda head: head.update(name="My Pack"), "name", "'My Pack'", "small letters"),
    (lambda head: topics(head)[0].update(odd=1), "phases[0].topics[0].odd", "a key that is not known", "order"),
    (lambda head: topics(head)[1].update(requires=["sql"]), "topic shell: requires", "'sql'", "before"),
    (lambda head: topics(head)[1].update(requires=["git"]), "topic shell: requires", "'git'", "before"),
    (lambda head: topics(head)[1].update(requires=["shell"]), "topic shell: requires", "'shell'", "before"),
    (lambda head: topics(head)[0].update(order=["double", "double"]), "topic start: order", "double twice", "once"),
    (lambda head: head["phases"].append({"id": PHASE, "title": "Again"}), "phases[1].id", "twice", "once"),
    (lambda head: head["phases"].append({"id": "Next Phase", "title": "x"}), "phases[1].id", "'Next Phase'", "small"),
]


@pytest.mark.parametrize(("edit", "key", "found", "allowed"), WRONG_HEADS, ids=map(str, range(len(WRONG_HEADS))))
def test_one_wrong_key_of_the_pack_is_one_fault(
    pack_root: Path, edit: Callable[[dict[str, Any]], object], key: str, found: str, allowed: str
):
    edit_head(pack_root, edit)
    told = only_fault(pack_root)
    assert told[:2] == ("pack.toml", key)
    assert found in told[2]
    assert allowed in told[3]


def test_a_topic_twice_is_told(pack_root: Path):
    edit_head(pack_root, lambda head: topics(head).append({"id": "start", "title": "Again", "order": ["double"]}))
    assert ("topic start", "the same id twice") in [(each.key, each.found) for each in faults_of(pack_root)]


def test_two_exercises_with_one_former_id_are_told(pack_root: Path):
    add_exercise(pack_root, "start/triple", was=["start/old"])
    change(pack_root / DOUBLE, was=["start/old"])
    file, key, found, _ = only_fault(pack_root)
    assert file.endswith("start/triple/exercise.toml")
    assert key == "was"
    assert "'start/old'" in found


def test_a_folder_that_no_order_names_is_told(pack_root: Path):
    edit_head(pack_root, lambda head: topics(head).pop(1))
    file, key, found, allowed = only_fault(pack_root)
    assert (file, key) == ("pack.toml", "order")
    assert f"exercises/{PHASE}/shell/upper" in found
    assert "order" in allowed


def test_an_order_that_names_no_folder_is_told(pack_root: Path):
    shutil.rmtree(exercise_folder(pack_root, "shell/upper"))
    assert only_fault(pack_root) == (
        "exercises/1-basics/shell/upper",
        "",
        "no such folder",
        "this folder, or no 'upper' in the order of the topic shell in pack.toml",
    )


@pytest.mark.parametrize("name", ["README.md", "checks", "starter/javascript"])
def test_a_missing_part_is_told(pack_root: Path, name: str):
    part = exercise_folder(pack_root, "start/double") / name
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.unlink()
    assert name in " ".join(only_fault(pack_root))


def test_a_folder_in_the_place_of_the_brief_is_told(pack_root: Path):
    brief = exercise_folder(pack_root, "start/double") / "README.md"
    brief.unlink()
    brief.mkdir()
    assert only_fault(pack_root)[0].endswith("start/double/README.md")


def test_a_brief_that_is_not_utf8_is_told(pack_root: Path):
    brief = exercise_folder(pack_root, "start/double") / "README.md"
    brief.write_bytes(b"# Caf\xe9\n")
    file, _, found, allowed = only_fault(pack_root)
    assert file.endswith("start/double/README.md")
    assert "offset 5" in found
    assert allowed == "UTF-8 text"


@pytest.mark.parametrize("name", ["pack.toml", DOUBLE])
def test_bytes_that_are_not_utf8_are_told_with_their_place(pack_root: Path, name: str):
    (pack_root / name).write_bytes(b'title = "\xff"\n')
    assert only_fault(pack_root) == (name, "", "a byte that is not UTF-8 at offset 9", "UTF-8 text")


@pytest.mark.parametrize("name", ["pack.toml", DOUBLE])
def test_toml_that_does_not_parse_is_told_with_its_line(pack_root: Path, name: str):
    put(pack_root / name, 'format = 1\ntitle = "open\n')
    file, _, found, allowed = only_fault(pack_root)
    assert file == name
    assert "line 2" in found
    assert allowed == "valid TOML"


@pytest.mark.parametrize("name", ["pack.toml", DOUBLE])
def test_a_manifest_that_cannot_be_read_is_told(pack_root: Path, name: str):
    """A folder in the file's place: like a file without permission, but for root too."""
    (pack_root / name).unlink()
    (pack_root / name).mkdir()
    file, _, found, allowed = only_fault(pack_root)
    assert file == name
    assert "unreadable" in found
    assert "read" in allowed


def test_no_pack_at_all_is_told(tmp_path: Path):
    assert only_fault(tmp_path)[:3] == ("pack.toml", "", "no such file")


def test_all_faults_are_told_at_once(pack_root: Path):
    change(pack_root / DOUBLE, title=5, stars="many", unknown=1)
    put(pack_root / UPPER, "not toml")
    change(exercise_folder(pack_root, "git/one-commit") / "exercise.toml", requires=["no/where"], timeout=0)
    edit_head(pack_root, lambda head: topics(head)[2].update(requires=["sql"]))
    found = {(fault.file.split("/")[-2:][0], fault.key) for fault in faults_of(pack_root)}
    assert found >= {
        ("double", "title"),
        ("double", "stars"),
        ("double", "unknown"),
        ("upper", ""),
        ("one-commit", "timeout"),
        ("pack.toml", "topic git: requires"),
    }


def test_faults_of_exercises_are_told_beside_those_of_pack_toml(pack_root: Path):
    edit_head(pack_root, lambda head: head.update(format=7))
    change(pack_root / DOUBLE, stars=9)
    assert [(each.file, each.key) for each in faults_of(pack_root)] == [("pack.toml", "format"), (DOUBLE, "stars")]


def test_a_broken_exercise_is_no_fault_of_the_one_that_requires_it(pack_root: Path):
    change(pack_root / UPPER, requires=["start/double"])
    change(pack_root / DOUBLE, stars=9)
    assert only_fault(pack_root)[:2] == (DOUBLE, "stars")


def test_the_message_names_the_pack_every_fault_and_the_next_command(pack_root: Path):
    change(pack_root / DOUBLE, stars=9, minutes=0)
    with pytest.raises(PackError) as caught:
        load(pack_root)
    told = str(caught.value).splitlines()
    assert told[0] == f"The pack in {pack_root} has 2 faults."
    assert f"  {DOUBLE}: stars: found 9; allowed: a number from 1 to 4" in told
    assert told[-1].split(None, 1) == ["next", f"learn pack check {pack_root}"]


def test_stages_are_complete_from_the_first_on(pack_root: Path):
    checks = [{"id": "a"}, {"id": "b"}, {"id": "c", "stage": 2}, {"id": "d", "stage": 3}]
    change(pack_root / DOUBLE, stages=["One", "Two", "Three"], checks=checks)
    manifest = load(pack_root).exercises["start/double"].manifest
    assert [check.stage for check in manifest.checks] == [1, 1, 2, 3]
    done = {"": 0, "a": 0, "ab": 1, "acd": 0, "abd": 1, "abc": 2, "abcd": 3}
    assert {passed: manifest.stages_done(passed) for passed in done} == done
    assert load(pack_root).exercises["shell/upper"].manifest.stages_done(["shouts", "keeps-blanks"]) == 0
