"""Baskets are drawn from the seed, so no answer can know them; what a known mistake returns is told by name."""


def test_adds_up(learner, rng):
    """each thing counts with its price times its count"""
    things = [{"price": rng.randrange(100, 5000), "count": rng.randrange(2, 9)} for _ in range(4)]
    got = learner.call("basket:total", things)
    means = ""
    if got == sum(each["price"] for each in things):
        means = "each thing was added once; its count says how many of it there are"
    elif got == things[-1]["price"] * things[-1]["count"]:
        means = "that is the last thing alone: the sum begins again with each thing"
    assert got == sum(each["price"] * each["count"] for each in things), means


def test_empty_basket(learner):
    """an empty basket costs 0"""
    assert learner.call("basket:total", []) == 0, "the sum of nothing is a number, too"
