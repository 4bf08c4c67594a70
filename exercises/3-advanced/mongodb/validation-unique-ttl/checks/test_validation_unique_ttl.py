"""The checks write past the learner's functions, as any other program may, and let time pass for sessions."""

import json
from datetime import datetime

import pytest
from bson.datetime_ms import DatetimeMS
from pymongo.errors import DuplicateKeyError, OperationFailure

from runner.kit import not_yet
from runner.kit.learner import Failure

PROGRAMS = 3
"""Copies of the learner's program that sign up the same e-mail at once."""

LIFE = 30 * 60

BEFORE, AFTER = 30, 20
"""Seconds before its end at which a session is looked at, more than a check takes, and after it."""

LOOKS = ("find", "aggregate", "count", "distinct")
"""Commands by which a program can look whether an e-mail is there."""

NAMES = ("Ana", "Bo", "Zoë", "Li Wei", "Ömer")


@pytest.fixture
def users(learner, mongo):
    """The users' collection of a program that has started for the first time."""
    for name in ("users", "sessions"):
        mongo.collection(name).drop()
    learner.call("accounts:prepare", mongo.handle())
    return mongo.collection("users")


@pytest.fixture
def person(rng):
    """Makes a user that nobody has seen before."""
    numbers = iter(rng.sample(range(10_000), 200))
    return lambda: {"email": f"user{next(numbers)}@example.org", "name": rng.choice(NAMES)}


def test_signs_up(learner, mongo, users, person):
    """sign_up stores a user once, and says whether it did"""
    one, other = person(), person()
    for user in (one, other):
        demand(learner.call("accounts:sign_up", mongo.handle(), user["email"], user["name"]), True)
        stored = list(users.find({"email": user["email"]}, {"_id": 0, "email": 1, "name": 1}))
        if stored != [user]:
            not_yet(expected=f"users holds {shown(user)}", got=held(stored))
    demand(learner.call("accounts:sign_up", mongo.handle(), one["email"], other["name"]), False)
    stored = list(users.find({"email": one["email"]}, {"_id": 0, "email": 1, "name": 1}))
    if stored != [one]:
        not_yet(expected=f"users holds {shown(one)} as before", got=held(stored))


def test_one_of_many(learner, mongo, users, person):
    """of several programs that sign up one e-mail at once, one gets true"""
    email = person()["email"]
    calls = [[[mongo.handle(), email, f"{NAMES[number]} {number}"]] for number in range(PROGRAMS)]
    mongo.profile()
    results = learner.together("accounts:sign_up", calls, gate=mongo.gate("users", PROGRAMS))
    told = [answer for (answer,) in results]
    stored = users.count_documents({"email": email})
    call = f'{learner.named("sign_up")}(db, "{email}", ...), by {PROGRAMS} programs at once'
    if stored > 1:
        expected = "one user is stored, and one program gets true"
        means = why_several(users, looked=sum(seen.name in LOOKS for seen in mongo.profile()))
        got = f"{stored} users are stored, {told.count(True)} got true"
        not_yet(call=call, expected=expected, got=got, means=means)
    failures = [answer for answer in told if isinstance(answer, Failure)]
    if failures:
        duplicate = "E11000" in failures[0].message
        not_yet(
            call=call,
            expected="true or false",
            got=f"{len(failures)} ended with {brief(failures[0])}",
            where=failures[0].where or None,
            means="error 11000 is how MongoDB says that the e-mail is taken: return false" if duplicate else "",
        )
    if stored != 1 or sorted(map(str, told)) != [*["False"] * (PROGRAMS - 1), "True"]:
        got = f"{', '.join(str(answer)[:40] for answer in told)}; {stored} stored"
        not_yet(call=call, expected="true once, false from the others, and one user stored", got=got)


def test_no_two(learner, mongo, users, person):
    """MongoDB refuses a second user with the same e-mail"""
    one, other = person(), person()
    for user in (one, other):
        accepts(users, user)
    again = {**person(), "email": one["email"]}
    means = "no index of users is unique in email alone: the rule lives in your code" if not is_unique(users) else ""
    refuses(f"insert {shown(again)}, which is taken", lambda: users.insert_one(dict(again)), means)
    change = {"$set": {"email": one["email"]}}
    refuses(f"update {shown(other)}: {shown(change)}, which is taken", lambda: users.update_one(other, change), means)


def test_refuses(learner, mongo, users, person):
    """MongoDB refuses a user without a proper email or name"""
    good = person()
    accepts(users, good)
    accepts(users, {**person(), "city": "Bern", "born": 1990})
    accepts(users, {**person(), "name": "谢"})
    has_rules = bool(validator(users))
    for bad in bad_users(person):
        means = "" if has_rules else "the collection has no validator: the rule lives in your code"
        refuses(f"insert {shown(bad)}", lambda bad=bad: users.insert_one(dict(bad)), means or why_taken(users, bad))
    for change in ({"$set": {"name": ""}}, {"$unset": {"email": ""}}, {"$set": {"email": "nobody"}}):
        refuses(f"update {shown(good)}: {shown(change)}", lambda change=change: users.update_one(good, change), "")
    (answer,) = learner.call_many("accounts:sign_up", [[mongo.handle(), "no at sign", "Ana"]])
    if not isinstance(answer, Failure):
        means = "false says that the e-mail is taken, and this one is not" if answer is False else ""
        not_yet(expected="MongoDB's error", got=f"no error: {learner.literal(answer)}", means=means)


def test_expires(learner, mongo, users, person):
    """a session goes 30 minutes after its start, not before"""
    young, old = session(learner, mongo, person, "young"), session(learner, mongo, person, "old")
    mongo.age("sessions", LIFE - BEFORE, {"_id": young})
    mongo.age("sessions", LIFE + AFTER, {"_id": old})
    if not mongo.expires("sessions", {"_id": old}):
        expected = f"a session is removed {AFTER} seconds after its 30 minutes"
        got = "it is still there when MongoDB has looked"
        not_yet(expected=expected, got=got, means=why_stays(mongo, old))
    if not mongo.collection("sessions").count_documents({"_id": young}):
        ends = ttl(mongo)
        means = f"expireAfterSeconds is {ends[1]}" if ends else ""
        expected = f"a session stays until {BEFORE} seconds before its 30 minutes"
        not_yet(expected=expected, got="MongoDB removed it", means=means)


def test_starts_again(learner, mongo, users, person):
    """prepare runs again, and keeps the users and the rules"""
    one = person()
    accepts(users, one)
    number = session(learner, mongo, person, "abc")
    rules = (is_unique(users), bool(validator(users)), ttl(mongo))
    (answer,) = learner.call_many("accounts:prepare", [[mongo.handle()]])
    if isinstance(answer, Failure):
        means = "the collection was made by the first start" if "exists" in answer.message else ""
        got = brief(answer)
        not_yet(call="prepare(db), for the second time", expected="no error", got=got, where=answer.where, means=means)
    if not users.count_documents(one) or not mongo.collection("sessions").count_documents({"_id": number}):
        gone = "the users" if not users.count_documents(one) else "the sessions"
        not_yet(call="prepare(db), for the second time", expected="what was there is there", got=f"{gone} are gone")
    after = (is_unique(users), bool(validator(users)), ttl(mongo))
    if after != rules:
        got = "the rules are others than after the first"
        not_yet(call="prepare(db), for the second time", expected="the same rules", got=got)
    refuses(
        f"insert {shown({'email': one['email'], 'name': 'Bo'})}, which is taken",
        lambda: users.insert_one({"email": one["email"], "name": "Bo"}),
        "",
    )
    refuses('insert {"name": "Bo"}', lambda: users.insert_one({"name": "Bo"}), "")


def bad_users(person):
    """Users that break one rule each."""
    for change in (
        {"email": None},
        {"email": 5},
        {"email": "no at sign"},
        {"email": ""},
        {"name": None},
        {"name": 7},
        {"name": ""},
    ):
        yield {**person(), **change}
    for field in ("email", "name"):
        user = person()
        del user[field]
        yield user


def demand(answer, wanted):
    """Demand True or False, and nothing that only counts as one of them."""
    if answer is not wanted:
        not_yet(expected=str(wanted).lower(), got=str(answer)[:100])


def accepts(users, user):
    """Demand that MongoDB takes USER, a proper one."""
    try:
        users.insert_one(dict(user))
    except OperationFailure as error:
        means = "other fields are free" if "city" in user else ""
        not_yet(call=f"insert {shown(user)}", expected="a proper user is taken", got=reason(error), means=means)


def refuses(call, write, means):
    """Demand that MongoDB refuses what WRITE does."""
    try:
        write()
    except OperationFailure:
        return
    not_yet(call=f"{call}   (past your code)", expected="MongoDB refuses it", got="MongoDB took it", means=means)


def reason(error):
    return "error 11000, a duplicate" if isinstance(error, DuplicateKeyError) else f"error {error.code}: {short(error)}"


def short(error):
    return str(error).partition(", full error")[0][:200]


def brief(failure):
    """An error of the learner's, without what the driver tells of the whole reply."""
    return str(failure).partition(", full error")[0][:200]


def why_taken(users, bad):
    """What a user means that the validator let through, where it tells."""
    if any(
        options(users).get(each) == value for each, value in (("validationAction", "warn"), ("validationLevel", "off"))
    ):
        return "the validator only warns, or is off"
    if len(bad) < 2:
        return "properties say what a field must be if it is there; required says that it must be there"
    return "an empty text is a text, too: give it a least length" if bad["name"] == "" else ""


def options(users):
    (found,) = users.database.list_collections(filter={"name": users.name})
    return found.get("options", {})


def validator(users):
    return options(users).get("validator", {}) if users.name in users.database.list_collection_names() else {}


def unique_fields(users):
    """The fields of each unique index that has email in it."""
    found = [each for each in users.index_information().values() if each.get("unique")]
    return [fields for each in found if "email" in (fields := [field for field, _ in each["key"]])]


def is_unique(users):
    """Whether an index is unique in email alone."""
    return ["email"] in unique_fields(users)


def why_several(users, looked):
    """Why one e-mail could be signed up several times, where it tells."""
    if is_unique(users):
        return ""
    if unique_fields(users):
        return "the unique index holds more fields than email, so that only equal pairs are refused"
    if looked >= PROGRAMS:
        return "each looked before the first of them wrote, and found the e-mail free"
    return "no index of users is unique in email"


def session(learner, mongo, person, token):
    """The _id of a session that the learner's function has just stored."""
    learner.call("accounts:start_session", mongo.handle(), token, person()["email"])
    found = list(mongo.collection("sessions").find({"token": token}))
    if len(found) != 1:
        not_yet(expected=f'one document in sessions with the token "{token}"', got=f"{len(found)}")
    return found[0]["_id"]


def ttl(mongo):
    """The field and the seconds of the index that lets sessions expire."""
    for each in mongo.collection("sessions").index_information().values():
        if "expireAfterSeconds" in each:
            return each["key"][0][0], each["expireAfterSeconds"]
    return None


def why_stays(mongo, number):
    """Why MongoDB leaves a session that should have expired, where it tells."""
    if not ttl(mongo):
        return "no index of sessions has expireAfterSeconds"
    field, seconds = ttl(mongo)
    value = mongo.collection("sessions").find_one(number).get(field)
    if "." in field:
        return ""
    if value is None:
        return f"the index that lets documents expire is on {field}, and the session has no such field"
    if not isinstance(value, datetime | DatetimeMS):
        return f"{field} is no date but {'a text' if isinstance(value, str) else 'a number'}, which never expires"
    hours = f", which is {seconds / 3600:.0f} hours" if seconds > 2 * LIFE else ""
    return f"expireAfterSeconds is {seconds}{hours}" if seconds > LIFE else ""


def held(stored):
    return f"it holds {', '.join(shown(each) for each in stored[:3])}" if stored else "nothing is stored"


def shown(document):
    return json.dumps(document, ensure_ascii=False, default=str)[:200]
