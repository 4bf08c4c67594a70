"""The fixture `pipeline`: the learner's `.gitlab-ci.yml`, run by gitlab-ci-local on commits that the check makes.

Each pipeline has a repository, a home and a state of its own, so several run at once. The jobs run as the learner's
programs, with their limits.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from runner.engines.programs import command
from runner.kit.context import Context
from runner.kit.git_builder import Builder
from runner.kit.outcomes import CouldNotRun, RanTooLong
from runner.kit.part import Part
from runner.kit.process import Capture, environment, start, wait

FILE = ".gitlab-ci.yml"
MAIN = "main"
ORIGIN = "https://gitlab.example.com/learn/project.git"
"""Where the repository says that it comes from; nobody goes there."""

LEFT_OUT = shutil.ignore_patterns(".git", ".gitlab-ci-local*", "__pycache__")
"""What is no part of a commit: the learner's own repository, and what gitlab-ci-local reads that GitLab does not."""

OPTIONS = ("--force-shell-executor", "--no-color", "--no-artifacts-to-source", "--state-dir=../state")
STATES = {"PASS": "passed", "FAIL": "failed", "WARN": "warned"}
"""How a job ended, by the word in gitlab-ci-local's summary; `warned` is a failure that was allowed."""

NOT_RUN = "not run"
SUMMARY = re.compile(r"^ (PASS|FAIL|WARN)  (.+?)(?: {2,}.*| *)$", re.MULTILINE)
STARTED = re.compile(r"^(.+?) +starting shell \(", re.MULTILINE)
FINISHED = re.compile(r"^(.+?) +finished in ", re.MULTILINE)
NOISE = re.compile(r"^(\s+at .*|parsing and downloads .*|json schema validated .*|.* not found in cwd, .*)?$")
"""Lines that say nothing of why a pipeline was refused."""

EXPANDED = "expanded-gitlab-ci.yml"
"""Where gitlab-ci-local writes the pipeline as it understood it: one key a line, indented by two for each level."""

KEYWORD = re.compile(r"^  (only|except|services|trigger):|^    (untracked):", re.MULTILINE)
UNKNOWN = {
    "only": "rules can say the same",
    "except": "rules can say the same",
    "services": "jobs run here without containers",
    "trigger": "the jobs of this project run here, and no others",
    "untracked": "paths can say the same",
}
"""Keywords of GitLab's that gitlab-ci-local passes over here, and so would tell a wrong tale, with what helps."""

ADVICE = "For further troubleshooting"
"""Where words for those begin who use gitlab-ci-local themselves."""

LINE = re.compile(r"\((\d+):\d+\)")
MOST_LINES = 8
"""Lines of gitlab-ci-local's words that a message takes."""


@dataclass(frozen=True)
class Job:
    """One job of a pipeline: `passed`, `failed`, `warned` or `not run`; its log; the folder of what it kept."""

    name: str
    state: str
    log: str
    artifacts: Path

    @property
    def last_lines(self) -> str:
        """The end of the log, for a message: lines that say something."""
        return "\n".join([line for line in self.log.splitlines() if line.strip("- ")][-4:])


@dataclass(frozen=True)
class Result:
    """A pipeline that has ended: the exit status, 0 where it is green, and its jobs."""

    code: int
    names: list[str]
    states: Mapping[str, str] = field(repr=False)
    folder: Path

    def job(self, name: str) -> Job:
        """The job NAME, of letters, digits, `-` and `_`; one that the pipeline did not start is `not run`."""
        log = self.folder / "output" / f"{name}.log"
        text = log.read_bytes().decode("utf-8", "backslashreplace") if log.is_file() else ""
        return Job(name, self.states.get(name, NOT_RUN), text, self.folder / "artifacts" / name)

    @property
    def words(self) -> str:
        """The jobs and how each ended, for a message."""
        return ", ".join(f"{name} {state}" for name, state in self.states.items()) or "no job ran"


class Running:
    """A pipeline that was started and goes on beside the check."""

    def __init__(self, process: subprocess.Popen[bytes], context: Context, folder: Path, told: str) -> None:
        self._process = process
        self._capture = Capture(process, context)
        self._context = context
        self._folder = folder
        self._told = told

    def wait(self) -> Result:
        """Wait until it ends, at most the context's budget.

        Raises:
            RanTooLong: a job was still running then; the message names it.
            CouldNotRun: the file is none that GitLab takes, or has keywords that cannot be tried here.
        """
        self._context.last_command = self._told
        seconds = self._context.budget()
        try:
            code = wait(self._process, self._capture, seconds)
        except RanTooLong:
            raise self._too_long(seconds) from None
        printed, complained = self._capture.text("stdout"), self._capture.text("stderr")
        self._capture.close()
        names = list(dict.fromkeys(STARTED.findall(printed)))
        states = {name: STATES[word] for word, name in SUMMARY.findall(printed)}
        _demand_known(self._folder / "state" / EXPANDED)
        if code != 0 and not states:
            raise _refused(complained or printed)
        return Result(code, names, states, self._folder / "state")

    def _too_long(self, seconds: float) -> RanTooLong:
        printed = self._capture.text("stdout") + self._capture.text("stderr")
        at_work = [name for name in STARTED.findall(printed) if name not in FINISHED.findall(printed)]
        return RanTooLong(
            expected=f"the end of the pipeline within {seconds:.0f} s",
            got=f"still at work then: {', '.join(at_work) or 'gitlab-ci-local, before any job'}",
        )


class Pipeline(Part):
    """Commits the learner's files with a project, and runs their pipeline on that."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._folder = context.scratch / "pipelines"
        self._template = self._folder / "template"
        self._made = 0

    def prepare(self) -> None:
        """Make ahead what all repositories begin with: one empty commit, which `origin` has as well."""
        builder = Builder(self._template)
        first = builder.commit("Begin")
        builder.run("remote", "add", "origin", ORIGIN)
        builder.run("update-ref", f"refs/remotes/origin/{MAIN}", first)
        builder.run("symbolic-ref", "refs/remotes/origin/HEAD", f"refs/remotes/origin/{MAIN}")

    def run(
        self,
        project: Mapping[str, str | None],
        *,
        branch: str = MAIN,
        variables: Mapping[str, str] | None = None,
        isolated: bool = False,
    ) -> Result:
        """Run the pipeline of a commit and wait for its end; the arguments are those of `start`."""
        return self.start(project, branch=branch, variables=variables, isolated=isolated).wait()

    def start(
        self,
        project: Mapping[str, str | None],
        *,
        branch: str = MAIN,
        variables: Mapping[str, str] | None = None,
        isolated: bool = False,
    ) -> Running:
        """Start the pipeline of a new commit that holds the learner's files and PROJECT on top of them.

        Args:
            project: the text of each file by its path, one that begins with `#!` may be executed; None removes what
                the learner has at that path, a folder too.
            branch: the branch that the commit is pushed to.
            variables: CI/CD variables, as the project's settings would give them.
            isolated: each job gets a checkout of its own and the artifacts that it is due; else all share a folder.

        Raises:
            CouldNotRun: the learner has no `.gitlab-ci.yml`.
        """
        if not (self._context.work / FILE).is_file():
            raise CouldNotRun(expected=f"a file {FILE}", got="no such file")
        self._made += 1
        folder = self._folder / str(self._made)
        self._commit(folder / "project", project, branch)
        options = [*OPTIONS, *(["--shell-isolation"] if isolated else [])]
        if self._made > 1:  # the same file; a quarter of a second, and the first has told its words by then
            options.append("--no-json-schema-validation")
        options += [part for name, value in (variables or {}).items() for part in ("--variable", f"{name}={value}")]
        process = start(
            [*self._program(), *options],
            self._context,
            cwd=folder / "project",
            env=self._environment(folder),
            virtual_memory=False,
        )
        return Running(process, self._context, folder, f"gitlab-ci-local   (a commit on {branch})")

    def _program(self) -> list[str]:
        path = self._context.tools["gitlab-ci-local"]
        return [self._context.tools["node"], path] if path.endswith(".js") else command(path)

    def _environment(self, folder: Path) -> dict[str, str]:
        """A home and a folder for temporary files of its own, no containers, and the `python3` that runs `learn`."""
        places = {name: str(folder / name.lower()) for name in ("HOME", "TMPDIR")}
        for place in places.values():
            os.mkdir(place)
        path = environment(self._context)["PATH"]
        return {
            **places,
            "DOCKER_HOST": "unix:///dev/null",
            "PATH": os.pathsep.join([os.path.dirname(sys.executable), path]),
        }

    def _commit(self, place: Path, project: Mapping[str, str | None], branch: str) -> None:
        shutil.copytree(self._template, place, symlinks=True)
        shutil.copytree(self._context.work, place, symlinks=True, ignore=LEFT_OUT, dirs_exist_ok=True)
        for path in project:
            _remove(place / path)
        builder = Builder.at(place)
        for path, text in project.items():
            if text is not None:
                file = builder.write(path, text)
                file.chmod(0o755 if text.startswith("#!") else 0o644)
        try:
            if branch != MAIN:
                builder.run("symbolic-ref", "HEAD", f"refs/heads/{branch}")
            builder.commit("Change the project")
            builder.run("clean", "-ffdxq")  # what git ignores is in no job's checkout
        except RuntimeError as error:
            raise CouldNotRun(expected="files that git can commit", got=str(error)) from None


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _demand_known(expanded: Path) -> None:
    """Demand that nothing is in the pipeline that means something else to GitLab."""
    if not expanded.is_file():
        return
    found = KEYWORD.search(expanded.read_text(encoding="utf-8", errors="replace"))
    if found:
        keyword = found[1] or found[2]
        means = f"GitLab knows {keyword}, gitlab-ci-local does not; {UNKNOWN[keyword]}"
        raise CouldNotRun(expected="keywords that can be tried here", got=keyword, where=FILE, means=means)


def _refused(complained: str) -> CouldNotRun:
    """Why gitlab-ci-local took the file for none of GitLab's, in its own words."""
    lines = [line.rstrip() for line in complained.partition(ADVICE)[0].splitlines() if not NOISE.match(line)]
    words = "\n".join(lines[:MOST_LINES]) or "no words of why"
    line = LINE.search(words)
    where = f"{FILE}, line {line[1]}" if line else FILE
    return CouldNotRun(expected="a pipeline that GitLab can read", got=words, where=where)
