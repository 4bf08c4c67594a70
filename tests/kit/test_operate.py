"""What only Python has: operators, keyword arguments, tuples and sets, done in the learner's process."""

from __future__ import annotations

import pytest

from runner.kit import Tuple, in_any_order
from runner.kit.learner import Foreign, Learner
from runner.kit.outcomes import CouldNotRun, NotYet

PYTHON = """
SIZE = 19
NAMES = ("x", "y")

class Price:
    unit = "EUR"
    def __init__(self, cents, note=""):
        self.cents, self.note = cents, note
    def __eq__(self, other):
        return isinstance(other, Price) and self.cents == other.cents
    def __add__(self, other):
        return Price(self.cents + other.cents)
    def __lt__(self, other):
        return self.cents < other.cents
    def __str__(self):
        return f"{self.cents / 100:.2f}"
    def __len__(self):
        return 2
    def __iter__(self):
        return iter([self.cents, self.note])
    def get(self, key="none"):
        return f"got {key}"
    def same(self, *, other):
        return self is other
    def fail(self):
        raise KeyError("no")

class Always:
    def __eq__(self, other):
        return True

def shown(*args, **named):
    return repr(args) + repr(sorted(named.items()))

def some(kind):
    return {"set": {1, (2, 3)}, "frozen": frozenset("a"), "list": [1], "none": None, "odd": Price(1)}[kind]

def always():
    return Always()
"""


@pytest.fixture
def learner(make_learner) -> Learner:
    return make_learner(PYTHON)


def test_keywords_reach_functions_classes_and_methods(learner):
    assert learner.call("solution:shown", 1, b=Tuple([2]), a=None) == "(1,)[('a', None), ('b', (2,))]"
    price = learner.new("solution:Price", 5, note="cheap")
    assert price.get("note") == "cheap"
    assert price.same(other=price) is True


def test_a_method_of_any_name_and_of_any_value(learner):
    price = learner.new("solution:Price", 5)
    assert learner.operate("method", price, "get", key="k") == "got k"
    with pytest.raises(NotYet) as nothing:
        learner.operate("method", learner.call("solution:some", "none"), "get")
    assert "AttributeError" in str(nothing.value)


def test_tuples_and_sets_arrive_as_they_are(learner):
    assert learner.call("solution:shown", Tuple([1, Tuple([2])])) == "((1, (2,)),)[]"
    assert learner.call("solution:shown", {5}) == "({5},)[]"
    assert learner.call("solution:shown", {(1, 2)}) == "({(1, 2)},)[]"


def test_operators_are_those_of_the_learners_class(learner):
    one, two = learner.new("solution:Price", 150), learner.new("solution:Price", 250)
    assert learner.operate("eq", one, two) is False
    assert learner.operate("eq", learner.operate("add", one, two), learner.new("solution:Price", 400)) is True
    assert learner.operate("lt", one, two) is True
    assert learner.operate("str", one) == "1.50"
    assert learner.operate("len", one) == 2
    assert learner.operate("list", one) == [150, ""]
    assert learner.operate("setattr", one, "cents", 7) is None
    assert one.get("cents") == 7
    assert isinstance(learner.operate("add", one, one), Foreign)


def test_an_error_of_an_operator_is_the_learners(learner):
    with pytest.raises(NotYet) as refused:
        learner.operate("mul", learner.new("solution:Price", 1), 2)
    assert dict(refused.value.rows)["got"].startswith("TypeError: unsupported operand")
    with pytest.raises(ValueError, match="knows no 'system'"):
        learner.operate("system", "true")


def test_names_of_the_file(learner):
    assert learner.read("solution:SIZE") == 19
    assert learner.read("solution:NAMES") == ["x", "y"]
    assert learner.read("solution:Price.unit") == "EUR"
    with pytest.raises(NotYet) as missing:
        learner.read("solution:NOTHING")
    assert dict(missing.value.rows)["expected"] == "`NOTHING` in solution.py"


def test_members_of_sets_alone(learner):
    assert learner.members(learner.call("solution:some", "set")) == {1, (2, 3)}
    assert learner.members(learner.call("solution:some", "frozen")) == {"a"}
    for kind in ("list", "none", "odd"):
        with pytest.raises(NotYet) as other:
            learner.members(learner.call("solution:some", kind))
        assert dict(other.value.rows)["expected"] == "a set"


def test_the_first_error_of_several_steps(learner):
    failure = learner.failure(lambda: learner.new("solution:Price", 1).fail())
    assert failure.of("LookupError").type == "KeyError"
    with pytest.raises(NotYet) as other:
        failure.of("ValueError", "TypeError")
    assert dict(other.value.rows)["expected"] == "the error ValueError or TypeError"
    assert failure.saying("n.") is failure
    with pytest.raises(NotYet):
        failure.saying("^no$")  # the text of a KeyError has quotes
    with pytest.raises(NotYet) as none:
        learner.failure(lambda: learner.new("solution:Price", 1))
    assert "no error" in str(none.value)


def test_a_file_that_cannot_be_loaded_is_no_error_of_a_step(make_learner):
    broken = make_learner("raise ValueError('at once')\n")
    with pytest.raises(CouldNotRun):
        broken.failure(lambda: broken.call("solution:f"))


def test_an_eq_that_always_says_yes_equals_nothing_of_the_checks(learner):
    assert learner.call("solution:always") != 5
    assert in_any_order(learner.call("solution:always")) != in_any_order([5])


def test_items_in_any_order():
    assert in_any_order([2, 1.0, "b", None, [1]]) == in_any_order([[1], "b", 1, None, 2])
    assert in_any_order([{"a": 1}, {"b": 2}]) == in_any_order([{"b": 2}, {"a": 1}])
    assert in_any_order([1, 1]) != in_any_order([1])
    assert in_any_order([True]) == in_any_order([1]), "as Python's == has it"
    assert in_any_order(None) is None


def test_javascript_has_none_of_it(make_learner):
    learner = make_learner("export const SIZE = 19;\nexport const f = (x) => x;\n", language="javascript")
    assert learner.read("solution:SIZE") == 19
    assert learner.call("solution:f", Tuple([1, 2])) == [1, 2]
    with pytest.raises(TypeError, match="Python alone"):
        learner.operate("eq", 1, 1)
    with pytest.raises(TypeError, match="Python alone"):
        learner.call("solution:f", x=1)
