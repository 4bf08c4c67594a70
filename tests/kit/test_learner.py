"""Calls into the learner's code: plain data there and back, in both languages alike."""

from __future__ import annotations

import math
import os
import re

import pytest

from runner.kit.learner import Failure, Foreign, Learner, literal
from runner.kit.outcomes import CouldNotRun, NotYet, Outcome, RanTooLong

PYTHON = """
import math
import time
from datetime import datetime

def same(*values):
    return values[0] if len(values) == 1 else list(values)

def shown(value):
    return repr(value)

def push(items, value):
    items.append(value)
    print("pushed", value)
    return len(items)

def half(number):
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number // 2

MET = []

def meet():
    MET.append(1)
    mine = len(MET)
    while len(MET) < 2:  # the other one is under way at the same time
        time.sleep(0.001)
    return mine

def boom():
    try:
        {}["key"]
    except KeyError as error:
        raise LookupError("no such thing") from error

def values():
    return {
        "nan": math.nan, "inf": math.inf, "minus": -math.inf, "big": 2**100, "tuple": (1, 2), "none": None,
        "true": True, "float": 1.0, "text": "\\u00fc\\U0001f600",
    }

def a_set():
    return {1, 2}

def keys():
    return {1: "a", (1, (2, 3)): "b", None: "c", "$ref": 7}

class Cart:
    kind = "cart"

    def __init__(self, *items):
        self.items_ = list(items)

    def add(self, item, count=1):
        self.items_ += [item] * count
        return len(self.items_)

    def add_all(self, other):
        self.items_ += other.items_
        return self

    def items(self):
        return self.items_

    def first_item(self):
        return self.items_[0]

    class Inner:
        def hello(self):
            return "inner"

def wait(ms):
    time.sleep(ms / 1000)

def work(ms):
    began = time.process_time()
    while time.process_time() - began < ms / 1000:
        pass

def fill(size):
    return len(b"x" * size)

count = 0

def counted():
    global count
    count += 1
    return count

def hours_at_epoch():
    return datetime.fromtimestamp(0).hour
"""

JAVASCRIPT = """
export function same(...values) {
  return values.length === 1 ? values[0] : values;
}
export const shown = (value) => JSON.stringify(value);
export function push(items, value) {
  items.push(value);
  console.log("pushed", value);
  return items.length;
}
let met = 0;
export async function meet() {
  const mine = (met += 1);
  while (met < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  return mine;
}

export async function half(number) {
  if (number % 2) throw new RangeError(`${number} is odd`);
  return number / 2;
}
export function boom() {
  throw new Error("no such thing", { cause: new TypeError("inner") });
}
export const values = () => ({
  nan: NaN, inf: Infinity, minus: -Infinity, none: null, true: true, float: 1.5, text: "\\u00fc\\u{1f600}",
});
export const nothing = () => undefined;
export const aSet = () => new Set([1, 2]);
export const keys = () => ({ 1: "a", $ref: 7 });
export const parse = (text) => JSON.parse(text);
export class Cart {
  kind = "cart";
  constructor(...items) { this.list = items; }
  add(item, count = 1) { for (let n = 0; n < count; n++) this.list.push(item); return this.list.length; }
  addAll(other) { this.list.push(...other.list); return this; }
  items() { return this.list; }
  firstItem() { if (!this.list.length) throw new RangeError("empty"); return this.list[0]; }
  static Inner = class { hello() { return "inner"; } };
}
export const wait = (ms) => new Promise((done) => setTimeout(done, ms));
export function work(ms) {
  const began = process.cpuUsage();
  for (let cpu = began; cpu.user + cpu.system - began.user - began.system < ms * 1000; cpu = process.cpuUsage());
}
export const fill = (size) => Buffer.alloc(size, "x").length;
let count = 0;
export const counted = () => ++count;
export const hoursAtEpoch = () => new Date(0).getHours();
"""


@pytest.fixture(params=["python", "javascript"])
def learner(request, make_learner) -> Learner:
    text = PYTHON if request.param == "python" else JAVASCRIPT
    return make_learner(text, language=request.param)


@pytest.fixture
def python(make_learner) -> Learner:
    return make_learner(PYTHON)


@pytest.fixture
def javascript(make_learner) -> Learner:
    return make_learner(JAVASCRIPT, language="javascript")


def rows(outcome: Outcome) -> dict[str, str]:
    return dict(outcome.rows)


PLAIN = [
    None,
    True,
    False,
    0,
    -3,
    1.5,
    "",
    "two\nlines \x00 é 😀 \ud800",
    [],
    [1, [2, [3]]],
    {},
    {"a": {"b": [None, "c"]}},
    {"$ref": 1, "$float": "nan", "$pairs": []},
    math.inf,
    -math.inf,
]


def test_plain_data_comes_back_as_it_went(learner):
    for value in PLAIN:
        got = learner.call("solution:same", value)
        assert got == value
        assert type(got) is type(value)
    assert math.isnan(learner.call("solution:same", math.nan))
    assert learner.call("solution:same", 1, "two", [3]) == [1, "two", [3]]


def test_numbers_keep_their_type_and_every_digit(python):
    for value in (2**64, -(2**200), 10**4000, 1.0, 0.1 + 0.2, 5e-324, -0.0):
        got = python.call("solution:same", value)
        assert (got, type(got)) == (value, type(value))
    assert math.copysign(1, python.call("solution:same", -0.0)) == -1
    assert python.call("solution:shown", (1, 2)) == "[1, 2]", "a tuple arrives as a list"
    assert python.call("solution:shown", {1: "a", (2, (3,)): None}) == "{1: 'a', (2, (3,)): None}"


def test_values_that_json_has_no_word_for_come_back_typed(python):
    got = python.call("solution:values")
    assert math.isnan(got.pop("nan"))
    assert got == {
        "inf": math.inf,
        "minus": -math.inf,
        "big": 2**100,
        "tuple": [1, 2],
        "none": None,
        "true": True,
        "float": 1.0,
        "text": "ü😀",
    }
    assert type(got["float"]) is float and got["true"] is True
    assert python.call("solution:keys") == {1: "a", (1, (2, 3)): "b", None: "c", "$ref": 7}


def test_values_of_javascript_come_back_typed(javascript):
    got = javascript.call("solution:values")
    assert math.isnan(got.pop("nan"))
    assert got == {"inf": math.inf, "minus": -math.inf, "none": None, "true": True, "float": 1.5, "text": "ü😀"}
    assert javascript.call("solution:keys") == {"1": "a", "$ref": 7}
    assert javascript.call("solution:shown", {1: "a"}) == '{"1":"a"}', "keys are texts there"
    nothing = javascript.call("solution:nothing")
    assert nothing is not None and nothing != {}
    assert repr(nothing) == "undefined"


def test_a_foreign_value_equals_nothing_but_itself(learner):
    found = learner.call("solution:a_set")
    assert isinstance(found, Foreign)
    for value in ({1, 2}, [1, 2], {}, None, repr(found), learner.call("solution:a_set")):
        assert found != value and not found == value  # noqa: SIM201  both operators are meant
    assert found == found
    assert "1, 2" in repr(found)


@pytest.mark.parametrize("make", ["collections.Counter('aab')", "collections.defaultdict(int, a=2, b=1)"])
def test_the_dicts_of_the_standard_library_are_dicts(make_learner, make):
    learner = make_learner(f"import collections\ndef made():\n    return {make}\n")
    assert learner.call("solution:made") == {"a": 2, "b": 1}


def test_a_trace_tells_the_arguments_afterwards_and_what_was_printed(learner):
    call = learner.trace("solution:push", [1], 2)
    assert (call.value, call.after, call.printed) == (2, [[1, 2], 2], "pushed 2\n")
    assert 0 < call.ms < 5000
    again = learner.trace("solution:push", [], "x")
    assert again.printed == "pushed x\n", "of this call alone"
    assert learner.trace("solution:same", 1).printed == ""


def test_processor_time_grows_with_work_and_not_with_waiting(learner):
    waited = learner.trace("solution:wait", 300)
    assert waited.ms >= 299
    assert waited.cpu_ms < 100
    assert learner.trace("solution:work", 100).cpu_ms >= 90, "however long the machine takes for it"


def test_many_calls_in_one_go_keep_their_order_and_their_errors(learner):
    got = learner.call_many("solution:half", [[4], [3], [10]])
    assert (got[0], got[2]) == (2, 5)
    assert isinstance(got[1], Failure)
    assert got[1].type == ("ValueError" if learner.language == "python" else "RangeError")
    assert got[1].message == "3 is odd"


def test_a_crowd_of_calls_is_under_way_at_once_and_keeps_order_and_errors(learner):
    got = learner.crowd("solution:half", [[number] for number in range(60)])
    assert [each for each in got if not isinstance(each, Failure)] == list(range(30))
    assert all(isinstance(each, Failure) and "is odd" in each.message for each in got[1::2])
    assert set(learner.crowd("solution:meet", [[], []])) == {1, 2}


def test_a_refusal_is_handed_over_and_its_absence_is_not_yet(learner):
    failure = learner.refuses("solution:half", 7)
    assert failure.message == "7 is odd"
    assert str(failure).endswith("Error: 7 is odd")
    assert ("ArithmeticError" in failure.bases) is False
    assert "Exception" in failure.bases or "Error" in failure.bases
    assert failure.where.startswith("solution.")
    with pytest.raises(NotYet) as caught:
        learner.refuses("solution:half", 8)
    assert rows(caught.value) == {"call": "half(8)", "expected": "an error", "got": "no error: it returned 4"}


def test_the_cause_of_an_error_is_told(learner):
    failure = learner.refuses("solution:boom")
    assert failure.cause == ("KeyError" if learner.language == "python" else "TypeError")


def test_an_error_where_a_value_was_asked_for_is_not_yet(learner):
    with pytest.raises(NotYet) as caught:
        learner.call("solution:half", 7)
    assert rows(caught.value)["expected"] == "a value"
    assert rows(caught.value)["got"].endswith("Error: 7 is odd")
    assert rows(caught.value)["where"].startswith("solution.")


def test_objects_are_used_as_if_they_were_here(learner):
    cart = learner.new("solution:Cart", "pen")
    assert cart.add("cup", 2) == 3
    assert cart.items() == ["pen", "cup", "cup"]
    assert cart.first_item() == "pen", "firstItem in JavaScript"
    assert cart.get("kind") == "cart"
    other = learner.new("solution:Cart", "hat")
    assert isinstance(other.add_all(cart), Foreign), "an object goes there by reference and comes back as one"
    assert other.items() == ["hat", "pen", "cup", "cup"]
    assert learner.new("solution:Cart.Inner").hello() == "inner"


def test_a_held_list_can_be_spoiled_to_see_who_shares_it(learner):
    cart = learner.new("solution:Cart", "pen", "cup")
    held = cart.hold("items")
    assert isinstance(held, Foreign)
    held.spoil()
    assert cart.items() == []


def test_a_method_that_refuses(learner):
    cart = learner.new("solution:Cart")
    assert cart.refuses("first_item").type in ("IndexError", "RangeError")
    with pytest.raises(NotYet) as caught:
        cart.refuses("add", "pen")
    assert rows(caught.value)["got"] == "no error: it returned 1"


def test_a_method_or_attribute_that_is_not_there_is_not_yet(learner):
    cart = learner.new("solution:Cart")
    with pytest.raises(NotYet) as caught:
        cart.nothing_like_it()
    assert "nothing_like_it" in rows(caught.value)["got"] or "nothingLikeIt" in rows(caught.value)["got"]
    with pytest.raises(AttributeError):
        _ = cart._private


def test_names_are_spelled_as_the_language_does(javascript, python):
    assert javascript.named("to_cents_of_all") == "toCentsOfAll"
    assert javascript.named("total") == "total"
    assert python.named("to_cents") == "to_cents"
    javascript.call("solution:a_set")
    assert javascript.shown("solution:a_set", [None, True, "x", math.inf]) == 'aSet(null, true, "x", Infinity)'
    assert python.shown("solution:a_set", [None, True, "x", math.inf]) == "a_set(None, True, 'x', inf)"
    assert javascript.shown("solution:Cart", [1], new=True) == "new Cart(1)"


def test_literals_are_those_of_the_language():
    assert literal({"a": [None, True, "ü"]}, "javascript") == '{"a": [null, true, "ü"]}'
    assert literal({"a": [None, True, "ü"]}, "python") == "{'a': [None, True, 'ü']}"
    assert literal(math.nan, "javascript") == "NaN"
    assert literal(-math.inf, "javascript") == "-Infinity"
    assert literal({1, 2}, "javascript") == "{1, 2}"


def test_long_arguments_are_shortened_in_the_middle(python):
    shown = python.shown("solution:same", ["x" * 1000])
    assert len(shown) < 170
    assert shown.startswith("same('xxx") and shown.endswith("xxx')")


def test_state_lasts_from_call_to_call_until_a_restart(learner):
    assert [learner.call("solution:counted") for _ in range(3)] == [1, 2, 3]
    learner.restart()
    assert learner.call("solution:counted") == 1


def test_a_restart_moves_the_child_to_another_time_zone_and_the_next_one_back(learner):
    assert learner.call("solution:hours_at_epoch") == 0
    learner.restart(zone="Asia/Tokyo")
    assert learner.call("solution:hours_at_epoch") == 9
    learner.restart()
    assert learner.call("solution:hours_at_epoch") == 0


def test_the_peak_of_memory_is_that_of_the_child_alone_and_stays_until_a_restart(learner):
    ours = b"x" * 200_000_000
    learner.restart()
    before = learner.peak()
    assert 5 < before < 150, "a child does not begin with what its parent holds"
    del ours
    assert learner.call("solution:fill", 60_000_000) == 60_000_000
    assert 50 < learner.peak() - before < 100
    learner.call("solution:fill", 1)
    assert learner.peak() - before > 50
    learner.restart()
    assert abs(learner.peak() - before) < 20


def test_what_is_not_there_is_named_with_what_is(learner):
    with pytest.raises(NotYet) as caught:
        learner.call("solution:missing_one")
    name = "missing_one" if learner.language == "python" else "missingOne"
    assert f"`{name}` in solution." in rows(caught.value)["expected"]
    assert "Cart" in rows(caught.value)["got"]
    with pytest.raises(NotYet) as caught:
        learner.call("other:same")
    assert rows(caught.value)["expected"].startswith("a file other.")
    assert "solution." in rows(caught.value)["got"]


def test_an_endless_call_costs_half_of_what_is_left_and_the_next_call_works(make_learner):
    learner = make_learner("import time\ndef wait():\n    time.sleep(60)\ndef one():\n    return 1\n", timeout=1.0)
    with pytest.raises(RanTooLong) as caught:
        learner.call("solution:wait")
    assert re.fullmatch(r"an answer within 0\.[1-5] s", rows(caught.value)["expected"])
    assert learner.call("solution:one") == 1


def test_an_end_in_the_call_is_told_with_its_last_words_and_the_next_call_works(make_learner):
    learner = make_learner(
        "import os, sys\ndef leave():\n    print('why', file=sys.stderr, flush=True)\n    os._exit(3)\n"
        "def one():\n    return 1\n"
    )
    with pytest.raises(CouldNotRun) as caught:
        learner.call("solution:leave")
    assert rows(caught.value)["got"] == "your program ended with exit status 3 before it answered"
    assert rows(caught.value)["stderr"] == "why"
    assert learner.call("solution:one") == 1


def test_a_syntax_error_of_the_file_is_told_from_one_in_a_call(make_learner, javascript):
    with pytest.raises(CouldNotRun) as caught:
        make_learner("def broken(:\n").call("solution:broken")
    assert rows(caught.value)["where"] == "solution.py, line 1: def broken(:"
    evaluates = make_learner("def parse(text):\n    return eval(text)\n")
    assert evaluates.refuses("solution:parse", "1 +").type == "SyntaxError"
    assert javascript.refuses("solution:parse", "{bad").type == "SyntaxError", "JSON.parse throws nothing else"


def test_requests_and_replies_larger_than_any_pipe(learner):
    text = "x" * 3_000_000
    assert learner.call("solution:same", text) == text


def test_what_is_printed_between_calls_is_not_lost_and_bytes_that_are_no_text_are_shown(make_learner):
    learner = make_learner("import sys\ndef say():\n    sys.stdout.buffer.write(b'caf\\xe9\\n')\n")
    assert learner.trace("solution:say").printed == "caf\\xe9\n"


def test_the_child_has_nothing_of_the_persons_environment(make_learner, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    learner = make_learner("import os\ndef names():\n    return dict(os.environ)\n")
    names = learner.call("solution:names")
    assert "SECRET_TOKEN" not in names
    assert names["HOME"] != os.path.expanduser("~")
    assert names["TZ"] == "UTC" and names["LC_ALL"] == "C.UTF-8"


def test_a_tuple_equals_the_list_of_its_values_and_shows_as_itself(make_learner):
    learner = make_learner("def pair():\n    return 1, ('a',)\n")
    got = learner.call("solution:pair")
    assert got == [1, ["a"]]
    assert learner.literal(got) == "(1, ('a',))"


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_an_error_while_the_file_loads_is_told_from_one_in_a_call(make_learner, language):
    first = {"python": "value = nme", "javascript": "const value = nme;"}[language]
    rest = {"python": "def f():\n    return 1\n", "javascript": "export const f = 1;\n"}[language]
    learner = make_learner(f"{first}\n{rest}", language=language)
    with pytest.raises(CouldNotRun) as caught:
        learner.call("solution:f")
    rows = dict(caught.value.rows)
    assert rows["expected"] == "a file that can be loaded"
    assert "nme" in rows["got"]
    assert rows["where"].endswith(first)
