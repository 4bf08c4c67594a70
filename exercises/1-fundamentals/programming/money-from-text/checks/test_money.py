"""Texts go in and whole cents come out; most texts are drawn anew in each run."""

from runner.kit import not_yet
from runner.kit.learner import Failure

TO_CENTS = "money:to_cents"
DRAWN = 2500
PROPER = {"python": ("Exception", "raise ValueError(…)"), "javascript": ("Error", "throw new Error(…)")}
"""By language: what a proper error is, and how one is raised. Neither `exit()` nor a thrown text is one."""


def test_reads_amounts(learner, rng):
    """ "12.50" gives 1250, " 7.5 " gives 750 and "3" gives 300"""
    whole = rng.randrange(13, 90)
    amounts = {"12.50": 1250, "3": 300, " 7.5 ": 750, f"{whole}": whole * 100, f" {whole}.5": whole * 100 + 50}
    for text, cents in amounts.items():
        got = learner.call(TO_CENTS, text)
        means = None
        if text.strip()[-2:-1] == "." and got == cents // 100 * 100 + cents % 100 // 10:
            tenths = text.strip()[-1]
            means = f"one digit after the dot counts tenths: .{tenths} is {tenths}0 cents, and {tenths} were added"
        _compare(learner, got, cents, means)


def test_keeps_every_cent(learner, rng):
    """every amount from 0.00 to 1000.00 keeps its last cent"""
    drawn = sorted({0, 1, 29, 1999, 100_000, *rng.sample(range(100_001), DRAWN)})
    texts = [_written(cents, rng) for cents in drawn]
    for text, cents, got in zip(texts, drawn, learner.call_many(TO_CENTS, [[text] for text in texts]), strict=True):
        if type(got) is not int or got != cents:
            learner.call(TO_CENTS, text)  # once more alone, so that the message shows this call
            _compare(learner, got, cents, *_lost_cent(learner, text.strip(), got, cents))


def test_keeps_the_sign(learner, rng):
    """a minus sign counts for the whole amount: "-0.75" gives -75"""
    whole, part = rng.randrange(5, 900), rng.randrange(10, 100)
    signed = {"-3": (3, 0), "-3.25": (3, 25), f" -{whole}.{part} ": (whole, part), "-0.75": (0, 75)}
    for text, (whole, part) in signed.items():
        got = learner.call(TO_CENTS, text)
        means = None
        if whole and part and got == part - whole * 100:
            means = f"only the whole part became negative: -{whole * 100} + {part} is {got}"
        elif not whole and got == part:
            means = "the number -0 is 0, so a sign that is read from the whole part alone is lost here"
        _compare(learner, got, -(whole * 100 + part), means)


def test_refuses_junk(learner, rng):
    """any other text raises an error, and no number comes back"""
    texts = _junk(rng)
    outcomes = dict(zip(texts, learner.call_many(TO_CENTS, [[text] for text in texts]), strict=True))
    read = [text for text, outcome in outcomes.items() if not isinstance(outcome, Failure)]
    if read:
        got = outcomes[read[0]]
        learner.call(TO_CENTS, read[0])
        others = f"; none for {', '.join(map(learner.literal, read[1:4]))} either" if read[1:] else ""
        shown = f"no error: it returned {_shown(learner, got)}{others}"
        not_yet(expected="an error", got=shown, means=_why_read(read[0], got))
    for text, failure in outcomes.items():
        base, example = PROPER[learner.language]
        if base not in failure.bases:
            learner.refuses(TO_CENTS, text)
            shown = _shown(learner, failure)
            means = (
                "a thrown text has no `message`, and tells nobody where it was thrown"
                if failure.type == "string"
                else None
            )
            not_yet(expected=f"an error such as `{example}`", got=shown, means=means, where=failure.where)


def test_quotes_the_text(learner, rng):
    """the message of the error holds the text that was refused"""
    for text in _junk(rng):
        failure = learner.refuses(TO_CENTS, text)
        if text not in failure.message:
            not_yet(
                expected=f"an error whose message holds {learner.literal(text)}",
                got=str(failure),
                means="who reads this line in a log cannot tell which of a thousand inputs it was",
                where=failure.where,
            )


def _written(cents, rng):
    """CENTS as a person may write it: with two digits, or with as few as say the same."""
    text = f"{cents // 100}.{cents % 100:02}"
    if rng.random() < 0.3:
        text = text.removesuffix("0").removesuffix(".0")
    return f" {text} " if rng.random() < 0.1 else text


def _junk(rng):
    word = "".join(rng.sample("abcdfghkmprst", 5))
    euros = rng.randrange(11, 90)
    return [
        "",
        word,
        f"{euros} {word}",
        f"{word}{euros}",
        f"{euros},50",
        f"{euros}.50.10",
        f"{euros}.{rng.randrange(11, 99)}{rng.randrange(1, 9)}",
        f"{euros}.x{rng.randrange(1, 9)}",
        f"--{euros}",
        f"{euros}.-5",
        f"{euros}.",
        f".{rng.randrange(11, 99)}",
        f"+{euros}",
        "1e3",
        "Infinity",
        "-",
        ".",
    ]


def _lost_cent(learner, text, got, cents):
    """What a wrong number for an exact amount means, and a command that shows it."""
    product = float(text) * 100
    if isinstance(got, Failure) or type(got) not in (int, float) or product == cents:
        return None, None
    look = f"node -p '{text} * 100'" if learner.language == "javascript" else f"python -c 'print({text} * 100)'"
    if got == product:
        return f"{text} has no exact binary form; times 100 it is {product!r}, which is not whole", look
    if got == int(product):
        return f"{text} has no exact binary form; times 100 it is {product!r}, and cut off that is {got}", look
    return None, None


def _why_read(text, got):
    if got is None or str(got) in ("undefined", "nan"):
        return "a caller that does not look goes on with it as if it were an amount"
    if got == 0:
        return "a 0 that nobody typed looks like a real amount to every caller"
    whole, _, part = text.partition(".")
    if len(part) == 3 and text.replace(".", "").isdigit():
        return _why_three_digits(int(whole), part, got)
    if text.endswith(".") or text.startswith("."):
        return "a dot without digits on both sides was taken as well; the contract has digits before and behind it"
    if text.startswith("+"):
        return "a plus was taken as a sign too; the contract has a minus there, or nothing"
    if text == "Infinity" and isinstance(got, float):
        return "Infinity is a number for the language; the contract has digits, and one dot perhaps"
    if text == "1e3" and got == 100_000:
        return "1e3 is a way to write 1000 in code; the contract has digits, and one dot perhaps"
    if text[:2].isdigit() and got == int(text[:2]) * 100:
        return "the start of the text was read as an amount, and the rest dropped"
    return None


def _why_three_digits(whole, part, got):
    """What it means that a third digit behind the dot was not refused."""
    if got in (whole * 100 + int(part[:2]), whole * 100 + int(part[:2]) + 1):
        return "the third digit behind the dot was dropped or rounded, and nobody was told"
    if got == whole * 100 + int(part):
        return f"the three digits behind the dot were added as {int(part)} cents"
    return None


def _compare(learner, got, cents, means=None, look=None):
    if type(got) is int and got == cents:
        return
    if type(got) is float and got == cents:
        means = "that is a float; cents are counted in whole numbers (`int`), which have no error"
    elif isinstance(got, str) and got == str(cents):
        means = "that is a text; cents are a number, which a caller can add up"
    where = got.where if isinstance(got, Failure) else None
    not_yet(expected=str(cents), got=_shown(learner, got), means=means, look=look, where=where)


def _shown(learner, got):
    return str(got) if isinstance(got, Failure) else learner.literal(got)
