"""The function meets tasks of two people, drawn from the seed; what it returns is compared by number."""

from runner.kit.mongodb import documents

PEOPLE = ("Ana", "Bo", "Cleo", "Dana")


def test_open_ones(learner, mongo, rng):
    """the open tasks of one person are found, and no others"""
    made, who = fill(mongo, rng)
    got = sorted(each["_id"] for each in documents(learner.call("tasks:open_tasks", mongo.handle(), who)))
    mine = [each for each in made if each["who"] == who]
    means = ""
    if got == sorted(each["_id"] for each in mine):
        means = "those that are done were found, too"
    elif got == sorted(each["_id"] for each in made if not each["done"]):
        means = "the tasks of everybody were found"
    assert got == sorted(each["_id"] for each in mine if not each["done"]), means


def test_newest_first(learner, mongo, rng):
    """the newest comes first"""
    made, who = fill(mongo, rng)
    got = [each["_id"] for each in documents(learner.call("tasks:open_tasks", mongo.handle(), who))]
    oldest = sorted((each for each in made if each["who"] == who and not each["done"]), key=lambda each: each["at"])
    wanted = [each["_id"] for each in reversed(oldest)]
    assert got == wanted, "the oldest comes first" if got == wanted[::-1] else ""


def fill(mongo, rng):
    """A dozen tasks in a collection, and whose are to be found."""
    one, other = rng.sample(PEOPLE, 2)
    times = rng.sample(range(1_600_000_000, 1_700_000_000), 12)
    made = [
        {"_id": number, "who": (one, other)[number % 2], "done": number % 3 == 0, "at": at}
        for number, at in enumerate(times, 1)
    ]
    mongo.fill("tasks", made)
    return made, one
