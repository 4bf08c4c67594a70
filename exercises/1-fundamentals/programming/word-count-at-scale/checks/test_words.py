"""Words are drawn and counted, so no text is taken apart here. Speed is a ratio of two sizes, in processor time."""

import math
import time
from collections import Counter

from runner.kit import not_yet
from runner.kit.learner import Failure

TOP_WORDS = "words:top_words"
PLAIN = ["apple", "bread", "cheese", "egg", "fig", "honey", "lemon", "milk", "onion", "pear", "rice", "tea"]
LETTERS = "etaoinshrdlu"

TIMES = 16
"""How many times more words the big text has than the small one."""
MOST = 64
"""How many times longer it may take: between 16, where the time grows with the words, and 256, with their square."""
SIGNS = [" ", ", ", "\n", " - ", ".", "/", "; ", ' "', " (", "!\n"]
"""What stands between the words of a drawn text: each of them once, in any order."""
SEE = {
    "python": "python -m timeit -s 'import words; t = \" \".join(map(chr, range(20000, 20500)))' "
    "'words.top_words(t, 9)'   (500 words; then 28000 in place of 20500)",
    "javascript": 'node -e \'import("./words.mjs").then((m) => { let t = ""; for (let c = 20000; c < 20500; c++) '
    "t += String.fromCharCode(c, 32); console.time(); m.topWords(t, 9); console.timeEnd(); })'"
    "   (500 words; then 28000 in place of 20500)",
}
"""By language: a command that times different words, each of one letter."""
SMALL = (125, 250, 500)
"""Words of a small text: the first whose big one is slow, so that slow code is not waited for; else the last."""
SLOW = 100.0
"""Milliseconds."""


def test_counts_words(learner, rng):
    """the k most frequent words come first with their counts, in lower case"""
    names = rng.sample(PLAIN, 4)
    drawn = [name for count, name in zip((5, 3, 2, 1), names, strict=True) for _ in range(count)]
    text = _written(drawn, rng)
    for k in (2, 4):
        got = learner.call(TOP_WORDS, text, k)
        means = None
        if _plain(got) != _top(drawn, k):
            [every] = learner.call_many(TOP_WORDS, [[text, 99]])
            means = _why_miscounted(learner, got, dict(_pairs(every)), names, k)
            learner.call(TOP_WORDS, text, k)  # once more, so that the message shows this call
        _compare(learner, got, _top(drawn, k), means)


def test_counts_any_word(learner, rng):
    """fewer than k words all come back, and any word may be one"""
    name = rng.choice(PLAIN)
    [got] = learner.call_many(TOP_WORDS, [["", 5]])
    if isinstance(got, Failure):
        null = learner.language == "javascript" and ("match" in got.message or "of null" in got.message)
        not_yet(
            expected="[]",
            got=str(got),
            where=got.where,
            means="match() with the flag `g` gives `null`, not an empty list, where nothing matches" if null else None,
        )
    for words in ([name], [], ["constructor", "constructor", "length", name, name, name]):
        got = learner.call(TOP_WORDS, ", ".join(words), 5)
        means = None
        if words == [name] and got == [] and learner.call(TOP_WORDS, f"{name}.", 5) == [[name, 1]]:
            learner.call(TOP_WORDS, name, 5)  # once more, so that the message shows this call
            means = "with a full stop behind it the word is counted: the end of a text ends a word too"
        if learner.language == "javascript" and "constructor" in words and "constructor" not in dict(_pairs(got)):
            means = 'every plain object has a "constructor" before you count it; a Map is empty at first'
        if learner.language == "javascript" and "function Object" in str(got):
            means = 'every plain object has a "constructor" before you count it; a Map is empty at first'
        _compare(learner, got, _top(words, 5), means)


def test_reads_any_letter(learner, rng):
    """ "Straße", "ÉCOLE" and "Мир" are whole words"""
    for written in rng.sample(["Straße", "ÉCOLE", "Мир", "Ærø", "naïve", "Ño"], 6):
        word = written.lower()
        got = learner.call(TOP_WORDS, f"{written}, {word}", 3)
        found = [each for each, _ in _pairs(got)]
        means = None
        if found and found[0].isalpha() and found[0] != word:
            means = f"{learner.literal(found[0])} has other letters than {learner.literal(word)}: lower case keeps them"
        if all(each in word and each != word for each in found) and (found or (got == [] and word == "мир")):
            means = f"a letter outside a to z is no letter to this pattern, so {learner.literal(word)} was cut there"
        _compare(learner, got, [[word, 2]], means)


def test_keeps_apostrophes(learner, rng):
    """ "don't" is one word; an apostrophe around a word is no part of it"""
    word = rng.choice(["don't", "can't", "isn't", "won't"])
    got = learner.call(TOP_WORDS, f"{word.capitalize()} say {word}", 5)
    cut = {each for each, _ in _pairs(got)} >= set(word.split("'"))
    means = f"{learner.literal(word)} was cut at its apostrophe, which stands between two letters" if cut else None
    _compare(learner, got, [[word, 2], ["say", 1]], means)
    name = rng.choice(PLAIN)
    got = learner.call(TOP_WORDS, f"'{name}' {name} '{word}'", 5)
    around = any(each.strip("'") != each for each, _ in _pairs(got))
    means = "the apostrophes around a word are quotation marks; only one between letters is part of it"
    _compare(learner, got, [[name, 2], [word, 1]], means if around else None)


def test_breaks_ties_by_alphabet(learner, rng):
    """of equal counts, the smaller text (`<`) comes first"""
    first, *others = rng.sample(PLAIN, 6)
    drawn = [first, first, *sorted(others, reverse=True)]
    drawn.insert(3, "éclair")
    text = " ".join(drawn)
    for k in (7, 4):
        right = _top(drawn, k)
        got = learner.call(TOP_WORDS, text, k)
        _compare(learner, got, right, _why_misplaced(learner, _pairs(got), drawn))
    calls, rights = [], []
    for _ in range(40):
        drawn = rng.choices(PLAIN, k=rng.randrange(2, 30))
        calls.append([" ".join(drawn), rng.randrange(1, 8)])
        rights.append(_top(drawn, calls[-1][1]))
    for (text, k), right, got in zip(calls, rights, learner.call_many(TOP_WORDS, calls), strict=True):
        if _plain(got) != right:
            _compare(learner, learner.call(TOP_WORDS, text, k), right, None)


def test_keeps_pace(learner, rng):
    """16 times the words take less than 64 times as long"""
    for words in SMALL:
        # These calls also get the code compiled, which may take longer than the code itself: so twice.
        if all(_took(learner, rng, words * TIMES) > SLOW for _ in range(2)):
            break
    small, big = _measure(learner, rng, words)
    if big >= small * MOST:  # the machine may have been busy
        again = _measure(learner, rng, words)
        small, big = min(small, again[0]), min(big, again[1])
    if big >= small * MOST:
        not_yet(
            call=f"{learner.named('top_words')}(text, 10)",
            expected=f"{words * TIMES} words in less than {MOST} times the time of {words}",
            got=f"{words} words: {small:.1f} ms of processor time; {words * TIMES}: {big:.0f} ms, "
            f"{big / small:.0f} times as long",
            means=f"{TIMES} times the words should cost about {TIMES} times the time; towards {TIMES**2} times and "
            "beyond, each word walks through all the others, or has them copied",
            look=SEE[learner.language],
        )


def _top(words, k):
    return [list(pair) for pair in sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0]))[:k]]


def _written(words, rng):
    """WORDS in any order, some in capitals, with signs between them and a full stop at the end."""
    words = [rng.choice([each, each.title(), each.upper()]) for each in rng.sample(words, len(words))]
    signs = [*rng.sample(SIGNS, len(words) - 1), "."]
    return "".join(word + sign for word, sign in zip(words, signs, strict=True))


def _pairs(got):
    """The pairs of a word and a count in GOT, without what is none."""
    listed = got if isinstance(got, list) else []
    return [each for each in listed if isinstance(each, list) and len(each) == 2 and isinstance(each[0], str)]


def _plain(got):
    """GOT if each count in it is a whole number, not such as `True`."""
    whole = all(type(count) is int for _, count in _pairs(got))
    return got if whole else None


def _compare(learner, got, right, means):
    if _plain(got) == right:
        return
    if isinstance(got, dict):
        means = "that is a dict or object; the contract has a list of pairs, because a list has an order"
    not_yet(expected=learner.literal(right), got=learner.literal(got), means=means)


def _why_miscounted(learner, got, every, names, k):
    """What wrong counts mean: GOT are the K most frequent words, EVERY all of them."""
    found = dict(_pairs(got))
    if isinstance(got, list) and got and all(isinstance(each, str) for each in got):
        return "these are words alone; the contract has pairs, each word with its count"
    twice = [each for each in found if each != each.lower() and each.lower() in names]
    if twice:
        literal = learner.literal
        return f"{literal(twice[0])} and {literal(twice[0].lower())} are two words here; the contract has lower case"
    if "" in every:
        return "an empty text was counted as a word: that is what stays of a sign between two spaces"
    strange = [word for word in every if not word.replace("'", "").isalpha()]
    if strange:
        return f"{learner.literal(strange[0])} was counted as one word; what is no letter ends a word"
    if isinstance(got, list) and len(got) > k and _pairs(got)[:k] == _pairs(got[:k]):
        return f"k is {k}, and {len(got)} came back"
    return None


def _why_misplaced(learner, got, drawn):
    """What it means that words with one count stand in the wrong order."""
    counts = Counter(drawn)
    found = [word for word, _ in got if counts[word] == 1]
    if len(found) < 2 or any(count != counts[word] for word, count in got):
        return None
    if found == [word for word in dict.fromkeys(drawn) if counts[word] == 1][: len(found)]:
        return "words with one count stand in the order in which they came"
    if found == sorted((word for word in counts if counts[word] == 1), reverse=True)[: len(found)]:
        return "the alphabet was turned round together with the counts; only the counts go downwards"
    plain = sorted((word for word in counts if counts[word] == 1), key=lambda word: word.replace("é", "e"))
    if found == plain[: len(found)]:
        return f"{learner.literal('éclair')} stands as a dictionary has it; for `<`, é comes after z"
    if found == sorted(found):
        return "others with this count come before these: put all pairs in order, then take the first k"
    return None


def _took(learner, rng, words):
    """The milliseconds of processor time that a new text of so many WORDS takes; its answer must be right."""
    letters = "".join(rng.choices(LETTERS, k=words * 7))
    ends = range(0, len(letters), 7)
    drawn = [letters[start : start + size] for start, size in zip(ends, rng.choices(range(2, 7), k=words), strict=True)]
    call = learner.trace(TOP_WORDS, " ".join(drawn), 10)
    counts, found = Counter(drawn), dict(_pairs(call.value))
    # In any order among equal counts: whether ties are broken right is the business of another check.
    if [*found.values()] != [count for _, count in _top(drawn, 10)] or any(
        counts[each] != found[each] for each in found
    ):
        _compare(learner, call.value, _top(drawn, 10), None)
    return max(call.cpu_ms, 0.01)


def _measure(learner, rng, words):
    """The least milliseconds that a small and a big text took.

    The least of several is what the code itself costs: whatever else the machine does can only add to it. The small
    one is measured after the big one too, because JavaScript makes code faster the longer it has run. The big one is
    measured until it is fast enough, at most five times, and not again where that takes long.
    """
    limit = time.monotonic() + 0.3
    small, big = math.inf, math.inf
    for _ in range(5):
        small = min(small, *(_took(learner, rng, words) for _ in range(5)))
        big = min(big, _took(learner, rng, words * TIMES))
        small = min(small, *(_took(learner, rng, words) for _ in range(5)))
        if big < small * MOST or time.monotonic() > limit:
            break
    return small, big
