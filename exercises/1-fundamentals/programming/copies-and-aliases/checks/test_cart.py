"""Each result is edited in the learner's own process, at every depth; then the arguments are looked at."""

from itertools import groupby
from pathlib import Path

from runner.kit import not_yet
from runner.kit.learner import Failure

WITH_LINE = "cart:with_line"
UNIQUE = "cart:unique"
EDITED = "learn_probe:edited"

PROBES = {path.suffix: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("probe.*")}
SUFFIX = {"python": ".py", "javascript": ".mjs"}
SEE = {
    "python": (
        "python -c 'a = [[1]]; b = list(a); b[0].append(2); print(a)'",
        "python -c 'row = [1]; b = []; b.append(row); b[0].append(2); print(row)'",
    ),
    "javascript": (
        "node -p 'const a = [[1]]; const b = [...a]; b[0].push(2); a'",
        "node -p 'const row = [1]; const b = []; b.push(row); b[0].push(2); row'",
    ),
}
"""By language: commands that show what a shallow copy shares, and what a list shares with what is put into it."""

WORDS = ["red", "blue", "XL", "gift", "eco", "wool", "10", "2", "7", "300"]


def test_adds_the_line(learner, rng):
    """the copy has all that the cart has, and the new line last"""
    for cart, line in (_simple(), _drawn(rng, 2), _drawn(rng, 0)):
        got = learner.call(WITH_LINE, cart, line)
        right = _copy(cart, line)
        if got != right:
            path, expected, found = _difference(right, got)
            name = _place(learner, "copy", path)
            not_yet(
                call=learner.shown(WITH_LINE, [cart, line]),
                expected=f"{name} is {_shown(learner, expected)}",
                got=f"{name} is {_shown(learner, found)}",
                means=_why_line(learner, cart, line, got),
            )


def test_arguments_unchanged(learner, rng):
    """the cart and the line passed in stay as they were"""
    for args in (_simple(), _drawn(rng, 2), _drawn(rng, 0)):
        after = learner.trace(WITH_LINE, *args).after
        if after != list(args):
            lines = _place(learner, "cart", ["lines"])
            own = f"the line went into the caller's own list `{lines}`, not into a copy of it"
            call = learner.shown(WITH_LINE, args)
            _changed(learner, call, args, after, own if after == [_copy(*args), args[1]] else None)


def test_copy_is_independent(learner, work, rng):
    """editing the copy, at any depth, changes neither of them"""
    _lay_probe(learner, work)
    simple = _simple()
    drawn = _drawn(rng, 2)
    edits = [(simple, *edit) for edit in _edits(simple[0])] + [(drawn, *edit) for edit in _edits(drawn[0])]
    calls = [[learner.named("with_line"), list(args), path, key, "new"] for args, path, key in edits]
    for (args, path, key), got in zip(edits, learner.call_many(EDITED, calls), strict=True):
        call = f"{_named(learner, 'copy', learner.shown(WITH_LINE, args))}; {_edit(learner, 'copy', path, key)}"
        after = _after_edit(learner, got, call, _edit_made(_copy(*args), path, key))
        if after != list(args):
            put_in = len(path) == 2 and path[1] == len(args[0]["lines"])
            _changed(learner, call, args, after, _what_is_shared(path, args), SEE[learner.language][put_in])


def test_keeps_the_order(learner, rng):
    """unique() keeps the first of equal texts, and the order"""
    lists = sorted((rng.choices(WORDS, k=rng.randrange(14)) for _ in range(60)), key=len)
    lists = [["b", "a", "b"], *lists, rng.sample(WORDS, len(WORDS)) * 2]
    answers = list(zip(lists, learner.call_many(UNIQUE, [[texts] for texts in lists]), strict=True))
    for texts, got in answers:
        if got != _unique(texts):
            not_yet(
                call=learner.shown(UNIQUE, [texts]),
                expected=learner.literal(_unique(texts)),
                got=_shown(learner, got),
                means=_why_order(texts, got, answers),
                where=got.where if isinstance(got, Failure) else None,
            )


def test_unique_shares_nothing(learner, work, rng):
    """unique() shares nothing with the list passed in"""
    _lay_probe(learner, work)
    for texts in (["b", "a", "b"], ["b", "a"], [], rng.choices(WORDS, k=8), rng.sample(WORDS, 4)):
        call = learner.shown(UNIQUE, [texts])
        after = learner.trace(UNIQUE, texts).after
        if after != [texts]:
            own = "the function gets the caller's own list, not a copy, so the caller finds it changed"
            _changed(learner, call, [texts], after, own)
        call = f"{_named(learner, 'result', call)}; {_edit(learner, 'result', [], None)}"
        [got] = learner.call_many(EDITED, [["unique", [texts], [], None, "new"]])
        after = _after_edit(learner, got, call, [*_unique(texts), "new"])
        if after != [texts]:
            same = "the very list that was passed in came back: a list without duplicates needs a copy as well"
            _changed(learner, call, [texts], after, same if after == [[*texts, "new"]] else None)


def _simple():
    """A cart and a line that are read at a glance."""
    return {"user": "Ana", "lines": [{"sku": "A1", "options": ["red"]}]}, {"sku": "B2", "options": ["blue"]}


def _drawn(rng, lines):
    """A cart with so many LINES, and one line more."""
    drawn = [{"sku": f"S{rng.randrange(100, 999)}", "options": rng.sample(WORDS, 2)} for _ in range(lines + 1)]
    return {"user": rng.choice(["Bo", "Zoë", "Li"]), "lines": drawn[:-1]}, drawn[-1]


def _copy(cart, line):
    return {**cart, "lines": [*cart["lines"], line]}


def _unique(texts):
    return list(dict.fromkeys(texts))


def _edits(cart):
    """Where a copy of CART with one line more is edited, outermost first: a path, and a key or None to add."""
    yield [], "user"
    yield ["lines"], None
    for index in range(len(cart["lines"]) + 1):
        yield ["lines", index], "sku"
        yield ["lines", index, "options"], None


def _edit_made(value, path, key):
    """VALUE with the probe's edit made in it, all new."""
    if path:
        step, *rest = path
        inside = _edit_made(value[step], rest, key)
        if isinstance(value, list):
            return [*value[:step], inside, *value[step + 1 :]]
        return {**value, step: inside}
    return [*value, "new"] if key is None else {**value, key: "new"}


def _lay_probe(learner, work):
    suffix = SUFFIX[learner.language]
    (work / f"learn_probe{suffix}").write_text(PROBES[suffix], encoding="utf-8")


def _after_edit(learner, got, call, right):
    """The arguments from the probe's answer GOT, once it is sure that the edit is in the result, now RIGHT."""
    if isinstance(got, Failure):
        not_yet(call=call, expected="a value", got=str(got), where=got.where)
    refused, result, after = got
    if result != right:
        words = f"the edit was refused: {refused}" if refused else _shown(learner, result)
        not_yet(call=call, expected=f"the edit is made: {_shown(learner, right)}", got=words)
    return after


def _changed(learner, call, before, after, means, look=None):
    """End the check: the arguments, BEFORE the call and AFTER, differ."""
    path, expected, found = _difference(list(before), after)
    if len(before) == 1:
        path, expected, found = [0], before[0], after[0]
    names = ["cart", "line"] if len(before) > 1 else ["texts"]
    name = _place(learner, names[path[0]], path[1:]) if path else "the arguments"
    not_yet(
        call=call,
        expected=f"{name} is {_shown(learner, expected)} as before",
        got=f"{name} is {_shown(learner, found)}",
        means=means,
        look=look,
    )


def _difference(right, got):
    """The innermost place where two values differ: its path, and both values there."""
    path = []
    while type(right) is type(got):
        if isinstance(right, dict) and right.keys() == got.keys():
            step = next(key for key in right if right[key] != got[key])
        elif isinstance(right, list) and len(right) == len(got) and right != got:
            step = next(index for index, each in enumerate(right) if each != got[index])
        else:
            break
        path.append(step)
        right, got = right[step], got[step]
    return path, right, got


def _why_line(learner, cart, line, got):
    """What a wrong copy of CART with LINE means."""
    if got == cart:
        return "a cart came back, but without the new line"
    if got is None or str(got) == "undefined":
        return "nothing came back; without `return` the caller gets no cart"
    lines = got.get("lines", []) if isinstance(got, dict) else []
    added = None if learner.language == "python" else len(cart["lines"]) + 1
    if lines == added:
        return f"{learner.literal(lines)} came back from the call that adds to a list; it does not return the list"
    if lines == [line]:
        return "only the new line is there: it took the place of the old ones"
    return None


def _what_is_shared(path, args):
    """What it means that an edit at PATH of the copy is seen in the arguments."""
    own = len(path) > 1 and path[1] == len(args[0]["lines"])
    if not path:
        return "the copy is the cart itself: `=` gives a second name to it and copies nothing"
    if len(path) == 1:
        return "the outermost level is new, but its `lines` are the cart's own list"
    if own and len(path) == 2:
        return "the line that was passed in stands in the copy itself; it needs to be copied too"
    if own:
        return "the line was copied, but its `options` are still the list of the line that was passed in"
    if len(path) == 2:
        return "the list `lines` is new, but the lines in it are the cart's own"
    return "the lines are new, but their `options` are the cart's own lists"


def _why_order(texts, got, answers):
    """What it means that the wrong GOT came back for TEXTS: the rule that explains all ANSWERS, texts and results."""
    if isinstance(got, dict) or str(got).startswith(("{", "Set(", "set(", "dict_keys", "[Set Iterator]")):
        return "that is not a list: what holds the texts has to be turned into one"
    if not all(isinstance(each, list) and all(isinstance(text, str) for text in each) for _, each in answers):
        return None
    for means, rule in RULES.items():
        if all(rule(texts) == each for texts, each in answers):
            return means
    earlier = {each for others, _ in answers[: answers.index((texts, got))] for each in others}
    strange = [each for each in got if each not in texts]
    if strange and earlier.issuperset(strange):
        return f"{strange[0]} is from the list of an earlier call: what the function has seen outlives a call"
    if all(sorted(_unique(texts)) == sorted(each) for texts, each in answers):
        return "each text is there once, but in another order; a set, for one, keeps none"
    return None


def _skipping(texts):
    texts = list(texts)
    for text in texts:
        if texts.count(text) > 1:
            texts.remove(text)
    return texts


def _numbers_first(texts):
    whole = [each for each in _unique(texts) if each.isdigit()]
    return sorted(whole, key=int) + [each for each in _unique(texts) if each not in whole]


RULES = {
    "each text came back, the later ones of equal texts too": list,
    "each text is there once, but sorted": lambda texts: sorted(set(texts)),
    "of equal texts the last one was kept, not the first": lambda texts: _unique(texts[::-1])[::-1],
    "taking texts out of a list while a loop walks over it moves the rest, so the loop skips some": _skipping,
    "those are the positions: `for … in` gives these, `for … of` the texts": lambda texts: [
        *map(str, range(len(texts)))
    ],
    "each text is there once, but from the end to the front": lambda texts: _unique(texts[::-1]),
    "keys of an object that look like whole numbers come first, in rising order": _numbers_first,
    "only neighbours were compared; equal texts may stand apart": lambda texts: [each for each, _ in groupby(texts)],
    "a text that comes more than once is gone; one of them stays": lambda texts: [
        each for each in texts if texts.count(each) == 1
    ],
}
"""What each misreading of the task means, and the list that it gives."""


def _named(learner, name, call):
    return f"const {name} = {call}" if learner.language == "javascript" else f"{name} = {call}"


def _place(learner, name, path):
    """NAME and the way into it, as the language writes it."""
    if learner.language == "javascript":
        return name + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return name + "".join(f"[{learner.literal(step)}]" for step in path)


def _edit(learner, name, path, key):
    """The probe's edit as the language writes it."""
    new = learner.literal("new")
    if key is not None:
        return f"{_place(learner, name, [*path, key])} = {new}"
    return f"{_place(learner, name, path)}.{'push' if learner.language == 'javascript' else 'append'}({new})"


def _shown(learner, value):
    return str(value) if isinstance(value, Failure) else learner.literal(value)
