"""Lists go in and a start and a length come out; a wrong pair is explained by what other rule would give it."""

from itertools import pairwise

from runner.kit import not_yet
from runner.kit.learner import Failure

STREAK = "streak:longest_streak"
DRAWN = 300
KINDS = [[0, 1, 2], ["ok", "down", ""], [500, 501], [0, "", 1, "1"]]
"""Values to draw lists from: numbers, texts, numbers that Python does not share, and what `==` mixes up."""


def test_finds_the_longest(learner, rng):
    """[9, 4, 4, 4, 6, 6] gives [1, 3]"""
    blocks = [1, 2, rng.randrange(4, 7), rng.randrange(1, 3)]
    drawn = [value for value, times in zip(rng.sample(range(10, 90), 4), blocks, strict=True) for _ in range(times)]
    _try(learner, [[9, 4, 4, 4, 6, 6], drawn])


def test_finds_it_at_the_end(learner, rng):
    """a longest run at the very end is found"""
    first, last = rng.sample(range(10, 90), 2)
    before, times = rng.randrange(1, 3), rng.randrange(3, 6)
    _try(learner, [[first] * before + [last] * times, [last] * times, [last]])


def test_empty_list(learner):
    """an empty list gives [0, 0]"""
    _try(learner, [[]])


def test_any_list(learner, rng):
    """any list gives its first longest run"""
    _try(learner, sorted((rng.choices(rng.choice(KINDS), k=rng.randrange(9)) for _ in range(DRAWN)), key=len))


def test_leaves_the_list_alone(learner, rng):
    """the list that was passed in stays as it was"""
    for values in ([3, 1, 1], [rng.randrange(10, 90) for _ in range(5)], []):
        after = learner.trace(STREAK, values).after[0]
        if after != values:
            changed = "added to" if isinstance(after, list) and after[: len(values)] == values else "changed"
            not_yet(
                expected=f"{learner.literal(values)} in the caller's list afterwards",
                got=learner.literal(after),
                means=f"the function gets the caller's own list, not a copy, so the caller finds it {changed}",
            )


def _try(learner, lists):
    """Compare the answers to LISTS with the right ones, in order."""
    for values, got in zip(lists, learner.call_many(STREAK, [[values] for values in lists]), strict=True):
        right = _best(_runs(values))
        if not _pair(got) or got != right:
            failed = isinstance(got, Failure)
            not_yet(
                call=learner.shown(STREAK, [values]),
                expected=learner.literal(right),
                got=str(got) if failed else learner.literal(got),
                means=_why(learner, values, got),
                where=got.where if failed else None,
            )


def _runs(values, same=lambda a, b: a == b):
    """The start and length of each run, in order; SAME tells whether two neighbours belong together."""
    starts = [i for i in range(len(values)) if i == 0 or not same(values[i - 1], values[i])]
    return [[start, end - start] for start, end in pairwise([*starts, len(values)])]


def _best(runs):
    return max(runs, key=lambda run: run[1], default=[0, 0])


def _pair(got):
    return isinstance(got, list) and [type(each) for each in got] == [int, int]


def _why(learner, values, got):
    """The rule that would give GOT for VALUES, in words; None if no known one does."""
    if not values:
        return _why_of_nothing(got)
    if isinstance(got, Failure) and got.type == "IndexError":
        return f"a place outside the list was asked for; its last value has the position {len(values) - 1}"
    if not _pair(got):
        return None
    runs = _runs(values)
    start, length = _best(runs)
    value = learner.literal(values[start])
    ties = [run for run in runs if run[1] == length]
    if learner.language == "javascript" and got == _best(_runs(values, _loosely)):
        return '`==` turns one side into the kind of the other first, so 1 == "1" and 0 == "" are true; `===` does not'
    if learner.language == "python" and got == _best(_runs(values, _one_object)):
        return "`is` asks whether both are the same object; equal values can be two objects, and `==` compares them"
    if learner.language == "python" and got == _best(_runs(values, lambda a, b: str(a) == str(b))):
        return "as texts, 1 and '1' are the same; `==` on the values themselves tells them apart"
    if got == _best(_runs(values, lambda a, b: a == b and a not in (0, ""))):
        return '0 and "" count as false, so a condition took them for no value at all'
    if got in ties:
        return f"the runs at {start} and {got[0]} are both {length} long, and the first counts"
    if length > 2 and got == [start, length - 1]:
        return f"{length} equal values make {length - 1} equal pairs: the first value of a run counts too"
    if got == [start + length - 1, length]:
        return f"that is where the run ends; it starts at {start}"
    if got == [length, start]:
        return "the start comes first, then the length"
    if got == [values.index(values[start]), length]:
        return f"{value} stands at {got[0]} as well, but the run of {length} starts at {start}"
    if got == [values[start], length]:
        return f"{value} is the value of the run; the first number is the position where the run starts"
    if got[1] > length and got[1] in map(values.count, values):
        return f"{got[1]} equal values are in the list, but not next to each other"
    if len({type(each) for each in values}) == 1 and got == _best(_runs(sorted(values))):
        return "that is the answer for the sorted list: sorting moves values, and puts together what stood apart"
    if got[1] and got == _best(runs[:-1]):
        return "a run was counted when the next one began; after the last run none begins"
    if got == runs[0] and _stops_early(learner, values, got):
        return "nine equal values added behind it change nothing: is there a `return` inside the loop?"
    return None


def _why_of_nothing(got):
    if isinstance(got, Failure) and got.type == "IndexError":
        return "a list with nothing in it has no first value to begin with"
    if got == [0, 1]:
        return "a list with nothing in it has no run, so nothing is 1 long; the loop runs no round for it"
    return None


def _stops_early(learner, values, got):
    """Whether GOT stays the answer when a longer run, and one more value, come after VALUES."""
    texts = ["new"] * 9 + ["end"]
    return learner.call_many(STREAK, [[values + texts]]) == [got]


def _loosely(a, b):
    """Whether JavaScript's `==` finds two numbers or texts equal."""
    if type(a) is type(b):
        return a == b
    return (float(a) if a else 0.0) == (float(b) if b else 0.0)


def _one_object(a, b):
    """Whether two values that arrive in the learner's process apart are one object in Python."""
    shared = -5 <= a <= 256 if isinstance(a, int) else len(a) < 2
    return a == b and shared
