"""One route that reads its path and its query: decoded text, a number within bounds, and 400 for all else."""

import json
import re
from urllib.parse import unquote, unquote_plus

WORDS = ("red", "tea", "cup", "mint", "lamp", "oak")

ENCODED = (  # id and q as they travel, and as they come back
    ("a%20b", "c%20d", "a b", "c d"),
    ("caf%C3%A9", "d%C3%A9j%C3%A0", "café", "déjà"),  # codespell:ignore caf
    ("a+b", "c+d", "a+b", "c d"),
    ("a%2Bb", "c%2Bd", "a+b", "c+d"),
    ("a%26b", "c%26d%3De", "a&b", "c&d=e"),
    ("100%25", "50%2541", "100%", "50%41"),
)

NO_LIMITS = (  # what no limit is, the number that a service may make of it, and how
    ("-1", -1, "a number below 0 passed"),
    ("1.5", 1.5, "a number that is not whole passed"),
    ("", 0, "an empty text became 0; a limit that is empty is not missing, and it is no number"),
    ("5x", None, ""),
    ("1e1", 10, "Number() and float() also read 1e1, as 10"),
    ("0x1F", 31, "Number() also reads 0x1F, as 31"),
    ("1_0", 10, "int() also reads 1_0, as 10"),
    ("%205", 5, "a space passed for a part of a number"),
    ("%D9%A3", 3, "the Arabic digit three passed: Python knows more digits than 0 to 9"),
    ("%C2%B2", 2, "a raised 2 passed, which is another character than the digit"),
)

BROKE = "a 5xx says that the server is at fault; here it is the client's value"


def test_values_come_back(api, rng):
    """id, q and limit come back as JSON"""
    for name in rng.sample(WORDS, 2):
        limit = rng.randint(1, 100)
        expected = {"id": name, "q": name[::-1], "limit": limit}
        reply = api.get(f"/items/{name}?q={name[::-1]}&limit={limit}").status(200)
        means = ""
        if part(reply, "limit") == str(limit):
            means = "values from a URL are texts; limit is asked as a number"
        reply.equals(expected, means=means)
    api.get(f"/items/{name}?limit=100&q={name}").status(200).equals({"id": name, "q": name, "limit": 100})


def test_defaults(api, rng):
    """a missing q is "", a missing limit 20"""
    name = rng.choice(WORDS)
    api.get(f"/items/{name}").status(200).equals({"id": name, "q": "", "limit": 20})
    api.get(f"/items/{name}?q=").status(200).equals({"id": name, "q": "", "limit": 20})
    api.get(f"/items/{name}?limit=7").status(200).equals({"id": name, "q": "", "limit": 7})


def test_decodes(api):
    """what is encoded comes back decoded; + is a space in the query only"""
    for raw_id, raw_q, name, q in ENCODED:
        reply = api.get(f"/items/{raw_id}?q={raw_q}").status(200)
        means = misread(part(reply, "id"), raw_id, name, "path") or misread(part(reply, "q"), raw_q, q, "query")
        reply.equals({"id": name, "q": q, "limit": 20}, means=means)


def test_zero(api, rng):
    """limit=0 is 0"""
    name = rng.choice(WORDS)
    reply = api.get(f"/items/{name}?limit=0").status(200, means="0 lies within the bounds")
    means = "0 counts as false in a condition, as a missing value does, but it was asked for"
    reply.equals({"id": name, "q": "", "limit": 0}, means=means if part(reply, "limit") == 20 else "")


def test_refuses_limits(api, rng):
    """any other limit answers 400"""
    above = str(rng.randint(101, 999))
    beyond = (above, int(above), "there is no upper bound")
    next_one = ("101", 101, "101 passed: the last limit is 100")
    for raw, number, mistake in (("abc", None, ""), beyond, next_one, *NO_LIMITS, ("9" * 40, None, "")):
        reply = api.get(f"/items/{rng.choice(WORDS)}?limit={raw}")
        reply.status(400, means=excuse(reply, raw, number, mistake))


def test_refuses_repeats(api, rng):
    """q or limit given twice answers 400"""
    one, other = rng.sample(WORDS, 2)
    low, high = sorted(rng.sample(range(1, 100), 2))
    for name, first, second in (("q", one, other), ("limit", str(low), str(high)), ("limit", str(high), str(high))):
        reply = api.get(f"/items/{one}?{name}={first}&{name}={second}")
        reply.status(400, means=BROKE if reply.code >= 500 else chosen(part(reply, name), first, second))


def part(reply, name):
    """What a successful answer holds under NAME; None where there is no such thing."""
    return shown(reply).get(name)


def shown(reply):
    """The object that a successful answer holds; an empty one where it holds none."""
    try:
        found = json.loads(reply.text) if reply.code == 200 else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def misread(got, raw, expected, place):
    """What went wrong between the RAW text of a URL and what the service GOT out of it, where that is known."""
    if got == expected or not isinstance(got, str):
        return ""
    if place == "path" and got == unquote_plus(raw):
        return "in a path a + is a plus; only in a query it is a space"
    if place == "query" and got == unquote(raw):
        return "in a query a + is another way to write a space"
    if got == raw:
        return f"the {place} is still percent-encoded"
    if got in (unquote(expected), unquote_plus(expected)):
        return f"the {place} was decoded twice: the framework has done it already"
    return ""


def excuse(reply, raw, number, mistake):
    """Why a limit that is none was not refused, where the answer tells."""
    if reply.code >= 500:
        return BROKE
    got = part(reply, "limit")
    if "limit" in shown(reply) and got is None:
        return "no number came of the text: NaN, which JSON writes as null"
    if got is None or isinstance(got, bool | str | list | dict):
        return ""
    if got == 20:
        return "the default took its place, and the client cannot know that its value was dropped"
    if (raw.isdecimal() and got == 100) or (raw == "-1" and got == 0):
        return "the nearest bound took its place, and the client cannot know that its value was changed"
    if got == number:
        return mistake
    begin = re.match("[0-9]+", raw)
    if begin and begin[0] != raw and got == int(begin[0]):
        return "the text was read as far as it looked like a number, and the rest was dropped"
    return ""


def chosen(got, first, second):
    """Which of two values the service took, where the answer tells."""
    if isinstance(got, list):
        return "a name that comes twice is a list in Express, and it went through unseen"
    if first != second and str(got) == first:
        return "the first value was taken, and the other was dropped without a word"
    if first != second and str(got) == second:
        return "the last value was taken, and the other was dropped without a word"
    return ""
