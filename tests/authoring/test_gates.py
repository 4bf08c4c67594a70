"""Each kind of fault in a pack is found by the gate that looks for it, and a pack without faults passes them all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from runner.authoring.findings import Finding
from runner.authoring.gates import Report, check_pack
from runner.packs.load import load
from tests.packs import PHASE, add_exercise, answer_folder, change, exercise_folder, put

TIMES = answer_folder(Path(), "start/double", "right/times")
SQUARES = answer_folder(Path(), "start/double", "wrong/squares")


def gates(root: Path, *ids: str, seeds: tuple[int, ...] = (1,), jobs: int = 2) -> Report:
    pack = load(root)
    return check_pack(pack, list(ids or pack.exercises), list(seeds), jobs)


def found(report: Report) -> list[tuple[str, str]]:
    return sorted({(each.gate, named(each)) for each in report.findings})


def named(finding: Finding) -> str:
    """The file of FINDING without the folders that lead to its exercise, and the language."""
    return f"{'/'.join(finding.file.split('/')[4:])} {finding.language}".strip()


def test_a_good_pack_has_no_finding(pack_root: Path) -> None:
    report = gates(pack_root, seeds=(1, 2))
    assert report.findings == []
    assert report.blocked == {}
    # Of each exercise and language: two starters, a right answer on two seeds, three wrong ones.
    assert report.runs == 4 * (2 + 2 + 3)
    assert {each.answer for each in report.refusals if each.exercise == "shell/upper"} == {
        "wrong/lower",
        "wrong/first-letter",
        "wrong/unquoted",
    }


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (TIMES / "double.py", "def double(n):\n    return n\n", ("right", "right/times/double.py python")),
        (TIMES / "double.mjs", "export const double = (n) => n;\n", ("right", "right/times/double.mjs javascript")),
        (SQUARES / "double.py", "def double(n):\n    return n * 2\n", ("wrong", "wrong/squares/double.py python")),
        (
            SQUARES / "expect.toml",
            'check = "doubles-zero"\nsays = ["441"]\n',
            ("wrong", "wrong/squares/expect.toml python"),
        ),
        (
            SQUARES / "expect.toml",
            'check = "doubles"\nsays = ["no such words"]\n',
            ("wrong", "wrong/squares/expect.toml python"),
        ),
    ],
    ids=["right fails", "right fails in one language", "wrong passes", "another check refuses", "words are absent"],
)
def test_an_answer_that_is_not_as_it_says(pack_root: Path, file: Path, text: str, expected: tuple[str, str]) -> None:
    assert found(gates(pack_root, "start/double")) == []
    put(pack_root / file, text)
    assert expected in found(gates(pack_root, "start/double"))


def test_a_starter_that_passes(pack_root: Path) -> None:
    starter = exercise_folder(pack_root, "start/double") / "starter" / "python" / "double.py"
    put(starter, "def double(n):\n    return n * 2\n")
    assert found(gates(pack_root, "start/double")) == [("untouched", "starter/python python")]


def test_checks_that_an_empty_file_passes(pack_root: Path) -> None:
    folder = exercise_folder(pack_root, "shell/upper")
    text = '"""x"""\n\n\ndef test_shouts():\n    """yes"""\n\n\ndef test_keeps_blanks():\n    """yes"""\n'
    put(folder / "checks" / "test_upper.py", text)
    gone = found(gates(pack_root, "shell/upper"))
    assert {("untouched", "starter"), ("emptied", "starter")} <= set(gone)
    assert ("wrong", "wrong/lower/upper.sh") in gone


def test_a_check_that_an_answer_names_and_nobody_has(pack_root: Path) -> None:
    put(pack_root / SQUARES / "expect.toml", 'check = "dubbles"\nsays = ["441"]\n')
    faults = [each for each in gates(pack_root, "start/double").findings if each.gate == "manifest"]
    assert [(each.file, each.found) for each in faults] == [((SQUARES / "expect.toml").as_posix(), "check: 'dubbles'")]
    assert faults[0].todo == "allowed: one of doubles, doubles-zero"


def test_what_an_editor_leaves_beside_an_open_check_is_no_check(pack_root: Path) -> None:
    checks = exercise_folder(pack_root, "shell/upper") / "checks"
    (checks / ".#test_upper.py").symlink_to("ana@host.4711:1764000000")  # as Emacs does; it leads nowhere
    assert found(gates(pack_root, "shell/upper")) == []


def test_checks_that_cannot_be_collected_are_told_of(pack_root: Path) -> None:
    put(exercise_folder(pack_root, "shell/upper") / "checks" / "test_upper.py", "import no_such_module\n")
    report = gates(pack_root, "shell/upper")
    assert [each.gate for each in report.findings if "no_such_module" in each.found] == ["checks"], (
        "once, not for each answer"
    )
    assert "was not collected" not in report.findings[-1].found, "that follows from the import"
    assert report.runs == 1


def test_a_check_that_fails_itself_is_told_once_with_its_line(pack_root: Path) -> None:
    file = exercise_folder(pack_root, "start/double") / "checks" / "test_double.py"
    put(file, file.read_text().replace("    for number in [21", "    no_such_name\n    for number in [21"))
    [python, javascript] = gates(pack_root, "start/double").findings
    assert (python.gate, python.file.split("/")[-1], python.line) == ("checks", "test_double.py", 6)
    assert "NameError" in python.found and "no_such_name" in python.found
    assert (python.language, javascript.language) == ("python", "javascript")


def test_too_few_answers(pack_root: Path) -> None:
    add_exercise(pack_root, "start/triple")
    for name in ("right/times", "wrong/squares"):
        for file in answer_folder(pack_root, "start/triple", name).iterdir():
            file.unlink()
        answer_folder(pack_root, "start/triple", name).rmdir()
    report = gates(pack_root, "start/triple")
    assert [each.found for each in report.findings if each.gate == "answers" and each.language == "python"] == [
        "no right answer in python",
        "2 wrong answers in python",
    ]


def test_answers_that_a_rename_left_behind(pack_root: Path) -> None:
    change(exercise_folder(pack_root, "shell/upper") / "exercise.toml", was=["shell/shout"])
    answers = pack_root / "solutions" / PHASE / "shell" / "upper"
    answers.rename(answers.with_name("shout"))
    [finding] = gates(pack_root, "shell/upper").findings
    assert (finding.gate, finding.file) == ("answers", "solutions/1-basics/shell/shout")
    assert finding.todo == "move them to solutions/1-basics/shell/upper"


def test_a_solve_script_that_fails(pack_root: Path) -> None:
    answer = answer_folder(pack_root, "git/one-commit", "right/add-and-commit")
    put(answer / "solve.sh", "cd repo\necho no such thing >&2\nfalse\n")
    [finding] = gates(pack_root, "git/one-commit").findings
    assert (finding.gate, named(finding)) == ("answer", "right/add-and-commit/solve.sh")
    assert "no such thing" in finding.found


def test_an_expectation_that_is_not_valid(pack_root: Path) -> None:
    put(pack_root / SQUARES / "expect.toml", 'chek = "doubles"\n')
    report = gates(pack_root, "start/double")
    faults = [f"{each.found}; {each.todo}" for each in report.findings if each.gate == "manifest"]
    assert any("chek" in each for each in faults)
    assert any("required" in each for each in faults)


def test_a_brief_is_linted(pack_root: Path) -> None:
    brief = exercise_folder(pack_root, "start/double") / "README.md"
    text = brief.read_text(encoding="utf-8").replace("**Contract**", "**Rules**")
    put(brief, text + "x" * 81 + "\n")
    (brief.parent / "SUMMARY.md").unlink()
    gone = {(each.gate, each.found) for each in gates(pack_root, "start/double").findings}
    assert gone == {
        ("brief", "81 characters"),
        ("brief", "no part **Contract**"),
        ("summary", "no SUMMARY.md"),
    }


def stage_section(number: int, title: str, words: int = 5) -> str:
    return f"## Stage {number}: {title}\n\n**Contract**\n\n**Done when**\n\n" + "word\n" * words


def test_a_brief_in_stages_is_linted(pack_root: Path) -> None:
    folder = exercise_folder(pack_root, "start/double")
    checks = [{"id": "doubles"}, {"id": "doubles-zero", "stage": 2}]
    change(folder / "exercise.toml", stages=["Most", "Zero"], checks=checks)
    text = (folder / "README.md").read_text(encoding="utf-8") + "\n"

    def told(*sections: str) -> list[tuple[str, str]]:
        put(folder / "README.md", text + "\n".join(sections))
        return [(each.line, each.found) for each in gates(pack_root, "start/double").findings]

    first, second = stage_section(1, "Most"), stage_section(2, "Zero", 390)
    assert told(first, second) == []
    assert told(first) == [(0, "no heading ## Stage 2: Zero")]
    assert told(second, first) == [(0, "stages in another order")]
    begin = len(text.splitlines()) + 1
    later = begin + len(first.splitlines()) + 1
    more = later + len(second.splitlines()) + 1
    assert told(first, second, "## More\n\n**Contract** **Done when**") == [(more, "the heading ## More")]
    assert told(first, second + "word\n" * 20) == [(later, "Stage 2: Zero: 417 words")]
    assert told(first.replace("**Done when**", ""), second) == [(begin, "Stage 1: Most: no part **Done when**")]


def test_a_missing_engine_blocks_and_is_no_fault(pack_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(pack_root))
    report = gates(pack_root, "git/one-commit")
    assert report.findings == []
    assert "git" in report.blocked["git/one-commit"]


def test_the_report_is_plain_data(pack_root: Path) -> None:
    put(pack_root / SQUARES / "double.py", "def double(n):\n    return n * 2\n")
    data = gates(pack_root, "start/double").plain()
    assert data["schema"] == 1
    assert data["exercises"] == ["start/double"]
    [finding] = data["findings"]
    assert finding["todo"] and finding["file"].endswith("wrong/squares/double.py")


def test_an_exercise_may_say_that_it_is_unproven(pack_root: Path) -> None:
    manifest = exercise_folder(pack_root, "shell/upper") / "exercise.toml"
    change(manifest, unproven=True)
    assert found(gates(pack_root, "shell/upper")) == [("answers", "exercise.toml")], "it has enough wrong answers"
    shutil.rmtree(answer_folder(pack_root, "shell/upper", "wrong/lower"))
    report = gates(pack_root, "shell/upper")
    assert (found(report), report.unproven) == ([], ["shell/upper"])
    change(manifest, unproven=None)
    assert [gate for gate, _ in found(gates(pack_root, "shell/upper"))] == ["answers"]
