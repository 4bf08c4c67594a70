"""The learner's pipeline on a good commit and on three bad ones, each bad in a way that one job must see."""

import re

import pytest

from runner.kit import not_yet

LINT = '''"""The style of this project: no line is longer than 80 characters or ends with a space."""

import pathlib
import sys


def faults(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if len(line) > 80:
            yield f"{path}:{number}: longer than 80 characters"
        if line != line.rstrip():
            yield f"{path}:{number}: a space at the end"


files = [path for path in sorted(pathlib.Path().rglob("*.py")) if path.name != "lint.py"]
found = [fault for path in files for fault in faults(path)]
print(*found, f"style: {len(files)} files, {len(found)} faults", sep="\\n")
sys.exit(1 if found else 0)
'''

SHOP = '''"""Prices in cents."""


def total(prices):
    return sum(prices)


def reduced(price, percent):
    return price - price * percent // 100
'''

BUG = SHOP.replace("price - price", "price + price")

STYLE = SHOP.replace("return sum(prices)", "return sum(prices) ")

SYNTAX = SHOP.replace("def reduced(price, percent):", "def reduced(price, percent)")

TESTS = """import unittest

import shop


class {name}(unittest.TestCase):
{cases}"""

TOTAL = """    def test_total_{number}(self):
        self.assertEqual(shop.total([{number}, 5]), {number} + 5)
"""

REDUCED = """    def test_reduced_{number}(self):
        self.assertEqual(shop.reduced(100, {number}), 100 - {number})
"""

COUNT = re.compile(r"^Ran (\d+) tests? in ", re.MULTILINE)

HIDDEN = "the command failed, as the log says; what stands around it ends with 0, and GitLab sees that alone"

SIGNS = {"test": "FAILED (", "lint": "a space at the end"}
"""What stands in the log of a job whose command has failed."""

ALLOWED = "with allow_failure the job fails and the pipeline stays green"


class Pushes:
    """The pipelines, all at work at once, by what is wrong with their commits."""

    def __init__(self):
        self.tests = 0
        self.branch = ""
        self.running = {}
        self.ended = {}

    def result(self, kind):
        """The pipeline of the commit of KIND, when it has ended."""
        if kind not in self.ended:
            self.ended[kind] = self.running[kind].wait()
        return self.ended[kind]


@pytest.fixture(scope="session")
def all_pushes():
    return Pushes()


@pytest.fixture
def pushes(all_pushes, pipeline, rng):
    """All pipelines, started when the first check asks for one."""
    if not all_pushes.running:
        files = files_with_tests(rng)
        all_pushes.tests = sum(text.count("    def test_") for text in files.values())
        all_pushes.branch = f"feature/{rng.choice(['basket', 'prices', 'search'])}-{rng.randint(1, 99)}"
        base = {"tests": None, "lint.py": LINT, "tests/__init__.py": "", **files}
        shops = {"good": SHOP, "bug": BUG, "style": STYLE, "syntax": SYNTAX}
        for kind, shop in shops.items():
            branch = "main" if kind == "good" else all_pushes.branch
            all_pushes.running[kind] = pipeline.start({**base, "shop.py": shop}, branch=branch)
    return all_pushes


def test_good(pushes):
    """a good commit is green: lint and test pass"""
    result = pushes.result("good")
    wrong = [result.job(name) for name in ("lint", "test") if result.job(name).state != "passed"]
    if wrong or result.code != 0:
        first = wrong[0] if wrong else None
        not_yet(
            expected="lint passed, test passed",
            got=result.words,
            printed=first.last_lines if first and first.state in ("failed", "warned") else None,
            means=f"no job {first.name} ran" if first and first.state == "not run" else None,
            look="gitlab-ci-local --list",
        )


def test_all_tests(pushes):
    """the log of test shows that all tests ran"""
    found = [int(number) for number in COUNT.findall(pushes.result("good").job("test").log)]
    if pushes.tests not in found:
        got = " and ".join(f"Ran {number} tests" for number in found) or "no line of unittest's that counts tests"
        fewer = found and max(found) < pushes.tests
        not_yet(
            expected=f"Ran {pushes.tests} tests",
            got=got,
            means="fewer than there are; discover finds those in new files as well" if fewer else "",
        )


def test_bug(pushes):
    """a bug turns test red, and lint not"""
    demand_red(pushes, "bug", "test", "lint")


def test_style(pushes):
    """a style fault turns lint red, and test not"""
    demand_red(pushes, "style", "lint", "test")


def test_syntax(pushes):
    """a file that Python cannot read turns test red"""
    demand_red(pushes, "syntax", "test")


def demand_red(pushes, kind, name, other=None):
    """Demand of the pipeline of KIND that the job NAME is red, and OTHER is not."""
    result = pushes.result(kind)
    job = result.job(name)
    if job.state != "failed" or result.code == 0:
        hidden = HIDDEN if job.state == "passed" and SIGNS[name] in job.log else ""
        means = {"warned": ALLOWED, "not run": f"on the branch {pushes.branch} no job {name} ran"}
        not_yet(
            expected=f"{name} failed, and the pipeline is red",
            got=f"{result.words}; the pipeline is {'red' if result.code else 'green'}",
            printed=job.last_lines if job.state in ("passed", "warned") else None,
            means=means.get(job.state, hidden),
        )
    if other and result.job(other).state in ("failed", "warned"):
        not_yet(
            expected=f"{name} failed, {other} not",
            got=result.words,
            printed=result.job(other).last_lines,
            means=f"{other} tells of a fault that is not its own",
        )


def files_with_tests(rng):
    """Three files with a number of tests; the bug is seen in one of them alone."""
    names = rng.sample(["basket", "checkout", "orders", "stock", "taxes", "zones"], 2)
    kinds = {"shop": TOTAL, names[0]: TOTAL, names[1]: REDUCED}
    files = {}
    for name, case in kinds.items():
        numbers = rng.sample(range(1, 90), rng.randint(2, 5))
        cases = "\n".join(case.format(number=number) for number in numbers)
        files[f"tests/test_{name}.py"] = TESTS.format(name=name.title(), cases=cases)
    return files
