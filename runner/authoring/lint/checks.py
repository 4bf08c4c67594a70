"""The checks as Python: they compile, hold a function for each check, and leave the learner's modules alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from runner.authoring.findings import Finding, inside, path_in
from runner.packs.models import Exercise

UNREADABLE = "not compiled"
"""The gate of a check that Python cannot read; no answer can be tried then."""


def checks(exercise: Exercise) -> Iterator[Finding]:
    """The faults of the Python files of EXERCISE that can be seen without a run."""
    files = exercise.check_files
    setup = exercise.folder / "setup.py"
    trees: dict[Path, ast.Module] = {}
    for file in [*files, *([setup] if setup.is_file() else [])]:
        try:
            source = file.read_bytes()
            compile(source, file.name, "exec", dont_inherit=True)
            trees[file] = ast.parse(source)
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None) or 0
            found = f"Python cannot read it: {getattr(error, 'msg', None) or error}"
            yield Finding(exercise.id, UNREADABLE, inside(exercise, file), found, "mend the line", line)
    if len(trees) == len(files) + setup.is_file():
        yield from _functions(exercise, [trees[file] for file in files])
    yield from _learners(exercise, trees)


def _functions(exercise: Exercise, trees: list[ast.Module]) -> Iterator[Finding]:
    """Each check of the manifest has a function with a claim, and each function is a check of the manifest."""
    written = {
        node.name: node
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }
    place = path_in(exercise, "checks")
    for spec in exercise.manifest.checks:
        if spec.function not in written:
            todo = f"write def {spec.function}(...), or take the check out of exercise.toml"
            yield Finding(exercise.id, "checks", place, f"no function {spec.function} for the check {spec.id}", todo)
        elif not (ast.get_docstring(written[spec.function]) or "").strip():
            found = f"{spec.function} has no docstring"
            todo = "write what the learner reads as the check's claim"
            yield Finding(exercise.id, "checks", place, found, todo, written[spec.function].lineno)
    known = {spec.function for spec in exercise.manifest.checks}
    for name in sorted(written.keys() - known):
        todo = "name it in exercise.toml, or give it another name"
        yield Finding(exercise.id, "checks", place, f"{name} is no check of exercise.toml", todo)


def _learners(exercise: Exercise, trees: dict[Path, ast.Module]) -> Iterator[Finding]:
    """Imports of what the learner writes: a check that loads it would run it beside the verdict.

    A file that no check imports is a program for the learner's process, and may.
    """
    own = {file.stem: file for file in trees}
    theirs = {path.stem for path in (exercise.folder / "starter").rglob("*.py")} - own.keys()
    waiting = [file for file in trees if file.stem.startswith("test_") or file.stem in ("conftest", "setup")]
    seen: set[Path] = set()
    while waiting:
        file = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        for line, name in _imports(trees[file]):
            if name in own:
                waiting.append(own[name])
            if name in theirs:
                found = f"it imports {name}, which is the learner's"
                todo = f'ask for it by a fixture, such as learner.call("{name}:function", ...)'
                yield Finding(exercise.id, "checks", inside(exercise, file), found, todo, line)


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The modules that a file imports: the line, and the first part of the name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.partition(".")[0]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            names = [each.value for each in node.args if isinstance(each, ast.Constant)]
            yield from ((node.lineno, name.partition(".")[0]) for name in names if isinstance(name, str))
