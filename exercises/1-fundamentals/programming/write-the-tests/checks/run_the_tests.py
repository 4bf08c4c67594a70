"""Runs one test file on many implementations with pytest; called in the learner's process, forks for each.

Its twin is `run_the_tests.mjs`: the same jobs and the same report.
"""

import contextlib
import gc
import json
import os
import random
import re
import stat
import sys
from pathlib import Path

sys.path[:] = [path for path in sys.path if path != os.getcwd()]  # a file of the learner's may have a library's name

import pytest  # noqa: E402

ABREAST = 2
REPORT = "report.json"
PYTEST = (
    *("-c", os.devnull, "--capture=sys"),
    *(
        option
        for name in ("cacheprovider", "doctest", "faulthandler", "junitxml", "pastebin", "stepwise", "terminal")
        for option in ("-p", f"no:{name}")
    ),
)


def run(jobs):
    """Run the tests in the folder of each of JOBS, `[folder, order, all]`, two at a time, and return what was seen.

    The tests begin in the order `written`, `reversed` or that of a number, and stop at the first failure unless
    `all` is true. Where those of the first folder do not all pass, no others are begun: what was seen is None.
    """
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    box = os.path.dirname(jobs[0][0])
    run = Run(jobs)
    try:
        code = pytest.main([*PYTEST, f"--rootdir={box}", f"--confcutdir={box}", box], plugins=[run])
        if run.job:
            run.tell(int(code))
    finally:
        if run.job:
            os._exit(0)
    return run.seen


class Run:
    """A pytest plugin: forks pytest when it is ready to look for tests, once a job, and keeps what it reports."""

    def __init__(self, jobs):
        self.jobs = jobs
        self.seen = [None] * len(jobs)
        self.job = None  # in a fork: its job
        self.planned = 0
        self.broken = self.line = ""
        self.tests = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session):
        """Fork; each fork goes on with the tests of its folder, and this process with none."""
        session.config.option.tbstyle = "native"  # pytest's own tracebacks take longer than the tests
        gc.collect()
        gc.freeze()
        waiting, running = list(enumerate(self.jobs)), {}
        while waiting or running:
            while waiting and len(running) < ABREAST:
                number, job = waiting.pop(0)
                pid = os.fork()
                if not pid:
                    self.job = job
                    self._begin(session, aloud=number == 0)
                    return None
                running[pid] = number
            number = running.pop(os.wait()[0])
            self.seen[number] = _report(self.jobs[number][0])
            if number == 0 and not _clean(self.seen[0]):
                waiting.clear()
        return True

    def _begin(self, session, aloud):
        if not aloud:  # what the tests print is the same in each fork
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
        for descriptor in range(3, 64):  # the way to the checker is not for tests
            with contextlib.suppress(OSError):
                if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                    os.close(descriptor)
        folder, _, everything = self.job
        os.chdir(folder)
        session.config.args = [os.path.join(folder, "test_duration.py")]
        session.config.option.maxfail = 0 if everything else 1

    def pytest_collection_modifyitems(self, items):
        """Put the tests in order."""
        order = self.job[1]
        if order == "reversed":
            items.reverse()
        elif order != "written":
            random.Random(order).shuffle(items)

    def pytest_collection_finish(self, session):
        """Keep how many tests there are."""
        self.planned = len(session.items)

    def pytest_collectreport(self, report):
        """Keep the words of a file that cannot be loaded."""
        if report.failed:
            lines = [line[1:].strip() for line in str(report.longrepr).splitlines() if line.startswith("E ")]
            self.broken = (lines or str(report.longrepr).strip().splitlines() or ["it cannot be loaded"])[-1]
            places = re.findall(r'test_duration\.py(?:", line |:)(\d+)', str(report.longrepr))
            self.line = places[-1] if places else ""

    def pytest_runtest_logreport(self, report):
        """Keep a test's outcome: the worst of its set-up, itself and its end."""
        name = report.nodeid.partition("::")[2]
        test = self.tests.setdefault(name, {"name": name, "outcome": "passed"})
        if report.failed:
            text = str(report.longrepr)
            crash = getattr(report.longrepr, "reprcrash", None)
            words = crash.message if crash else (text.strip().splitlines() or [""])[-1]
            lines = re.findall(r'test_duration\.py", line (\d+)', text)
            test.update(outcome="failed", words=words, line=lines[-1] if lines else "")
        elif report.skipped or hasattr(report, "wasxfail"):
            test["outcome"] = "skipped"

    def tell(self, code):
        """Leave it all in a file; `ended` where each test that was found came to its end, or one failure was enough."""
        ended = code in (0, 1, 5) and (code == 1 or len(self.tests) == self.planned)
        seen = {"tests": list(self.tests.values()), "ended": ended, "broken": self.broken, "line": self.line}
        Path(self.job[0], REPORT).write_text(json.dumps(seen))


def _report(folder):
    """What was left of the run in FOLDER; nothing where it was cut short."""
    try:
        return json.loads(Path(folder, REPORT).read_text())
    except (OSError, ValueError):
        return None


def _clean(seen):
    """Whether SEEN shows tests, and that all of them passed."""
    try:
        return seen["ended"] and {each["outcome"] for each in seen["tests"]} == {"passed"}
    except (TypeError, KeyError):
        return False
