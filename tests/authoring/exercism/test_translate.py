"""Tests of unittest and pytest as checks: what each form becomes, and what is left out with which words."""

from __future__ import annotations

import pytest

from runner.authoring.exercism.expressions import NotCarried
from runner.authoring.exercism.translate import translate

ANSWER = "def f(*args):\n    pass\n\nclass Box:\n    size = 1\n\nclass Odd(ValueError):\n    pass\n"
F = "learner.call('answer:f')"
BOX = "learner.new('answer:Box'"
HEAD = "import unittest, math\nfrom datetime import date\nfrom answer import f, Box, Odd, LIMIT\n"


def method(*lines: str, before: str = "") -> str:
    """A test module with one test of LINES, and other methods BEFORE it."""
    body = "\n".join(f"        {line}" for line in lines)
    return f"{HEAD}class AnswerTest(unittest.TestCase):\n{before}    def test_it(self):\n{body}\n"


def body_of(tests: str) -> list[str]:
    """The lines of the one check that TESTS become, without its claim."""
    translation = translate(tests, {"answer": ANSWER})
    assert translation.left == (), translation.left
    (check,) = translation.carried
    return [line.strip() for line in check.code.splitlines()[2:] if line.strip()]


@pytest.mark.parametrize(
    ("line", "check"),
    [
        ("self.assertEqual(f(1), 2)", "assert learner.call('answer:f', 1) == 2"),
        ("self.assertEqual(2, f(x=1))", "assert learner.call('answer:f', x=1) == 2"),
        ("self.assertEqual(f((1, 2)), [(3,)])", "assert learner.call('answer:f', Tuple([1, 2])) == [Tuple([3])]"),
        ("self.assertEqual(f({(1, 2): 3}), {})", "assert learner.call('answer:f', {(1, 2): 3}) == {}"),
        ("self.assertEqual(f(), {1, 2})", f"assert learner.members({F}) == {{1, 2}}"),
        ("self.assertEqual(set(f()), set())", f"assert learner.members(learner.operate('set', {F})) == set()"),
        ("self.assertIs(f(), False)", f"assert {F} is False"),
        ("self.assertIsNone(f())", f"assert {F} is None"),
        ("self.assertTrue(f())", f"assert learner.operate('truth', {F}) is True"),
        ("self.assertFalse(f())", f"assert learner.operate('truth', {F}) is False"),
        ("self.assertIn(f(), [1, 2])", f"assert {F} in list([1, 2])"),
        ("self.assertNotIn(1, f())", f"assert learner.operate('contains', {F}, 1) is False"),
        ("self.assertGreater(f(), 1)", f"assert learner.operate('gt', {F}, 1) is True"),
        ("self.assertAlmostEqual(f(), math.pi, places=2)", f"assert {F} == approx(math.pi, abs=0.005, rel=0)"),
        ("self.assertAlmostEqual(f(), 1, delta=0.25)", f"assert {F} == approx(1, abs=0.25, rel=0)"),
        ("self.assertCountEqual(f(), [2, 1])",
         f"assert in_any_order(learner.operate('list', {F})) == in_any_order(list([2, 1]))"),
        ("self.assertEqual(f(), LIMIT)", f"assert learner.operate('eq', {F}, learner.read('answer:LIMIT')) is True"),
        ("self.assertEqual(Box.size, 1)", "assert learner.read('answer:Box.size') == 1"),
        ("self.assertEqual(str(Box(1)), 'x')", f"assert learner.operate('str', {BOX}, 1)) == 'x'"),
        ("self.assertEqual(Box(1) + Box(2), Box(3))",
         f"assert learner.operate('eq', learner.operate('add', {BOX}, 1), {BOX}, 2)), {BOX}, 3)) is True"),
        ("self.assertEqual(Box().open(1), 2)", "assert learner.new('answer:Box').open(1) == 2"),
        ("self.assertEqual(Box().get(1), 2)",
         "assert learner.operate('method', learner.new('answer:Box'), 'get', 1) == 2"),
        ("self.assertEqual(f().lid, 2)", f"assert learner.operate('getattr', {F}, 'lid') == 2"),
        ("self.assertEqual(f(), date(2024, 2, 29))",
         f"assert learner.operate('repr', {F}) == repr(date(2024, 2, 29))"),
        ("self.assertEqual([f(n) for n in range(3)], [])",
         "assert [learner.call('answer:f', n) for n in range(3)] == []"),
        ("self.assertRaises(Odd, f, 1)", "failure = learner.failure(lambda: learner.call('answer:f', 1)).of('Odd')"),
    ],
)  # fmt: skip
def test_assertions_of_unittest(line: str, check: str) -> None:
    assert body_of(method(line)) == [check]


def test_errors_and_their_texts() -> None:
    tests = method(
        "box = Box()",
        "with self.assertRaises((Odd, KeyError)) as err:",
        "    box.open()",
        "self.assertEqual(type(err.exception), Odd)",
        "self.assertEqual(err.exception.args[0], 'shut')",
        "self.assertEqual(str(err.exception), 'shut')",
    )
    assert body_of(tests) == [
        "box = learner.new('answer:Box')",
        "err = learner.failure(lambda: box.open()).of('Odd', 'KeyError')",
        "assert err.type == 'Odd'",
        "assert err.message == 'shut'",
        "assert err.message == 'shut'",
    ]


def test_several_steps_that_may_raise() -> None:
    tests = method(
        "with self.assertRaisesRegex(ValueError, 'no+'):", "    box = Box()", "    box.lid = 1", "    box.open()"
    )
    assert body_of(tests) == [
        "def attempt():",
        "box = learner.new('answer:Box')",
        "learner.operate('setattr', box, 'lid', 1)",
        "box.open()",
        "failure = learner.failure(attempt).of('ValueError').saying('no+')",
    ]


def test_values_are_unpacked_only_when_they_are_as_many() -> None:
    assert body_of(method("a, b = f()", "self.assertEqual(a, 1)")) == [
        "items = learner.operate('list', learner.call('answer:f'))",
        "assert len(items) == 2, 'another number of values came back'",
        "a, b = items",
        "assert a == 1",
    ]


def test_set_up_and_own_methods() -> None:
    before = (
        "    def setUp(self):\n        self.box = Box(3)\n"
        "    def filled(self, items):\n        box = Box()\n"
        "        for each in items:\n            box.add(each)\n        return box\n"
    )
    tests = method("self.assertEqual(self.filled([1]).count(), self.box.count())", before=before)
    translation = translate(tests, {"answer": ANSWER})
    assert translation.shared.splitlines()[-5:] == [
        "def filled(learner, items):",
        "    box = learner.new('answer:Box')",
        "    for each in items:",
        "        box.add(each)",
        "    return box",
    ]
    assert translation.carried[0].code.splitlines()[2] == "    self_box = learner.new('answer:Box', 3)"


def test_functions_of_pytest() -> None:
    tests = (
        "import pytest\nimport answer\n"
        "def test_one():\n    assert answer.f(1) == 2\n    assert not answer.f(2)\n    assert answer.f(3) is None\n"
        "def test_two():\n    with pytest.raises(answer.Odd, match='x'):\n        answer.f(1)\n"
    )
    one, two = translate(tests, {"answer": ANSWER}).carried
    assert [one.id, one.claim, two.id] == ["one", "one", "two"]
    assert "assert learner.operate('truth', learner.call('answer:f', 2)) is False" in one.code
    assert "failure = learner.failure(lambda: learner.call('answer:f', 1)).of('Odd').saying('x')" in two.code


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["self.assertEqual(f(lambda x: x), 1)"], "uses a function of its own as a value"),
        (["self.assertEqual(f(Box), 1)"], "passes Box itself as a value"),
        (["self.assertEqual(f(date(2024, 1, 1)), 1)"], "passes a date to the learner's code"),
        (["self.assertEqual(f(b'x'), 1)"], "uses a value of type bytes, which does not travel between processes"),
        (["items = [1]", "f(items)", "self.assertEqual(items, f())"],
         "looks whether the learner's code changed its argument `items`"),
        (["self.assertEqual(1, 1)"], "compares only values of its own"),
        (["f(1)"], "asserts nothing about the learner's code"),
        (["try:", "    f()", "except Odd:", "    pass"], "has a statement `try`"),
        (["with open('x') as file:", "    self.assertEqual(f(file), 1)"], "uses `with open('x')`"),
        (["self.assertWarns(f)"], "uses self.assertWarns"),
        (["learner = 1", "self.assertEqual(f(learner), 1)"],
         "has a variable `learner`, which means something else in a check"),
        (["with self.assertRaises(ValueError) as err:", "    f()", "self.assertEqual(f(err.exception), 1)"],
         "passes on an error that it caught"),
        (["with self.assertRaises(ValueError):", "    self.assertEqual(f(), 1)"],
         "asserts inside the block that is to raise"),
        (["print(math.factorial(5))"], "calls print"),
        (["import os"], "has a statement `import`"),
        (["self.assertEqual(f()[1:], 1)"], "takes a slice of a value of the learner's"),
        (["self.assertIs(f(), [])"], "asserts the identity of a value"),
    ],
)  # fmt: skip
def test_what_is_left_out_says_why(lines: list[str], reason: str) -> None:
    translation = translate(method(*lines), {"answer": ANSWER})
    assert translation.carried == ()
    assert [(each.test, each.reason) for each in translation.left] == [("test_it", reason)]


def test_decorated_tests_and_parameters() -> None:
    tests = f"{HEAD}import pytest\n@pytest.mark.parametrize('n', [1])\ndef test_it(n):\n    assert f(n) == 1\n"
    (left,) = translate(tests, {"answer": ANSWER}).left
    assert left.reason.startswith("is decorated with pytest.mark.parametrize")
    classes = method("self.assertEqual(f(), 1)").replace("class ", "@unittest.skip('no')\nclass ")
    assert translate(classes, {"answer": ANSWER}).left[0].reason == "is decorated with unittest.skip('no')"


def test_names_that_meet_get_numbers() -> None:
    tests = f"{HEAD}class A(unittest.TestCase):\n    def test_A_1(self):\n        self.assertEqual(f(), 1)\n"
    more = "    def test_a__1(self):\n        self.assertEqual(f(), 2)\n"
    more += "    def test(self):\n        self.assertEqual(f(), 3)\n"
    assert [each.id for each in translate(tests + more, {"answer": ANSWER}).carried] == ["a-1", "a-1-2", "works"]


@pytest.mark.parametrize("tests", ["def (", "x = 1\0", "(" * 5000])
def test_a_module_that_is_no_python(tests: str) -> None:
    with pytest.raises(NotCarried, match="the test module is not valid Python"):
        translate(tests, {"answer": ANSWER})
