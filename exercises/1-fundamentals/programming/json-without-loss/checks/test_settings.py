"""Small settings show each rule alone; then settings drawn anew in each run are compared with the rule itself."""

from runner.kit import not_yet
from runner.kit.learner import Failure

MERGE = "settings:merge"
NAMES = ["host", "port", "user", "theme", "debug", "limit", "retries", "color", "zone", "owner"]
DRAWN = 150
ABSENT = object()


def test_override_wins(learner, rng):
    """the keys of both are there, and the override's value wins"""
    one, two, three = rng.sample(NAMES, 3)
    a, b, c, d = rng.sample(range(1, 100), 4)
    cases = [({one: a}, {two: b}), ({one: a, two: b}, {two: c, three: d})]

    def why(base, override, got):
        for name, given, other in (("base", base, override), ("override", override, base)):
            lost = [key for key in given if key not in got and key not in other]
            if lost:
                return f"the key {learner.literal(lost[0])} is only in {name}, and it is lost"
        return "base won where both have the key" if got.get(two) == base.get(two, ABSENT) else None

    _try(learner, cases, why)


def test_keeps_every_value(learner, rng):
    """0, "", false, null and [] in the override win too"""
    key, old = rng.choice(NAMES), rng.randrange(1, 100)
    values = [0, "", False, [], None]
    cases = [({key: old}, {key: value}) for value in values]
    cases += [({"inner": {key: old}}, {"inner": {key: value}}) for value in values]

    def why(base, override, got):
        value, new = (each.get(key, each.get("inner")) for each in (override, got))
        if isinstance(value, dict):
            value, new = value[key], new.get(key) if isinstance(new, dict) else None
        if new == {} and learner.language == "javascript":
            return f'`typeof {learner.literal(value)}` is "object" too, but this is no object, so nothing merges'
        if not _same(got, base):
            return None
        if value is None:
            return f"{learner.literal(None)} is a value, and its key is present; only an absent key keeps the old value"
        if value == [] and learner.language == "javascript":  # true there
            return None
        return f"{learner.literal(value)} counts as false in a condition; ask if the key is there, not what it holds"

    _try(learner, cases, why)


def test_merges_inside(learner, rng):
    """an object merges with the object under it, at any depth"""
    one, two, *path = rng.sample(NAMES, 6)
    base, override = {one: rng.randrange(1, 50), two: "a"}, {one: rng.randrange(50, 100)}
    cases = []
    for name in path:
        base, override = {name: base}, {name: override}
        cases.append((base, override))
    cases.append(({one: {two: 1}}, {one: {}}))

    def why(base, override, got):
        place = []
        while len(base) == 1 and isinstance(got, dict) and got.keys() == base.keys():
            [name] = base
            place.append(name)
            base, override, got = base[name], override[name], got[name]
        if isinstance(got, dict) and got == override and place:
            lost = learner.literal(two if two in base else next(iter(base)))
            return f"the object at {' > '.join(place)} was replaced whole: {lost} is only in base, and it is lost"
        return None

    _try(learner, cases, why)


def test_replaces_the_rest(learner, rng):
    """a list, or a value of another kind, replaces what was there"""
    key, inner = rng.sample(NAMES, 2)
    a, b, c = rng.sample(range(1, 100), 3)
    below = {inner: {"on": True}}
    pairs = [([a, b], [c]), ([{inner: a}], [{"on": b}, c]), ([a, b], [])]
    pairs += [(under, below) for under in (a, "text", None, [a, b])] + [(below, over) for over in (a, "", None, [a])]
    cases = [({key: under}, {key: over}) for under, over in pairs] + [({}, {key: below})]
    no_pair = "there are no two objects here, so nothing to merge: the override's value replaces the other"

    def why(base, override, got):
        under, over, value = base.get(key, ABSENT), override[key], got.get(key)
        if isinstance(over, dict) and not isinstance(under, dict) and isinstance(value, dict):
            return no_pair
        if isinstance(under, list) and isinstance(over, list):
            if value in (under + over, over + under):
                return "the two lists were joined; the contract replaces a list whole"
            if isinstance(value, dict) or (isinstance(value, list) and len(value) == max(len(under), len(over))):
                return "the lists were merged position by position; the contract replaces a list whole"
        return None

    def failed(base, override, got):
        if "null" in got.message and None in (base.get(key, ABSENT), override[key]):
            return 'typeof null is "object" in JavaScript, but null has no keys'
        return no_pair

    _try(learner, cases, why, failed)


def test_changes_neither(learner, rng):
    """for any two settings the result is right, and neither is changed"""
    cases = [(_drawn(rng, 3), _drawn(rng, 3)) for _ in range(DRAWN)]
    _try(learner, sorted(cases, key=lambda case: len(str(case))))
    plain, nested = ({"a": 1}, {"a": 2}), ({"a": {"b": 1}}, {"a": {"b": 2, "c": {}}})
    for base, override in [plain, nested, *cases[: DRAWN // 5]]:
        after = learner.trace(MERGE, base, override).after
        for name, before, now in zip(("base", "override"), (base, override), after, strict=True):
            if not _same(now, before):
                means = f"whoever else still holds {name} gets settings that they never asked for"
                if _written_inside(now, before):
                    copy = "{ ...x }" if learner.language == "javascript" else "dict(x)"
                    means = f"an object inside {name} was written to; a copy like `{copy}` still shares those inside"
                not_yet(
                    expected=f"{name} as it was: {learner.literal(before)}",
                    got=f"{name} afterwards: {learner.literal(now)}",
                    means=means,
                )


def _written_inside(now, before):
    """Whether NOW differs from BEFORE in the objects inside alone."""
    if not isinstance(now, dict) or now.keys() != before.keys():
        return False
    changed = [key for key in before if not _same(now[key], before[key])]
    return all(isinstance(now[key], dict) and isinstance(before[key], dict) for key in changed)


def _merged(base, override):
    if not (isinstance(base, dict) and isinstance(override, dict)):
        return override
    both = {key: _merged(base[key], override[key]) for key in base.keys() & override.keys()}
    return {**base, **override, **both}


def _same(got, right):
    """Whether two plain values are equal and of one type: `True` is not 1."""
    if type(got) is not type(right):
        return False
    if isinstance(right, dict):
        return got.keys() == right.keys() and all(_same(got[key], right[key]) for key in right)
    if isinstance(right, list):
        return len(got) == len(right) and all(_same(*each) for each in zip(got, right, strict=True))
    return got == right


def _drawn(rng, depth):
    """Settings drawn anew, from few names, so that two of them have much in common."""
    return {key: _value(rng, depth) for key in rng.sample(NAMES[:5], rng.randrange(5))}


def _value(rng, depth):
    kind = rng.randrange(10)
    if kind < 4 and depth > 0:
        return _drawn(rng, depth - 1)
    if kind < 6:
        return [rng.choice([0, 1, "x", None, {"host": ""}]) for _ in range(rng.randrange(3))]
    return rng.choice([0, 1, 0.5, -7, "", "on", True, False, None])


def _nothing(base, override, got):
    return None


def _try(learner, cases, why=_nothing, failed=_nothing):
    """Merge each of CASES; WHY says what a wrong dict means, FAILED what a `Failure` does, from both arguments."""
    answers = learner.call_many(MERGE, [list(case) for case in cases])
    for (base, override), got in zip(cases, answers, strict=True):
        right = _merged(base, override)
        if _same(got, right):
            continue
        not_yet(
            call=learner.shown(MERGE, (base, override)),
            expected=learner.literal(right),
            got=str(got) if isinstance(got, Failure) else learner.literal(got),
            where=got.where if isinstance(got, Failure) else None,
            means=_meaning(got, base, override, why, failed),
        )


def _meaning(got, base, override, why, failed):
    if isinstance(got, Failure):
        return failed(base, override, got)
    return why(base, override, got) if isinstance(got, dict) else None
