"""The direction of imports: down the list of `docs/architecture.md` and never up, and nothing heavy where it counts."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import runner
from runner.workspace.workspace import Workspace

ROOT = Path(runner.__file__).parent
LEARN = Path(sys.executable).with_name("learn")

LAYERS = ["cli", "watch", "screen", "authoring", "workspace", "verify", "packs", "kit", "engines", "isolation"]
"""From the top to the bottom: a module may import its own layer and those behind it."""

GROUND = ["runner", "runner.errors", "runner.files"]
"""Below all layers: everything may import these."""

USE_THE_KIT = ["runner.verify.checker", "runner.verify.plugin", "runner.verify.system"]
"""The checker's own modules: besides the kit itself only these may import it, and no command may import them."""

HEAVY = ["asyncio", "blessed", "flask", "git", "httpx", "importlib.metadata", "pydantic", "pytest", "rich", "watchdog"]
HEAVY += ["cryptography", "docker", "h2", "jwt", "psycopg", "pymongo", "redis", "requests"]
HEAVY += ["codespell_lib", "jinja2", "sqlglot", "tomlkit", "tree_sitter"]
"""What costs more to import than `learn hint` may take altogether."""


DRIVERS = {"azure", "pymongo", "redis"}
"""What a child imports when it is handed a server."""


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = ("runner", *path.relative_to(ROOT).with_suffix("").parts)
        if not {"builtin", "templates"} & set(parts):
            found[".".join(parts).removesuffix(".__init__")] = path
    return found


MODULES = modules()


def imports(name: str) -> Iterator[tuple[int, str]]:
    """What the module NAME imports, inside functions too: the line and the dotted name."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}, line {node.lineno}: imports are absolute here"
            for alias in node.names:
                # `from runner.kit import git` imports the module, `from runner.kit import not_yet` the package.
                whole = f"{node.module}.{alias.name}"
                yield node.lineno, whole if whole in MODULES else str(node.module)


def reached(name: str, found: set[str]) -> set[str]:
    """FOUND with NAME and every module of ours that comes along when it is imported."""
    if name in MODULES and name not in found:
        found.add(name)
        for _, target in imports(name):
            reached(target, found)
    return found


def layer(name: str) -> int:
    return LAYERS.index(name.split(".")[1])


def test_every_module_stands_in_a_layer():
    """A new folder has to find its place in the list first."""
    assert {name.split(".")[1] for name in MODULES if name not in GROUND} == set(LAYERS)
    assert len(MODULES) > 50


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_down(name: str):
    for line, target in imports(name):
        if not (target == "runner" or target.startswith("runner.")) or target in GROUND:
            continue
        where = f"{name}, line {line}, imports {target}"
        assert target in MODULES, f"{where}, which is no module"
        assert name not in GROUND, f"{where}; it is below all layers"
        assert layer(name) <= layer(target), f"{where}, which stands above it"
        if target.split(".")[1] == "kit" and name.split(".")[1] != "kit":
            assert name in USE_THE_KIT, f"{where}; the kit runs in the checker only"


def test_no_command_takes_the_kit_into_the_main_process():
    along: set[str] = set()
    for name in MODULES:
        if name.startswith("runner.cli"):
            reached(name, along)
    assert "runner.verify.client" in along
    assert not [each for each in along if each in USE_THE_KIT or each.startswith("runner.kit")]


@pytest.mark.parametrize("agent", ["python_agent", "python_service"])
def test_the_learners_agent_stands_alone(agent: str):
    """It runs in the child, beside the learner's code: the standard library, drivers of servers, nothing of ours."""
    names = {target.split(".")[0] for _, target in imports(f"runner.kit.agents.{agent}")}
    assert names
    assert names <= sys.stdlib_module_names | DRIVERS


@pytest.mark.parametrize("name", [each for each in MODULES if each.startswith("runner.screen")])
def test_the_screen_runs_nothing(name: str):
    assert not {target for _, target in imports(name)} & {"subprocess", "threading", "socket", "selectors", "signal"}


def test_the_reducer_of_the_loop_is_pure():
    for name in ("runner.watch.reduce", "runner.watch.state"):
        impure = {
            "os",
            "sys",
            "time",
            "random",
            "subprocess",
            "signal",
            "selectors",
            "threading",
            "watchdog",
            "blessed",
        }
        assert not {target.split(".")[0] for _, target in imports(name)} & impure


def loaded_by(root: Path, *args: str) -> set[str]:
    """The modules that `learn ARGS` imports, as the interpreter itself tells."""
    command = [sys.executable, "-X", "importtime", str(LEARN), *args]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(re.findall(r"^import time:[ \d]+\|[ \d]+\| +(\S+)$", done.stderr, re.MULTILINE))


@pytest.mark.parametrize("args", [["--help"], ["hint"], ["hint", "double"], ["hint", "--force"]], ids=" ".join)
def test_what_is_asked_for_often_imports_nothing_heavy(workspace: Workspace, args: list[str]):
    loaded = loaded_by(workspace.root, *args)
    assert "click" in loaded
    assert not loaded & set(HEAVY)


def test_only_checks_of_services_load_what_asks_them():
    """httpx takes longer to load than all else in the checker; and Flask is for the learner's own process."""
    asking = {name for name in MODULES if {"httpx", "runner.kit.api"} & {target for _, target in imports(name)}}
    asking.remove("runner.authoring.lint.links")  # for `--links`, which asks the network, inside a function
    assert asking == {f"runner.kit.{name}" for name in ("api", "aws", "azure", "docker")}
    # By name inside a function, so that a checker of another kind of exercise goes without it.
    users = {name for name in MODULES if asking & {target for _, target in imports(name)}} - asking
    assert users == {"runner.kit.fixtures"}
    top = {
        node.module
        for node in ast.parse(MODULES["runner.kit.fixtures"].read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom)
    }
    assert not asking & top
    assert not [name for name in MODULES if "flask" in {target.split(".")[0] for _, target in imports(name)}]


def test_the_list_of_loaded_modules_would_show_them(workspace: Workspace):
    """The test above sees what it looks for: the list of exercises is drawn with rich, a new catalogue validated."""
    assert "rich" in loaded_by(workspace.root, "list")
    workspace.place.cache(0).unlink()
    assert "pydantic" in loaded_by(workspace.root, "hint")
