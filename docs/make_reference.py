"""Makes docs/kit.md, the reference of the kit for check authors, from its docstrings: `python docs/make_reference.py`.

`tests/kit/test_reference.py` compares the page with the docstrings. What is to be in it, and in which order, is the
table below; everything else is read from the source, which is parsed and not run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
KIT = ROOT / "runner" / "kit"
PAGE = ROOT / "docs" / "kit.md"

LIFE = {"prepare", "renew", "tidy", "record", "close", "environment"}
"""What the kit itself calls in the course of a run (`kit/part.py`)."""

INNER = {
    *("Service.process", "Service.begin", "Service.ready", "Service.bound", "Service.printed", "Asked.settle"),
    *("Container.ready", "Container.bound", "Container.printed", "Sql.run", "Terraform.run", "Terraform.failure"),
}
"""What modules of the kit call of each other."""


@dataclass(frozen=True)
class Subject:
    """A section: its title, its fixtures, and the classes and functions of each module that these give and take."""

    title: str
    fixtures: tuple[str, ...]
    members: tuple[str, ...]


SUBJECTS = (
    Subject(
        "Functions and classes", ("learner",), ("learner: Learner Foreign Failure Call Tuple", "values: in_any_order")
    ),
    Subject("Ending a check with words of your own", (), ("outcomes: not_yet",)),
    Subject("What a run was given", ("rng", "given", "work"), ()),
    Subject(
        "Scripts and programs",
        ("shell", "program"),
        ("shell: Shell Result Running Entry tree", "program: Program Ended"),
    ),
    Subject("Git", ("repo",), ("git: Repo Commit State", "git_builder: Builder Draft")),
    Subject("Web services", ("api",), ("api: Api Instance Reply UnderWay same", "service: Service")),
    Subject(
        "What services use, and time",
        ("origin", "proxy", "clock"),
        ("origin: Origin Call", "proxy: Proxy", "clock: Clock"),
    ),
    Subject("Tokens", ("tokens",), ("tokens: Tokens Issuer Token",)),
    Subject("SQL", ("sql",), ("sql: Sql Database", "table: Table", "postgresql: Server Database")),
    Subject("MongoDB", ("mongo",), ("mongodb: Mongo Operation Plan documents",)),
    Subject("Redis", ("redis",), ("redis: Redis",)),
    Subject("Docker", ("image", "container"), ("docker: Images Image Place Layer Containers Container Stopped",)),
    Subject("Clouds", ("aws", "azure"), ("aws: Aws Request", "azure: Azure")),
    Subject("Terraform", ("terraform",), ("terraform: Terraform Stack Plan Change State Diagnostic",)),
    Subject("Pipelines", ("pipeline",), ("pipeline: Pipeline Running Result Job",)),
)


HEAD = """# The kit

Everything that a check can use, from the docstrings of `runner/kit/`. Made by `python docs/make_reference.py`: mend a
docstring there, not this page. [Writing exercises](authoring.md) shows by example how to check each kind well.

Times are in seconds and sizes in bytes where nothing else is said. What raises `NotYet` ends the check as not passed,
with a message for the learner; so do `CouldNotRun`, `RanTooLong` and `UsedTooMuch`, for a program that could not run,
ran too long or used too much. `EngineFailed` is no fault of the learner's. A check does not catch any of them.
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE}")


def page() -> str:
    """The reference as Markdown."""
    fixtures = {node.name: node for node in functions(source("fixtures").classes["Fixtures"])}
    listed = [name for subject in SUBJECTS for name in subject.fixtures]
    contents = [f"- [{each.title}](#{anchor(each.title)}){_of(each)}" for each in SUBJECTS]
    parts = [HEAD, "\n".join(contents)]
    for subject in SUBJECTS:
        parts.append(f"## {subject.title}")
        parts += [f"**`{name}`** (fixture): {first_line(fixtures[name])}" for name in subject.fixtures]
        for members in subject.members:
            module, _, names = members.partition(": ")
            parts += [part for name in names.split() for part in described(module, name)]
    known = sorted(name for name, node in fixtures.items() if is_fixture(node))
    assert sorted(listed) == known, f"the table of subjects has the fixtures {sorted(listed)}, the kit has {known}"
    return "\n\n".join(parts) + "\n"


def anchor(title: str) -> str:
    """The address of a heading inside a page, as GitHub and GitLab make it."""
    return re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")


def _of(subject: Subject) -> str:
    return f": {', '.join(f'`{name}`' for name in subject.fixtures)}" if subject.fixtures else ""


# Reading the source


@dataclass(frozen=True)
class Source:
    """A module of the kit: its classes and functions, and where the names that it imports from the kit come from."""

    classes: dict[str, ast.ClassDef]
    functions: dict[str, ast.FunctionDef]
    imported: dict[str, str]


def source(module: str) -> Source:
    """The module of that name."""
    tree = ast.parse((KIT / f"{module}.py").read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name: node.module.rpartition(".")[2]
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("runner.kit.")
        for alias in node.names
    }
    return Source(
        {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)},
        {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)},
        imported,
    )


def functions(node: ast.ClassDef) -> list[ast.FunctionDef]:
    """The public methods that a class defines itself."""
    return [each for each in node.body if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")]


def inherited(module: str, node: ast.ClassDef) -> Iterator[ast.ClassDef]:
    """NODE, and the classes of the kit that it is made from, nearest first."""
    yield node
    here = source(module)
    for base in node.bases:
        name = ast.unparse(base)
        if name in here.classes:
            yield from inherited(module, here.classes[name])
        elif name in here.imported and name != "Part":
            yield from inherited(here.imported[name], source(here.imported[name]).classes[name])


def is_fixture(node: ast.FunctionDef) -> bool:
    """Whether pytest takes it for one."""
    return any("fixture" in ast.unparse(each) for each in node.decorator_list)


def first_line(node: ast.FunctionDef | ast.ClassDef) -> str:
    """The first line of its docstring."""
    return documentation(node).splitlines()[0]


def documentation(node: ast.FunctionDef | ast.ClassDef) -> str:
    """Its docstring."""
    text = ast.get_docstring(node)
    assert text, f"{node.name} has no docstring"
    return text


# Writing Markdown


def described(module: str, name: str) -> Iterator[str]:
    """The parts of the page about the class or function NAME."""
    here = source(module)
    if name in here.functions:
        node = here.functions[name]
        yield f"### `{name}{signature(node)}`"
        yield f"`from {'runner.kit' if exported(name) else f'runner.kit.{module}'} import {name}`"
        yield from paragraphs(documentation(node))
        return
    node = here.classes[name]
    yield f"### {name}"
    words = list(paragraphs(documentation(node)))
    yield from words
    seen = set(LIFE)
    rows = []
    for owner in inherited(module, node):
        rows += [
            f"- `{each}`" for each in attributes(owner) if f"- `{each.partition(':')[0]}`: " not in "\n".join(words)
        ]
        for method in functions(owner):
            if method.name not in seen and f"{owner.name}.{method.name}" not in INNER:
                seen.add(method.name)
                rows.append(entry(method))
    if rows:
        yield "\n".join(rows)


def exported(name: str) -> bool:
    """Whether a check imports it from `runner.kit` itself."""
    return f'"{name}"' in (KIT / "__init__.py").read_text(encoding="utf-8")


def attributes(node: ast.ClassDef) -> list[str]:
    """The fields of a dataclass, with their types."""
    if not any("dataclass" in ast.unparse(each) for each in node.decorator_list):
        return []
    fields = [each for each in node.body if isinstance(each, ast.AnnAssign)]
    named = {ast.unparse(each.target): ast.unparse(each.annotation) for each in fields}
    return [f"{name}: {kind}" for name, kind in named.items() if not name.startswith("_")]


def entry(node: ast.FunctionDef) -> str:
    """A method or property as an item of a list."""
    is_property = any(ast.unparse(each) in ("property", "cached_property") for each in node.decorator_list)
    name = f"{node.name}: {ast.unparse(node.returns)}" if is_property and node.returns else node.name + signature(node)
    text = "\n\n".join(paragraphs(documentation(node)))
    return f"- **`{name}`** " + text.replace("\n", "\n  ").replace("\n  \n", "\n\n")


def signature(node: ast.FunctionDef) -> str:
    """The parameters without `self`, and what is returned."""
    inner = ast.unparse(node.args).removeprefix("self").removeprefix(", ")
    returns = ast.unparse(node.returns) if node.returns else "None"
    return f"({inner})" + ("" if returns == "None" else f" -> {returns}")


def paragraphs(text: str) -> Iterator[str]:
    """A docstring as Markdown: its sections `Args`, `Returns`, `Raises` become lists."""
    for part in re.split(r"\n\n(?=\S)", text):
        title, _, rest = part.partition("\n")
        if title in ("Args:", "Raises:"):
            words = "Raises" if title == "Raises:" else ""
            yield "\n".join(f"- {words} {item}".replace("-  ", "- ") for item in items(rest))
        elif title == "Returns:":
            words = " ".join(line.strip() for line in rest.splitlines())
            yield f"Returns {words[:1].lower()}{words[1:]}"
        else:
            yield part


def items(text: str) -> Iterator[str]:
    """The entries of a section, `name: words`, each in one line."""
    joined = re.sub(r"\n {6,}", " ", text)
    for line in joined.splitlines():
        name, _, words = line.strip().partition(": ")
        if name:
            yield f"`{name}`: {words}"


if __name__ == "__main__":
    main()
