"""What MongoDB did for the learner's queries is read from its profiler, so it is what truly ran."""

import re
from datetime import datetime, timedelta

import pytest

from runner.kit import not_yet
from runner.kit.mongodb import documents

USERS = 12
MAILS = 50
"""Mails of each user."""

TOLERANCE = 1.1

LOOK = {"python": "learn with mongodb python try_it.py", "javascript": "learn with mongodb node try_it.mjs"}


@pytest.fixture
def mails(mongo, rng):
    """Mails in no order; a user's newest are sent ones, and small, which neither of the lists shows."""
    began = datetime(2026, rng.randint(1, 9), rng.randint(1, 28))
    made = [mail for user in range(USERS) for mail in mails_of(user, began, rng)]
    rng.shuffle(made)
    made = [{"_id": number, **mail} for number, mail in enumerate(made, 1)]
    mongo.fill("mails", made)
    return sorted(made, key=lambda mail: mail["at"], reverse=True)


def mails_of(user, began, rng):
    minutes = sorted(rng.sample(range(100_000), MAILS), reverse=True)
    for number, minute in enumerate(minutes):
        newest = number in (0, 1, 3)
        yield {
            "user": user,
            "folder": "sent" if newest else rng.choice(["inbox", "inbox", "sent", "spam"]),
            "at": began + timedelta(minutes=minute),
            "size": rng.randint(1, 20) if newest else rng.randint(1, 99),
        }


def test_newest(learner, mongo, mails, rng):
    """newest returns the user's newest mails in the inbox, newest first"""
    learner.call("inbox:prepare", mongo.handle())
    for user, count in ((rng.randrange(USERS), rng.randint(4, 9)), (rng.randrange(USERS), MAILS), (USERS, 5)):
        inbox = [mail for mail in mails if mail["user"] == user and mail["folder"] == "inbox"]
        compare(learner.call("inbox:newest", mongo.handle(), user, count), inbox, count, mails)


def test_large(learner, mongo, mails, rng):
    """large returns the user's newest large mails, newest first"""
    learner.call("inbox:prepare", mongo.handle())
    for user, count in ((rng.randrange(USERS), rng.randint(4, 9)), (rng.randrange(USERS), MAILS)):
        least = rng.choice([mail["size"] for mail in mails if mail["user"] == user and 30 < mail["size"] < 60])
        fit = [mail for mail in mails if mail["user"] == user and mail["size"] >= least]
        compare(learner.call("inbox:large", mongo.handle(), user, least, count), fit, count, mails)


def test_two_at_most(learner, mongo, mails, rng):
    """prepare makes two indexes at most"""
    before = set(indexes(mongo))
    learner.call("inbox:prepare", mongo.handle())
    after = set(indexes(mongo))
    list(queries(learner, mongo, rng))
    if more := set(indexes(mongo)) - after:
        not_yet(expected="prepare makes the indexes", got=f"newest or large made {names(more)}")
    if len(after - before) > 2:
        means = "each index is written with every mail that comes, and one query uses one of them"
        got = f"{len(after - before)}: {names(after - before)}"
        not_yet(call="prepare(db)", expected="two indexes at most, besides _id_", got=got, means=means)


def test_finds_by_index(learner, mongo, mails, rng):
    """MongoDB finds the mails by an index"""
    for asked in queries(learner, mongo, rng):
        for seen in asked.operations:
            if "COLLSCAN" in seen.plan:
                got = f"COLLSCAN: MongoDB read {seen.docs_examined} of {len(mails)} mails"
                asked.not_yet("a search in an index (IXSCAN)", got, why_no_index(mongo, seen))


def test_no_sort(learner, mongo, mails, rng):
    """MongoDB sorts nothing: an index has the order"""
    for asked in queries(learner, mongo, rng):
        sent = sum(seen.returned for seen in asked.operations)
        if sent <= len(asked.returned) and not any(orders(seen.command) for seen in asked.operations):
            means = "it came so this time; with another index in use the same query gives another order"
            asked.not_yet("a query that asks for the order", f"no sort in it, and {asked.plans}", means)
        for seen in asked.operations:
            if seen.sorted:
                asked.not_yet("no sort in memory", f"a SORT after {seen.plan}", why_sorted(seen))


def test_reads_no_more(learner, mongo, mails, rng):
    """no mail is read that is not returned, no index entry of another user"""
    for asked in queries(learner, mongo, rng):
        read = sum(seen.docs_examined for seen in asked.operations)
        if read > TOLERANCE * len(asked.returned):
            got = f"{read} mails read (docsExamined), by {asked.plans}"
            asked.not_yet(f"{len(asked.returned)} mails read, as many as returned", got, why_read(asked))
        passed = sum(seen.keys_examined for seen in asked.operations)
        if passed > TOLERANCE * MAILS + 2:
            got = f"{passed} index entries passed (keysExamined), by {asked.plans}"
            asked.not_yet(f"at most {MAILS}, those of the user", got, why_others(asked))


class Asked:
    """One call of the learner's, and what the server did for it."""

    def __init__(self, learner, mongo, name, *args):
        mongo.profile()
        self._look = f"{LOOK[learner.language]}   (what the profiler says)"
        self._call = learner.shown(f"inbox:{name}", [mongo.handle(), *args])
        self.returned = documents(learner.call(f"inbox:{name}", mongo.handle(), *args))
        self.operations = [seen for seen in mongo.profile() if seen.collection == "mails" and seen.plan]
        self.plans = " and ".join(dict.fromkeys(seen.plan for seen in self.operations))
        if not self.operations:
            self.not_yet("a query of mails", "the server's profiler saw none", "")

    def not_yet(self, expected, got, means):
        """End the check, with this call."""
        not_yet(call=self._call, expected=expected, got=got, means=means, look=self._look)


def queries(learner, mongo, rng):
    """A call of each function, after prepare."""
    learner.call("inbox:prepare", mongo.handle())
    yield Asked(learner, mongo, "newest", rng.randrange(USERS), rng.randint(4, 7))
    yield Asked(learner, mongo, "large", rng.randrange(USERS), rng.randint(25, 50), rng.randint(4, 7))


def compare(result, fit, count, mails):
    """Demand the first COUNT of FIT; each mail is told by its number, in order."""
    found = [mail.get("_id") for mail in documents(result)]
    if None in found:
        not_yet(expected="whole mails, with their _id", got="documents without an _id")
    wanted = [mail["_id"] for mail in fit[:count]]
    if found == wanted:
        return
    means = ""
    if found == wanted[::-1] and len(wanted) > 1:
        means = "these are the mails, oldest first"
    elif sorted(map(str, found)) == sorted(map(str, wanted)):
        means = "these are the mails, in another order"
    elif found[: len(wanted)] == wanted:
        means = "count limits the list"
    elif found and found == [mail["_id"] for mail in fit[::-1][:count]]:
        means = "these are the oldest"
    elif set(map(str, found)) < {str(mail["_id"]) for mail in fit}:
        means = "mails that belong there are missing: were some dropped after count was cut off?"
    else:
        means = strangers(found, fit, mails)
    not_yet(expected=numbers(wanted), got=numbers(found), means=means)


def strangers(found, fit, mails):
    """What a mail is that does not belong in the list."""
    right = {mail["_id"] for mail in fit}
    wrong = next((mail for mail in mails if mail["_id"] in found and mail["_id"] not in right), None)
    if wrong is None:
        return ""
    return f"mail {wrong['_id']} does not belong there: user {wrong['user']}, {wrong['folder']}, size {wrong['size']}"


def numbers(ids):
    shown = ", ".join(str(each)[:20] for each in ids[:12])
    return f"the mails with _id {shown}" + (f" … ({len(ids)} in all)" if len(ids) > 12 else "") if ids else "no mails"


def indexes(mongo):
    """The fields of each index, by name."""
    information = mongo.collection("mails").index_information()
    return {name: [field for field, _ in index["key"]] for name, index in information.items()}


def names(some):
    return ", ".join(sorted(some)) or "none"


def fields_of(plan):
    """The fields of the index that a plan names, such as `IXSCAN { user: 1, at: -1 }`."""
    return re.findall(r"([\w.]+): ", plan.partition("{")[2].partition("}")[0])


def orders(command):
    """Whether a find or an aggregate asks for an order."""
    return bool(command.get("sort")) or any("$sort" in stage for stage in command.get("pipeline", []))


def why_no_index(mongo, seen):
    made = {name: fields for name, fields in indexes(mongo).items() if name != "_id_"}
    if not made:
        return "prepare made no index"
    if any(fields[0] == "user" for fields in made.values()):
        return ""
    return f"an index is ordered by its first field, here {names({fields[0] for fields in made.values()})}"


def why_sorted(seen):
    fields = fields_of(seen.plan)
    if "at" not in fields:
        return "the index does not hold at, so what was found by it is in another order"
    if "size" in fields and fields.index("size") < fields.index("at"):
        return "its entries go by size before at, and a query for many sizes meets them out of the order of at"
    return ""


def why_others(asked):
    first = fields_of(asked.operations[0].plan)[:1]
    return "" if first in ([], ["user"]) else f"in an index that begins with {first[0]}, all users' entries are mixed"


def why_read(asked):
    seen = asked.operations[0]
    if others := why_others(asked):
        return others
    if sum(each.returned for each in asked.operations) > len(asked.returned):
        return "MongoDB sent more than you return: choose and limit in the query"
    needed = "folder" if "newest" in asked._call else "size"
    if needed not in fields_of(seen.plan):
        return f"the index does not hold {needed}, so each mail is read to see its own"
    return ""
