"""The fixture `terraform`: the learner's configuration planned and applied by a real Terraform, judged by its JSON.

Only the built-in provider is there (`terraform_data`), so nothing is downloaded. Each stack is a copy of the learner's
folder with a state of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner.engines.programs import command
from runner.kit.context import Context
from runner.kit.outcomes import CouldNotRun, EngineFailed, NotYet, Outcome
from runner.kit.part import Part
from runner.kit.process import Capture, end, start, wait

SETTINGS = 'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n'
"""Where providers come from: a folder that is empty, so that no run waits for a network, or differs with one."""

QUIET = {
    "CHECKPOINT_DISABLE": "1",
    "TF_IN_AUTOMATION": "1",
    "TF_INPUT": "0",
    "TF_CLI_ARGS": "-no-color",
}
"""Terraform's own settings for a program that nobody sits in front of."""

LEFT_OUT = shutil.ignore_patterns(".git", ".terraform", ".terraform.lock.hcl", "*.tfstate", "*.tfstate.*")
"""What the learner's own use of Terraform leaves in their folder; a stack begins without it."""

CHANGED = 2
"""The exit status of `terraform plan -detailed-exitcode` where there is something to do."""

NO_REGISTRY = "nothing is downloaded here; of providers the built-in one is there, with terraform_data"

WAIT = "--arguments-on-stdin"
"""What `engines/wheels/terraform.py` calls its option to wait."""

MOST_LINES = 4
"""Lines of Terraform's words that a message takes."""

MOST_LISTED = 6
"""Changes that a message lists."""

VERBS = {
    ("no-op",): "no-op",
    ("create",): "create",
    ("read",): "read",
    ("update",): "update",
    ("delete",): "delete",
    ("delete", "create"): "replace",
    ("create", "delete"): "replace",
    ("forget",): "forget",
}
"""What a plan does to one resource, in one word for each list of actions in Terraform's JSON."""


@dataclass(frozen=True)
class Diagnostic:
    """An error of Terraform's: what it says, and the learner's file and line where it says it, with that line."""

    summary: str
    detail: str
    where: str

    @property
    def words(self) -> str:
        """Summary and detail as one text, its lines cut to a message's length."""
        return "\n".join([self.summary, *self.detail.splitlines()][:MOST_LINES]).strip()


@dataclass(frozen=True)
class Change:
    """What a plan does to one resource: a word of `VERBS`, and its values before and after, as far as known by then."""

    address: str
    verb: str
    before: dict[str, Any]
    after: dict[str, Any]
    previous_address: str

    @property
    def words(self) -> str:
        """The change as a message tells it."""
        return f"{self.verb} {self.address}"


@dataclass(frozen=True)
class Plan:
    """A plan: its changes to managed resources, `no-op` among them; verbs by the names of outputs; all of its JSON."""

    changes: list[Change]
    outputs: dict[str, str]
    empty: bool
    raw: dict[str, Any]

    @property
    def effects(self) -> list[Change]:
        """The changes that do something."""
        return [each for each in self.changes if each.verb != "no-op"]

    @property
    def words(self) -> str:
        """What the plan does, as a message tells it, the first few of many."""
        outputs = [f"{verb} output.{name}" for name, verb in self.outputs.items() if verb != "no-op"]
        return listed([*(each.words for each in self.effects), *outputs])


@dataclass(frozen=True)
class State:
    """What is there: the values of each managed resource by its address, modules' too, and the outputs' values."""

    resources: dict[str, dict[str, Any]]
    outputs: dict[str, Any]


class Stack:
    """One copy of the learner's configuration, initialised, with a state of its own. Inputs are given as `-var`."""

    def __init__(self, terraform: Terraform, folder: Path) -> None:
        self.folder = folder
        self._terraform = terraform
        self._plan = folder.with_suffix(".plan")

    def plan(self, **inputs: Any) -> Plan:
        """What `terraform plan` would do.

        Raises:
            CouldNotRun: there is an error; its rows are Terraform's own words, with file and line.
            NotYet: the same, where the configuration was planned before with other inputs, or in another state.
        """
        code, printed = self._ask("plan", "-detailed-exitcode", f"-out={self._plan}", inputs)
        if code not in (0, CHANGED):
            raise self._terraform.failure(diagnostics(printed), printed)
        self._terraform.ran = True
        raw = self._show(str(self._plan))
        return _plan(raw, empty=code == 0)

    def errors(self, **inputs: Any) -> list[Diagnostic]:
        """The errors that `terraform plan` ends with; none where it has a plan."""
        code, printed = self._ask("plan", "-detailed-exitcode", inputs)
        return [] if code in (0, CHANGED) else diagnostics(printed)

    def apply(self, **inputs: Any) -> State:
        """Apply what a plan would do; returns what is there then.

        Raises:
            CouldNotRun, NotYet: as `plan`.
        """
        return self._applied(inputs)

    def destroy(self, **inputs: Any) -> State:
        """Destroy everything; returns what is there then.

        Raises:
            CouldNotRun, NotYet: as `plan`.
        """
        return self._applied(inputs, "-destroy")

    def state(self) -> State:
        """What is there now."""
        values = self._show().get("values") or {}
        outputs = {name: each.get("value") for name, each in values.get("outputs", {}).items()}
        return State(_resources(values.get("root_module", {})), outputs)

    def _applied(self, inputs: dict[str, Any], *options: str) -> State:
        code, printed = self._ask("apply", "-auto-approve", *options, inputs)
        if code != 0:
            raise self._terraform.failure(diagnostics(printed), printed)
        self._terraform.ran = True
        return self.state()

    def _ask(self, *args: Any) -> tuple[int, str]:
        *options, inputs = args
        values = [part for name, value in inputs.items() for part in ("-var", f"{name}={_literal(value)}")]
        told = [each for each in options if not each.startswith("-") or each == "-destroy"]
        return self._terraform.run(self.folder, [options[0], "-json", *options[1:], *values], [*told, *values])

    def _show(self, *plan: str) -> dict[str, Any]:
        code, printed = self._terraform.run(self.folder, ["show", "-json", *plan])
        try:
            shown = json.loads(printed)
        except ValueError:
            shown = None
        if code != 0 or not isinstance(shown, dict):
            raise EngineFailed(expected="the JSON of terraform show", got=printed[-400:] or f"exit status {code}")
        return shown


class Terraform(Part):
    """Makes stacks from the learner's folder. `ran` is whether anything was planned or applied: then it can run."""

    def __init__(self, context: Context) -> None:
        self.ran = False
        self._context = context
        self._folder = context.scratch / "terraform"
        self._source = self._folder / "source"
        self._made = 0
        self._waiting: subprocess.Popen[bytes] | None = None
        self._program = command(context.tools["terraform"])
        (self._folder / "mirror").mkdir(parents=True)
        settings = self._folder / "settings.tfrc"
        settings.write_text(SETTINGS.format(mirror=self._folder / "mirror"), encoding="utf-8")
        self._environment = {**QUIET, "TF_CLI_CONFIG_FILE": str(settings)}

    def stack(self) -> Stack:
        """A new stack, of which nothing is applied.

        Raises:
            CouldNotRun: the configuration cannot be initialised.
        """
        if not self._source.exists():
            self._initialise()
        self._made += 1
        folder = self._folder / f"stack-{self._made}"
        shutil.copytree(self._source, folder, symlinks=True)
        return Stack(self, folder)

    def _initialise(self) -> None:
        """Once for all stacks: what `init` makes is copied with the rest."""
        making = self._folder / "making"
        shutil.rmtree(making, ignore_errors=True)
        shutil.copytree(self._context.work, making, symlinks=True, ignore=LEFT_OUT)
        code, printed = self.run(making, ["init"], ["init"])
        if code != 0:
            _, told = self.run(making, ["validate", "-json"])
            found = [each for each in _validated(told) if "terraform init" not in each.detail]
            raise self.failure(found, printed)
        making.rename(self._source)

    def run(self, folder: Path, args: list[str], told: list[str] | None = None) -> tuple[int, str]:
        """Run Terraform with ARGS in FOLDER; returns its exit status and what it printed, stdout first.

        Args:
            told: the arguments as messages show them; without them, messages show the command before.

        Raises:
            RanTooLong: it took more than the run has left for a step.
        """
        if told:
            self._context.last_command = shlex.join(["terraform", *told])
        process = self._started([f"-chdir={folder}", *args])
        capture = Capture(process, self._context, record=False)
        code = wait(process, capture, self._context.budget())
        printed = capture.text("stdout") + capture.text("stderr")
        capture.close()
        return code, printed

    def prepare(self) -> None:
        """Start ahead what takes long to load: the wheel's library. A program of its own needs nothing."""
        if self._program[-1].endswith(".py"):
            self._waiting = self._start([WAIT], stdin=subprocess.PIPE)

    def close(self) -> None:
        """End what waits."""
        if self._waiting:
            end(self._waiting)

    def _started(self, args: list[str]) -> subprocess.Popen[bytes]:
        """Terraform at work on ARGS: the process that waits, and another waits from now on; or a new one."""
        process = self._waiting
        if not process:
            return self._start(args)
        self.prepare()
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it has died; its words say why
            process.stdin.write(json.dumps(args).encode() + b"\n")
            process.stdin.close()
        return process

    def _start(self, args: list[str], stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        argv = [*self._program, *args]
        env = self._environment
        return start(argv, self._context, cwd=self._folder, env=env, stdin=stdin, virtual_memory=False)

    def failure(self, found: list[Diagnostic], printed: str) -> Outcome:
        """The end of a check with the first error FOUND, or with what Terraform PRINTED."""
        got, where = (found[0].words, found[0].where) if found else (_plain(printed), "")
        means = NO_REGISTRY if not found and "registry." in printed else ""
        return (NotYet if self.ran else CouldNotRun)(expected="no error", got=got, where=where, means=means)


def listed(told: list[str]) -> str:
    """What is TOLD of each, as a message has it: the first few of many, and `nothing` for none."""
    more = f" and {len(told) - MOST_LISTED} more" if len(told) > MOST_LISTED else ""
    return (", ".join(told[:MOST_LISTED]) + more) or "nothing"


def diagnostics(printed: str) -> list[Diagnostic]:
    """The errors among the lines of JSON that Terraform PRINTED with `-json`."""
    found = []
    for line in printed.splitlines():
        try:
            message = json.loads(line)
        except ValueError:
            continue
        if isinstance(message, dict) and message.get("type") == "diagnostic":
            found.append(message["diagnostic"])
    return _errors(found)


def _validated(printed: str) -> list[Diagnostic]:
    try:
        return _errors(json.loads(printed)["diagnostics"])
    except (ValueError, KeyError, TypeError):
        return []


def _errors(found: list[dict[str, Any]]) -> list[Diagnostic]:
    return [
        Diagnostic(each.get("summary", ""), each.get("detail", ""), _where(each))
        for each in found
        if each.get("severity") == "error"
    ]


def _where(diagnostic: dict[str, Any]) -> str:
    place = diagnostic.get("range")
    if not place:
        return ""
    code = (diagnostic.get("snippet") or {}).get("code", "").strip()
    first = next(iter(code.splitlines()), "")
    return f"{os.path.basename(place['filename'])}, line {place['start']['line']}" + (f": {first}" if first else "")


def _plain(printed: str) -> str:
    """The first error in text that is meant for people, without the frame that Terraform draws around it."""
    lines = [line.strip("│╷╵ ") for line in printed.splitlines()]
    first = next((number for number, line in enumerate(lines) if line.startswith("Error:")), 0)
    return "\n".join([line for line in lines[first:] if line][:MOST_LINES]) or "no words of Terraform's"


def _plan(raw: dict[str, Any], *, empty: bool) -> Plan:
    changes = [_change(each) for each in raw.get("resource_changes", []) if each.get("mode") == "managed"]
    outputs = {name: _verb(each) for name, each in raw.get("output_changes", {}).items()}
    return Plan(changes, outputs, empty, raw)


def _change(found: dict[str, Any]) -> Change:
    change = found["change"]
    before, after = (change.get(side) or {} for side in ("before", "after"))
    return Change(found["address"], _verb(change), before, after, found.get("previous_address") or "")


def _verb(change: dict[str, Any]) -> str:
    actions = tuple(change["actions"])
    return VERBS.get(actions, " and ".join(actions))


def _resources(module: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = {each["address"]: each["values"] for each in module.get("resources", []) if each["mode"] == "managed"}
    for child in module.get("child_modules", []):
        found |= _resources(child)
    return found


def _literal(value: Any) -> str:
    """A value as `-var` takes it: text as it is, all else in JSON, which is HCL too."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
