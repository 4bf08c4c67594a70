"""All calls of one run go to one process, as in a server; what one leaves behind, the next one meets."""

from pathlib import Path

from runner.kit import not_yet
from runner.kit.learner import Foreign
from runner.kit.outcomes import Outcome

ADD_TAG = "remember:add_tag"
MAKE = "remember:make_counters"
WORDS = ["new", "sale", "red", "gift", "late", "eco", "old", "top"]

PROBES = {path.suffix: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("probe.*")}
SUFFIX = {"python": ".py", "javascript": ".mjs"}
CALL = {"python": "__call__", "javascript": "call"}
"""By language: the method of a function that calls it."""

NO_FUNCTION = ("no attribute '__call__'", "call is not a method of", "(reading 'call')")


def test_adds_to_the_list(learner, rng):
    """the tag goes to the end of the list that is passed in"""
    for tag, *tags in (["new", "old"], rng.sample(WORDS, 4)):
        _added(learner, tag, tags)


def test_uses_an_empty_list(learner, rng):
    """an empty list that is passed in is used too"""
    _added(learner, rng.choice(WORDS), [])


def test_begins_anew(learner, work, rng):
    """without a list, each call begins with a new one"""
    first, second, third, other = rng.sample(WORDS, 4)
    steps = []
    for tag, *rest in ([first], [second], [third, [other]], [other]):
        steps.append(learner.shown(ADD_TAG, [tag, *rest]))
        got = _told(steps, lambda tag=tag, rest=rest: learner.call(ADD_TAG, tag, *rest))
        right = [other, third] if rest else [tag]
        if got != right:
            once = "as a default or outside" if learner.language == "python" else "outside the function"
            means = (
                f"{learner.literal(first)} is from an earlier call: the list was made once, {once}, not in each call"
            )
            not_yet(
                call="; ".join(steps),
                expected=learner.literal(right) + (" from the last call" if steps[1:] else ""),
                got=learner.literal(got),
                means=means if got == [first, second] else None,
            )
    _returns_two_lists(learner, work, first, second)


def test_counts_its_calls(learner, rng):
    """each counter counts its calls: 1, 2, 3"""
    n = rng.randrange(2, 6)
    counters = _made(learner, n, steps := [], "c")
    _count(learner, counters, 0, steps, 1, {0: "the call that is running counts too: the first is 1"})
    _count(learner, counters, 0, steps, 2, {1: "1 again: does the count begin anew in each call of the counter?"})
    _count(learner, counters, 0, steps, 3)
    others = _made(learner, n, steps, "d")
    goes_on = f"d goes on where c stopped: what they count in was made once, outside {learner.named('make_counters')}"
    _count(learner, others, 0, steps, 1, {4: goes_on}, "d")
    _made(learner, 0, [], "c")


def test_counters_are_separate(learner, rng):
    """calling one counter changes no other"""
    n = rng.randrange(3, 6)
    for which in range(1, n):
        _in_turn(learner, n, [0, 0, which])
    _in_turn(learner, n, [rng.randrange(n) for _ in range(3 * n)])
    first = _made(learner, 2, steps := [], "c")
    for right in (1, 2):
        _count(learner, first, 0, steps, right)
    second = _made(learner, 2, steps, "d")
    _count(learner, second, 0, steps, 1, name="d")
    means = "c and d count in one place, which was made outside; making d set it back to 0"
    _count(learner, first, 0, steps, 3, {2: means})


def _added(learner, tag, tags):
    """Call add_tag with TAGS, and look at what came back and at the list that was passed in."""
    call = learner.trace(ADD_TAG, tag, tags)
    right = [*tags, tag]
    after = call.after[1]
    if call.value != right:
        means = None
        if after == right and call.value is None:
            means = "the list has the tag, but `None` came back; `append` returns nothing else"
        elif after == right and call.value == len(right):
            means = "the list has the tag, but its new length came back, as `push` returns it"
        elif after == right and repr(call.value) == "undefined":
            means = "the list has the tag, but the function returned nothing"
        not_yet(expected=learner.literal(right), got=learner.literal(call.value), means=means)
    if after != right:
        means = None
        if after == tags and tags:
            means = "another list came back, and the one that was passed in did not get the tag"
        elif after == tags:
            test = "`if not tags` or `tags or []`" if learner.language == "python" else "`!tags.length`"
            means = f"another list got the tag: does a test such as {test} pass over an empty one?"
        not_yet(expected=f"{learner.literal(right)} in the caller's list", got=learner.literal(after), means=means)


def _returns_two_lists(learner, work, first, second):
    """Demand that two calls without a list do not return the same one."""
    suffix = SUFFIX[learner.language]
    (work / f"learn_probe{suffix}").write_text(PROBES[suffix], encoding="utf-8")
    calls = {"a": first, "b": second}
    steps = [_named(learner, name, learner.shown(ADD_TAG, [tag])) for name, tag in calls.items()]
    got = _told(steps, lambda: learner.call("learn_probe:both", first, second))
    if got != [[first], [second]]:
        same = got == [[second], [second]]
        not_yet(
            call="; ".join(steps),
            expected=f"a is {learner.literal([first])} afterwards",
            got=f"a is {learner.literal(got[0] if isinstance(got, list) and got else got)}",
            means="both calls returned one and the same list, so the second changed what a holds" if same else None,
        )


def _made(learner, n, steps, name):
    """Make N counters, the next of STEPS, and demand a list of N functions."""
    steps.append(_named(learner, name, learner.shown(MAKE, [n])))
    counters = _told(steps, lambda: learner.call(MAKE, n))
    right = f"a list of {n} functions"
    if not isinstance(counters, list) or not all(isinstance(each, Foreign) for each in counters):
        called = isinstance(counters, list) and counters and all(type(each) is int for each in counters)
        means = "these are numbers: a name such as f is the function, and f() is what it returned" if called else None
        not_yet(call=steps[-1], expected=right, got=learner.literal(counters), means=means)
    if len(counters) != n:
        not_yet(call=steps[-1], expected=right, got=f"a list of {len(counters)}")
    return counters


def _in_turn(learner, n, turns):
    """Make N counters and call those of TURNS one after another."""
    counters = _made(learner, n, steps := [], "c")
    called = [0] * n
    for turn, which in enumerate(turns, 1):
        called[which] += 1
        means = {turn: "all count in one place: it was made once for all, or they share the variable that leads to it"}
        _count(learner, counters, which, steps, called[which], means)


def _count(learner, counters, which, steps, right, means=None, name="c"):
    """Call one of COUNTERS, the next of STEPS, and compare; MEANS says what a wrong number means."""
    steps.append(f"{name}[{which}]()")
    # The value is kept over there and compared as it would be printed: 1 is not True, and not "1".
    got = repr(_told(steps, lambda: counters[which].hold(CALL[learner.language])))
    if got != str(right):
        known = {
            "NaN": "undefined + 1 is NaN: which place of which list did this call read?",
            "None": "the counter returned nothing: does it end with `return` and its count?",
            "undefined": "the counter returned nothing; an arrow function with braces needs `return` as well",
        }
        known |= {str(number): words for number, words in (means or {}).items()}
        not_yet(call="; ".join(steps), expected=f"{right} from the last call", got=got, means=known.get(got))


def _named(learner, name, call):
    return f"const {name} = {call}" if learner.language == "javascript" else f"{name} = {call}"


def _told(steps, action):
    """Do ACTION, the last of STEPS; an error in it is told with all of them."""
    try:
        return action()
    except Outcome as raised:
        seen = dict(raised.rows)
        if not seen.get("where") and any(words in seen.get("got", "") for words in NO_FUNCTION):
            seen |= {"expected": "a function", "got": "something that cannot be called"}
        if steps[-1].endswith("]()") and seen.get("got", "").startswith("UnboundLocalError"):
            seen["means"] = "a name that a function assigns to is its own; `nonlocal` says that it is the outer one's"
        raise type(raised)(**{**seen, "call": "; ".join(steps)}) from None
