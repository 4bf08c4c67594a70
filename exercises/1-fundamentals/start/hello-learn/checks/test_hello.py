"""The greeting is compared as a returned value; what is printed is looked at apart."""

from runner.kit import not_yet

NAMES = ["Grace Hopper", "Zoë", "李雷", "O'Neil", "Ana María", "Søren", "x"]


def test_greets_by_name(learner):
    """greeting("Ada") returns "Hello, Ada!\""""
    call = learner.trace("hello:greeting", "Ada")
    assert call.value == "Hello, Ada!", _why(learner, call) or ""


def test_greets_anyone(learner, rng):
    """any name is greeted, also one with spaces or accents"""
    for name in [*rng.sample(NAMES, 3), "Eva van Dyk", f"Guest {rng.randrange(10_000)}"]:
        got = learner.call("hello:greeting", name)
        means = ""
        if got == "Hello, Ada!":
            means = "the same greeting for every name: the name in it is not the argument"
        elif got in (f"Hello, {name.title()}!", f"Hello, {name.capitalize()}!"):
            means = "the capitals of the name were changed; a name stays as it was passed"
        assert got == f"Hello, {name}!", means


def test_prints_nothing(learner):
    """the greeting is returned, and nothing is printed"""
    printed = learner.trace("hello:greeting", "Ada").printed
    if printed:
        not_yet(
            expected="no output",
            got=f"the output {learner.literal(printed)}",
            means="a function that prints as well fills somebody's log with each call",
        )


def _why(learner, call):
    """What a wrong greeting for Ada means; None if no known mistake gives it."""
    value = call.value
    if "Hello, Ada!" in call.printed:
        return "the greeting was printed; a caller gets only what `return` hands back"
    if value is None or repr(value) == "undefined":
        return f"{value!r} is what a caller gets from a function that ends without returning a value"
    if isinstance(value, list) and "Ada" in value:
        return "several values came back, not one text: a comma between values does not join them"
    if not isinstance(value, str):
        return None
    if "{name}" in value and learner.language == "python":
        return "between quotes {name} is plain text; with an `f` before the first quote, the value takes its place"
    if "${name}" in value:
        return "between quotes ${name} is plain text; between backticks, the value takes its place"
    for word in ("name", "NAME"):
        if "Ada" not in value and word in value:
            return f"{learner.literal(word)} is that word; the argument is `name`, without quotes"
    return None
