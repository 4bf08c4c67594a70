"""The greeting is compared as a returned value; what is printed is looked at apart."""

NAMES = ["Grace Hopper", "Zoë", "李雷", "O'Neil", "Ana María", "Søren", "x"]


def test_greets_by_name(learner):
    """greeting("Ada") returns "Hello, Ada!\""""
    call = learner.trace("hello:greeting", "Ada")
    means = None
    if "Hello, Ada!" in call.printed:
        means = "the greeting was printed; a caller gets only what `return` hands back"
    assert call.value == "Hello, Ada!", means or ""


def test_greets_anyone(learner, rng):
    """any name is greeted, also one with spaces or accents"""
    for name in [*rng.sample(NAMES, 3), f"Guest {rng.randrange(10_000)}"]:
        got = learner.call("hello:greeting", name)
        means = "the same greeting for every name: the name in it is not the argument" if got == "Hello, Ada!" else ""
        assert got == f"Hello, {name}!", means


def test_prints_nothing(learner):
    """the greeting is returned, and nothing is printed"""
    printed = learner.trace("hello:greeting", "Ada").printed
    assert printed == "", "a function that prints as well fills somebody's log with each call"
