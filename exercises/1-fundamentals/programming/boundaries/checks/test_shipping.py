"""Every limit is tried with the gram below and above it; the weights between are drawn anew in each run."""

from runner.kit import not_yet
from runner.kit.learner import Failure

TIER = "shipping:tier"
HOME = "PT"
ABROAD = ["ES", "FR", "IT"]
LIMITS = {HOME: (500, 20_000), **dict.fromkeys(ABROAD, (250, 10_000))}
PARTS = sorted({letter for country in ABROAD for letter in country} - set(HOME))
"""Letters of the codes abroad: none of them is a country."""
PROPER = {"python": ("Exception", "raise ValueError(…)"), "javascript": ("Error", "throw new Error(…)")}
"""By language: what a proper error is, and how one is raised. Neither `exit()` nor a thrown text is one."""


def test_plain_weights(learner, rng):
    """weights far from any limit get their tier, at home and abroad"""
    countries = (HOME, rng.choice(ABROAD))
    weights = [rng.randrange(20, 200), rng.randrange(900, 9_000), rng.randrange(25_000, 90_000)]
    tiers = _tiers(learner, [(grams, country) for country in countries for grams in weights])
    for country, got in zip(countries, (tiers[:3], tiers[3:]), strict=True):
        for grams, answer in zip(weights, got, strict=True):
            _compare(learner, grams, country, answer, _far_off(learner, weights, got))


def test_home_limits(learner, rng):
    """at home, each limit and the grams beside it get their tier"""
    _try_limits(learner, [HOME])


def test_abroad_limits(learner, rng):
    """abroad, each limit and the grams beside it get their tier"""
    _try_limits(learner, rng.sample(ABROAD, len(ABROAD)))


def test_refuses_no_weight(learner, rng):
    """1 g is a letter; 0 g or less raises an error whose message holds the weight"""
    country = rng.choice([HOME, *ABROAD])
    _compare(learner, 1, country, learner.call(TIER, 1, country), None)
    means = "{} g is under the limit of a letter; the lower end of a range needs its condition too"
    for grams, got in _answers(learner, [(grams, country) for grams in (0, -1, -rng.randrange(20, 900))]):
        _refused(learner, (grams, country), got, {"letter": means.format(grams)}, (str(grams), "the weight"))


def test_refuses_unknown_country(learner, rng):
    """any other country raises an error whose message holds it"""
    known = {HOME, *ABROAD}
    codes = [first + second for first in "BDGHKLNQSUXZ" for second in "AEKOQTXZ"]
    means = {
        "parcel": "300 g to a country that is not on the list got the tier for abroad: a branch takes too much",
        "letter": "300 g to a country that is not on the list got the tier for home: a branch takes too much",
    }
    drawn = rng.sample([code for code in codes if code not in known], 3)
    drawn += [rng.choice(HOME), rng.choice(PARTS)]
    answers = _answers(learner, [(300, country) for country in drawn])
    for country, (_, got) in zip(drawn, answers, strict=True):
        if len(country) == 1 and str(got) in means:
            part = (
                f"{learner.literal(country)} is only a part of a code on the list; a search in a text finds parts too"
            )
            means = dict.fromkeys(means, part)
        _refused(learner, (300, country), got, means, (country, "the country"))


def _tier(grams, country):
    letter, freight = LIMITS[country]
    if grams <= letter:
        return "letter"
    return "freight" if grams >= freight else "parcel"


def _tiers(learner, calls):
    """The learner's tiers for CALLS, pairs of weight and country; an error is told as that of its own call."""
    got = learner.call_many(TIER, [list(args) for args in calls])
    return [learner.call(TIER, *args) if isinstance(t, Failure) else t for args, t in zip(calls, got, strict=True)]


def _try_limits(learner, countries):
    edges = [(country, limit) for country in countries for limit in LIMITS[country]]
    tiers = iter(_tiers(learner, [(limit + by, country) for country, limit in edges for by in (-1, 0, 1)]))
    for country, limit in edges:
        around = {limit + by: next(tiers) for by in (-1, 0, 1)}
        for grams, got in around.items():
            _compare(learner, grams, country, got, _near(learner, country, limit, around))


def _near(learner, country, limit, around):
    """What a wrong tier at a limit or beside it means, from the three answers AROUND it."""
    wrong = [grams for grams, got in around.items() if got != _tier(grams, country)]
    if wrong == [limit] and around[limit] in (around[limit - 1], around[limit + 1]):
        means = "still a letter" if limit == LIMITS[country][0] else "freight already"
        return f"the contract includes the limit, so {limit} g is {means}"
    where, other = ("abroad", HOME) if country != HOME else (f"at home, {learner.literal(HOME)},", ABROAD[0])
    there = [_tier(grams, other) for grams in around]
    if list(around.values()) == there:
        place = "at home" if other == HOME else "abroad"
        return f"{learner.literal(there[0])} is the tier {place}; {where} this limit is {limit} g"
    return None


def _compare(learner, grams, country, got, means):
    right = _tier(grams, country)
    if got != right:
        learner.call(TIER, grams, country)
        not_yet(expected=learner.literal(right), got=learner.literal(got), means=means)


def _far_off(learner, weights, got):
    """What a wrong tier far from any limit means: some condition is true for too many weights."""
    light, middling, heavy = weights
    if got == ["parcel", "parcel", "freight"]:
        return f"the condition for a parcel is true for {light} g as well, and it had the last word"
    if got == ["letter"] * 3:
        chain = "; an `a < grams < b` compares true or false with b there: use `&&`"
        also = chain if learner.language == "javascript" else ""
        return f"the condition for a letter is true for {middling} g as well{also}"
    if got == ["letter", "parcel", "parcel"]:
        return f"the condition for a parcel is true for {heavy} g as well, and it had the last word"
    return None


def _answers(learner, calls):
    """The weight and the answer, a tier or a `Failure`, of each of CALLS."""
    got = learner.call_many(TIER, [list(args) for args in calls])
    return [(args[0], each) for args, each in zip(calls, got, strict=True)]


def _refused(learner, args, got, means, named):
    """Demand that GOT, the answer to ARGS, is an error that names what was wrong.

    MEANS says what a tier in its place means; NAMED is the text that the error's message holds, and what it is.
    """
    if not isinstance(got, Failure):
        learner.call(TIER, *args)
        why = means.get(str(got))
        if why is None and (isinstance(got, str) or got is None or repr(got) == "undefined"):
            why = "what is returned is no error: a caller that does not look takes it for a tier"
        not_yet(expected="an error", got=f"no error: it returned {learner.literal(got)}", means=why)
    base, example = PROPER[learner.language]
    text, what = named
    if base not in got.bases:
        learner.refuses(TIER, *args)
        not_yet(expected=f"an error such as `{example}`", got=str(got), where=got.where)
    if text not in got.message:
        learner.refuses(TIER, *args)
        not_yet(
            expected=f"an error whose message holds {text}",
            got=str(got),
            means=f"who reads this in a log does not see {what} that was wrong",
            where=got.where,
        )
