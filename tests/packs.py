"""A small valid pack for tests and benchmarks: three tiny exercises of three kinds, written into any folder.

pack = make_pack(tmp_path / "pack")            start/double, shell/upper, git/one-commit
add_exercise(pack, "start/triple")             one more, behind the last of its topic
change(pack / "pack.toml", title="Other")      a manifest with some keys changed
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

PHASE = "1-basics"

BRIEF = """# {title}

**Goal.** {goal}

**Why it matters.** Small steps that can be seen to work are how programs grow.

**Do.** Replace the TODO and save.

**Contract**

- {goal}

**Done when**

{claims}

**Try it yourself.** `{trial}`

**Read.** [Python's tutorial](https://docs.python.org/3/tutorial/)
"""

DOUBLE_CHECKS = '''"""Numbers are doubled."""


def test_doubles(learner, rng):
    """{function}(n) returns {factor} times n"""
    for number in [21, *(rng.randrange(3, 1000) for _ in range(3))]:
        assert learner.call("{module}:{function}", number) == {factor} * number


def test_doubles_zero(learner):
    """{function}(0) returns 0"""
    assert learner.call("{module}:{function}", 0) == 0, "zero is a number like any other"
'''

UPPER_CHECKS = '''"""Texts come out in capital letters."""

from runner.kit import not_yet


def test_shouts(shell, rng):
    """upper.sh TEXT prints TEXT in capital letters"""
    compare(shell, f"ada{rng.choice('bcd')}")


def test_keeps_blanks(shell):
    """two blanks in TEXT stay two blanks"""
    compare(shell, "a  b", "an unquoted $1 is cut at its blanks")


def compare(shell, text, means=None):
    """End the check where upper.sh prints anything but TEXT in capitals."""
    got = shell.run("upper.sh", text).stdout
    if got != text.upper() + "\\n":
        not_yet(expected=repr(text.upper()), got=repr(got.rstrip("\\n")), means=means)
'''

COMMIT_SETUP = '''"""One commit, and a file that waits for the next one."""

from runner.kit.git import Builder


def setup(folder, rng):
    repo = Builder(folder / "repo")
    base = repo.commit("Start", {"README.md": "# Notes\\n"})
    repo.write("note.txt", f"note {rng.randrange(10**6)}\\n")
    return {"base": base}
'''

COMMIT_CHECKS = '''"""The new commit is found by its parent."""

from runner.kit import not_yet


def test_one_new_commit(repo, given):
    """there is exactly one new commit on main"""
    repo.settled()
    new = repo.commits(f"{given['base']}..HEAD")
    if len(new) != 1:
        not_yet(expected="1 new commit", got=f"{len(new)} new commits", look="git log --oneline")


def test_holds_the_note(repo):
    """the newest commit holds note.txt"""
    if "note.txt" not in repo.files("HEAD"):
        not_yet(expected="note.txt in the commit", got="it is not there", look="git show --stat")
'''


def make_pack(root: Path, *, name: str = "tiny") -> Path:
    """Write the pack NAME into the folder ROOT, which may exist or not, and return ROOT.

    `start/double` (Python and JavaScript) is open from the beginning; `shell/upper` and `git/one-commit`
    open when it is passed.
    """
    topics = [
        {"id": "start", "title": "Start", "order": ["double"]},
        {"id": "shell", "title": "Shell", "order": ["upper"], "requires": ["start"]},
        {"id": "git", "title": "Git", "order": ["one-commit"], "requires": ["start"]},
    ]
    phase = {"id": PHASE, "title": "Basics", "months": "1", "topics": topics}
    put(root / "pack.toml", toml({"format": 1, "name": name, "title": "A tiny pack", "phases": [phase]}))
    _double(root, "start", "double", 2)
    _upper(root)
    _one_commit(root)
    return root


def add_exercise(root: Path, exercise: str, *, factor: int = 3, **keys: Any) -> Path:
    """Add one more exercise of the kind of `start/double`, last in its topic (which is made where it is new).

    Args:
        exercise: its id. Its function is named as the slug is, with underscores: `triple(n)` in `triple.py`.
        factor: what the function multiplies by.
        keys: keys of its manifest, such as `requires=["start/double"]`, `extra=True`, `was=["start/old"]`.

    Returns:
        the exercise's folder.
    """
    topic, slug = exercise.split("/")
    head = read(root / "pack.toml")
    topics = head["phases"][0]["topics"]
    known = next((each for each in topics if each["id"] == topic), None)
    if known is None:
        known = {"id": topic, "title": topic.title(), "order": []}
        topics.append(known)
    known["order"].append(slug)
    put(root / "pack.toml", toml(head))
    folder = _double(root, topic, slug, factor)
    change(folder / "exercise.toml", **keys)
    return folder


def exercise_folder(root: Path, exercise: str) -> Path:
    """Where EXERCISE lies in the pack ROOT."""
    return root / "exercises" / PHASE / exercise


def answer_folder(root: Path, exercise: str, answer: str) -> Path:
    """Where an answer of EXERCISE lies in the pack ROOT, such as `right/times`."""
    return root / "solutions" / PHASE / exercise / answer


def read(path: Path) -> dict[str, Any]:
    """The TOML file PATH as data."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def move_topic(pack: Path, topic: str, phase: str, *, optional: bool = False, requires: list[str]) -> None:
    """Move TOPIC, of the first phase, to a new last one."""
    head = read(pack / "pack.toml")
    (moved,) = [each for each in head["phases"][0]["topics"] if each["id"] == topic]
    head["phases"][0]["topics"].remove(moved)
    topics = [{**moved, "requires": requires}]
    head["phases"].append({"id": phase, "title": phase.capitalize(), "optional": optional, "topics": topics})
    put(pack / "pack.toml", toml(head))
    (pack / "exercises" / phase).mkdir()
    (pack / "exercises" / PHASE / topic).rename(pack / "exercises" / phase / topic)


def change(path: Path, **keys: Any) -> None:
    """Set KEYS in the manifest PATH; None takes a key away."""
    data = {key: value for key, value in {**read(path), **keys}.items() if value is not None}
    put(path, toml(data))


def put(path: Path, text: str) -> Path:
    """Write TEXT to PATH, making folders as needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def toml(data: dict[str, Any], table: str = "") -> str:
    """DATA as TOML: plain values, lists of them, and lists of tables."""
    tables = {key: value for key, value in data.items() if _is_tables(value)}
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in data.items() if key not in tables]
    for key, rows in tables.items():
        for row in rows:
            lines.append(f"\n[[{table}{key}]]\n{toml(row, f'{table}{key}.')}")
    return "".join(lines)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _exercise(folder: Path, code: str, claims: list[str], trial: str, **keys: Any) -> None:
    """Write what every exercise has: manifest, brief, half page, checks."""
    goal = str(keys["summary"])
    manifest = {
        "format": 1,
        "stars": 1,
        "minutes": 5,
        "timeout": 6,
        "links": ["https://docs.python.org/3/tutorial/"],
        "hints": ["Look at the line with the TODO.", "The idea is in the title.", "1. Write it.\n2. Save it."],
        "passed": "Done, and nothing forgotten.",
        **keys,
    }
    put(folder / "exercise.toml", toml(manifest))
    rows = "\n".join(f"- {each}" for each in claims)
    put(folder / "README.md", BRIEF.format(title=keys["title"], goal=goal, claims=rows, trial=trial))
    put(folder / "SUMMARY.md", f"{goal}\n")
    put(folder / "checks" / f"test_{folder.name.replace('-', '_')}.py", code)


def _answer(folder: Path, files: dict[str, str], check: str = "", says: list[str] | None = None) -> None:
    for name, text in files.items():
        put(folder / name, text)
    if check:
        put(folder / "expect.toml", toml({"check": check, "says": says or []}))


def _double(root: Path, topic: str, slug: str, factor: int) -> Path:
    folder = exercise_folder(root, f"{topic}/{slug}")
    module = function = slug.replace("-", "_")
    first, *rest = slug.split("-")
    camel = first + "".join(each.title() for each in rest)
    _exercise(
        folder,
        DOUBLE_CHECKS.format(module=module, function=function, factor=factor),
        [f"{function}(n) returns {factor} times n", f"{function}(0) returns 0"],
        f"python -i {module}.py",
        title=f"{slug.title()} a number",
        summary=f"The function {function}(n) returns {factor} times n.",
        languages=["python", "javascript"],
        checks=[{"id": "doubles"}, {"id": "doubles-zero", "needs": ["doubles"]}],
    )

    def both(python: str, javascript: str, todo: tuple[str, str] = ("", "")) -> dict[str, str]:
        return {
            f"{module}.py": f"def {function}(n):\n{todo[0]}    return {python}\n",
            f"{module}.mjs": f"export function {camel}(n) {{\n{todo[1]}  return {javascript};\n}}\n",
        }

    words = "TODO(learn): return the product"
    starter = both("None", "null", (f"    # {words}\n", f"  // {words}\n"))
    put(folder / "starter" / "python" / f"{module}.py", starter[f"{module}.py"])
    put(folder / "starter" / "javascript" / f"{module}.mjs", starter[f"{module}.mjs"])
    answers = root / "solutions" / PHASE / topic / slug
    product = f"n * {factor}"
    _answer(answers / "right" / "times", both(product, product))
    _answer(answers / "wrong" / "adds-two", both("n + 2", "n + 2"), "doubles", ["23"])
    _answer(answers / "wrong" / "squares", both("n * n", "n * n"), "doubles", ["441"])
    nothing = both(f"{product} if n else None", f"n ? {product} : null")
    _answer(answers / "wrong" / "zero-is-nothing", nothing, "doubles-zero", ["a number like any other"])
    return folder


def _upper(root: Path) -> None:
    folder = exercise_folder(root, "shell/upper")
    _exercise(
        folder,
        UPPER_CHECKS,
        ["upper.sh TEXT prints TEXT in capital letters", "two blanks in TEXT stay two blanks"],
        "bash upper.sh ada",
        title="Capital letters",
        summary="The script upper.sh prints its argument in capital letters.",
        engines=["bash"],
        checks=[{"id": "shouts"}, {"id": "keeps-blanks", "needs": ["shouts"]}],
    )
    put(folder / "starter" / "upper.sh", "# TODO(learn): capital letters\nprintf '%s\\n' \"$1\"\n")
    answers = root / "solutions" / PHASE / "shell" / "upper"
    _answer(answers / "right" / "expansion", {"upper.sh": "printf '%s\\n' \"${1^^}\"\n"})
    _answer(answers / "wrong" / "lower", {"upper.sh": "printf '%s\\n' \"${1,,}\"\n"}, "shouts", ["ADA"])
    _answer(answers / "wrong" / "first-letter", {"upper.sh": "printf '%s\\n' \"${1^}\"\n"}, "shouts", ["'Ada"])
    _answer(answers / "wrong" / "unquoted", {"upper.sh": "echo ${1^^}\n"}, "keeps-blanks", ["unquoted"])


def _one_commit(root: Path) -> None:
    folder = exercise_folder(root, "git/one-commit")
    _exercise(
        folder,
        COMMIT_CHECKS,
        ["there is exactly one new commit on main", "the newest commit holds note.txt"],
        "git -C repo log --stat",
        title="One commit",
        summary="The file note.txt is in one new commit.",
        engines=["git"],
        timeout=10,
        checks=[{"id": "one-new-commit"}, {"id": "holds-the-note", "needs": ["one-new-commit"]}],
    )
    put(folder / "setup.py", COMMIT_SETUP)
    answers = root / "solutions" / PHASE / "git" / "one-commit"
    add = "cd repo\ngit add note.txt\n"
    _answer(answers / "right" / "add-and-commit", {"solve.sh": add + 'git commit --quiet -m "Add a note"\n'})
    _answer(answers / "wrong" / "only-added", {"solve.sh": add}, "one-new-commit", ["0 new commits"])
    twice = "git commit --quiet -m Note\ngit commit --quiet --allow-empty -m Again\n"
    _answer(answers / "wrong" / "twice", {"solve.sh": add + twice}, "one-new-commit", ["2 new commits"])
    empty = "cd repo\ngit commit --quiet --allow-empty -m Note\n"
    _answer(answers / "wrong" / "empty", {"solve.sh": empty}, "holds-the-note", ["note.txt"])
