"""A test module, of unittest or pytest, as the checks of an exercise.

Each test becomes one check that asks the learner's code through the fixture `learner`. A test that cannot be carried
over truly is left out and told, with the reason. Expected values stay in the checker.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace

from runner.authoring.exercism.expressions import Expressions, Imported, Kind, Names, NotCarried, Value
from runner.authoring.exercism.statements import Statements, function


@dataclass(frozen=True)
class Carried:
    """A test that became a check: the test, the check's id, the claim that learners read, the check's function."""

    test: str
    id: str
    claim: str
    code: str


@dataclass(frozen=True)
class Left:
    """A test that was left out, and why."""

    test: str
    reason: str


@dataclass(frozen=True)
class Translation:
    """What became of a test module: the checks, the tests left out, and the lines that the checks share."""

    carried: tuple[Carried, ...]
    left: tuple[Left, ...]
    shared: str

    def keeping(self, ids: set[str]) -> str:
        """The source of a check file with the checks IDS alone."""
        functions = [each.code for each in self.carried if each.id in ids]
        body = "\n\n".join(filter(None, [self.shared, *functions]))
        used = [name for name in ("approx", "Tuple", "in_any_order") if re.search(rf"\b{name}\(", body)]
        kit = ", ".join(each for each in used if each != "approx")
        head = ["from pytest import approx"] if "approx" in used else []
        head += [f"from runner.kit import {kit}"] if kit else []
        return (
            '"""Checks made of a test module of Exercism\'s."""\n\n' + "\n\n".join(filter(None, [*head, body])) + "\n"
        )


@dataclass(frozen=True)
class _Test:
    """A test function and the class that it stands in, if any."""

    function: ast.FunctionDef
    owner: ast.ClassDef | None


def translate(tests: str, solution: dict[str, str]) -> Translation:
    """The checks that the test module TESTS becomes.

    Args:
        solution: the source of the track's own answer by module name; it tells classes from functions.

    Raises:
        NotCarried: TESTS or an answer is no valid Python, or it imports what a check cannot.
    """
    tree = _parsed(tests, "the test module")
    defined = {module: _definitions(module, _parsed(source, "the example")) for module, source in solution.items()}
    names, shared = _names(tree, defined)
    carried: list[Carried] = []
    left: list[Left] = []
    helpers: dict[str, str] = {}
    for test in _tests(tree):
        try:
            statements = Statements(_fresh(names), _methods(test.owner), helpers)
            claim = _claim(test.function.name)
            body = statements.test(test.function)
            name = _unique(_id(test.function.name), {each.id for each in carried})
            carried.append(Carried(test.function.name, name, claim, _function(name, claim, body)))
        except NotCarried as reason:
            left.append(Left(test.function.name, str(reason)))
    return Translation(tuple(carried), tuple(left), "\n\n".join([*shared, *helpers.values()]))


def _parsed(source: str, what: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise NotCarried(f"{what} is not valid Python: {error}") from None


def _definitions(module: str, tree: ast.Module) -> dict[str, Imported]:
    """What the answer defines at its top."""
    found: dict[str, Imported] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            is_class = isinstance(node, ast.ClassDef)
            found[node.name] = Imported(f"{module}:{node.name}", is_class, not is_class)
    return found


def _names(tree: ast.Module, defined: dict[str, dict[str, Imported]]) -> tuple[Names, list[str]]:
    """What the names at the top of a test module mean, and the lines of it that the checks need as well."""
    names, shared = Names(), []
    for node in _top(tree):
        if isinstance(node, ast.ImportFrom) and node.module in defined:
            for each in node.names:
                unknown = Imported(f"{node.module}:{each.name}", False, False)
                names.learners[each.asname or each.name] = defined[node.module].get(each.name, unknown)
        elif isinstance(node, ast.Import) and any(each.name in defined for each in node.names):
            for each in node.names:
                names.modules[each.asname or each.name] = defined.get(each.name, {})
        elif isinstance(node, ast.Import):
            useful = [each for each in node.names if each.name in USEFUL]
            names.plain |= {each.asname or each.name for each in useful}
            shared += [ast.unparse(ast.Import([each])) for each in useful]
        elif isinstance(node, ast.ImportFrom) and node.module == "datetime":
            names.dates |= {each.asname or each.name for each in node.names}
            shared.append(ast.unparse(node))
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            shared += _constant(node, node.targets[0].id, names)
    return names, shared


USEFUL = ("math", "string")
"""Modules of the standard library whose functions a check may call: they take and give plain values."""


def _top(tree: ast.Module) -> list[ast.stmt]:
    """The statements at the top of a module, those of a `try` round the imports too."""
    return [each for node in tree.body for each in (node.body if isinstance(node, ast.Try) else [node])]


def _constant(node: ast.Assign, name: str, names: Names) -> list[str]:
    try:
        value = Expressions(names, _no_method).value(node.value)
    except NotCarried:
        return []  # a test that uses it tells so
    if not value.here:
        return []
    names.plain.add(name)
    return [ast.unparse(ast.Assign([ast.Name(name, ast.Store())], value.code, lineno=1))]


def _no_method(node: ast.Call, name: str) -> Value:
    raise NotCarried(f"uses self.{name}")


def _tests(tree: ast.Module) -> list[_Test]:
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            found.append(_Test(node, None))
        if isinstance(node, ast.ClassDef):
            methods = [each for each in node.body if isinstance(each, ast.FunctionDef)]
            found += [_Test(_marked(each, node), node) for each in methods if each.name.startswith("test")]
    return found


def _marked(method: ast.FunctionDef, owner: ast.ClassDef) -> ast.FunctionDef:
    """METHOD with the decorators of its class, which are for each of its tests."""
    method.decorator_list = [*owner.decorator_list, *method.decorator_list]
    return method


def _methods(owner: ast.ClassDef | None) -> dict[str, ast.FunctionDef]:
    return {each.name: each for each in owner.body if isinstance(each, ast.FunctionDef)} if owner else {}


def _fresh(names: Names) -> Names:
    return replace(names, variables={"learner": Kind.HERE})


def _id(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", name.removeprefix("test").lower()).strip("-")
    return words or "works"


def _unique(name: str, taken: set[str]) -> str:
    number = 2
    unique = name
    while unique in taken:
        unique, number = f"{name}-{number}", number + 1
    return unique


def _claim(name: str) -> str:
    return _id(name).replace("-", " ")


def _function(name: str, claim: str, body: list[ast.stmt]) -> str:
    made = function(f"test_{name.replace('-', '_')}", ["learner"], [ast.Expr(ast.Constant(claim)), *body])
    return ast.unparse(ast.fix_missing_locations(made))
