"""A database of the run's own on MongoDB, handed to the learner's code, and what is seen of what that does."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from bson.datetime_ms import DatetimeMS
from pymongo import MongoClient
from pymongo.errors import DuplicateKeyError, PyMongoError

from runner.engines import held
from runner.kit.learner import Failure, Learner
from runner.kit.mongodb import Mongo, documents
from runner.kit.outcomes import EngineFailed, NotYet
from tests.kit.conftest import link_packages, server_of
from tests.verify.exercises import poll

PYTHON = """
from pymongo.errors import PyMongoError

def light(db, most):
    return list(db.pets.find({"weight": {"$lt": most}}).sort("weight"))

def heaviest(db):
    return list(db.pets.aggregate([{"$group": {"_id": None, "most": {"$max": "$weight"}}}]))

def feed(db, name, amount):
    db.pets.update_one({"_id": name}, {"$inc": {"weight": amount}})

def unique(db):
    db.pets.create_index("name", unique=True)

def move(db, source, target, amount):
    def both(session):
        db.pets.update_one({"_id": source}, {"$inc": {"weight": -amount}}, session=session)
        db.pets.update_one({"_id": target}, {"$inc": {"weight": amount}}, session=session)

    with db.client.start_session() as session:
        session.with_transaction(both)

def adopt(db, name):
    if db.pets.count_documents({"name": name}):
        return False
    db.pets.insert_one({"name": name})
    return True

def count_at(uri):
    from pymongo import MongoClient

    return MongoClient(uri).get_default_database().pets.count_documents({})
"""
JAVASCRIPT = """
import { MongoClient } from "mongodb";

export const light = (db, most) => db.collection("pets").find({ weight: { $lt: most } }).sort("weight").toArray();

export function heaviest(db) {
  return db.collection("pets").aggregate([{ $group: { _id: null, most: { $max: "$weight" } } }]).toArray();
}

export async function feed(db, name, amount) {
  await db.collection("pets").updateOne({ _id: name }, { $inc: { weight: amount } });
}

export async function unique(db) {
  await db.collection("pets").createIndex("name", { unique: true });
}

export async function move(db, source, target, amount) {
  await db.client.withSession((session) =>
    session.withTransaction(async () => {
      await db.collection("pets").updateOne({ _id: source }, { $inc: { weight: -amount } }, { session });
      await db.collection("pets").updateOne({ _id: target }, { $inc: { weight: amount } }, { session });
    }),
  );
}

export async function adopt(db, name) {
  if (await db.collection("pets").countDocuments({ name })) return false;
  await db.collection("pets").insertOne({ name });
  return true;
}

export async function countAt(uri) {
  const client = new MongoClient(uri);
  const count = await client.db().collection("pets").countDocuments({});
  await client.close();
  return count;
}
"""
PETS = [{"_id": "ada", "name": "Ada", "weight": 4}, {"_id": "bo", "name": "Bo", "weight": 9}]


@pytest.fixture(scope="module")
def server() -> Iterator[held.Held]:
    with server_of("mongodb") as engine:
        yield engine


@pytest.fixture
def mongo_of(make_context, server) -> Iterator[Callable[..., Mongo]]:
    """Makes the fixture `mongo` of one more run."""
    made: list[Mongo] = []

    def make(**facts: Any) -> Mongo:
        made.append(Mongo(make_context(servers={"mongodb": server.address}, **facts)))
        made[-1].prepare()
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def mongo(mongo_of) -> Mongo:
    return mongo_of()


@pytest.fixture(params=["python", "javascript"])
def learner(request, make_context, mongo) -> Iterator[Learner]:
    """A learner whose child has the database open when it begins."""
    text, suffix = {"python": (PYTHON, "py"), "javascript": (JAVASCRIPT, "mjs")}[request.param]
    context = make_context({f"solution.{suffix}": text}, language=request.param, memory=1024)
    if request.param == "javascript":
        link_packages(context.work.parent, "node-mongodb")
    made = Learner(context)
    yield made
    made.close()


def test_a_database_is_handed_over_and_what_ran_is_told(learner, mongo):
    mongo.fill("pets", PETS)
    assert mongo.profile() == [], "what the check itself does is left out"
    assert learner.call("solution:light", mongo.handle(), 5) == [PETS[0]]
    assert learner.call("solution:heaviest", mongo.handle()) == [{"_id": None, "most": 9}]
    learner.call("solution:feed", mongo.handle(), "bo", 1)
    assert mongo.collection("pets").find_one("bo")["weight"] == 10
    found, most, fed = mongo.profile()
    assert [each.name for each in (found, most, fed)] == ["find", "aggregate", "update"]
    assert (found.collection, found.plan) == ("pets", "COLLSCAN")
    assert (found.docs_examined, found.keys_examined, found.returned) == (2, 0, 1)
    assert (found.sorted, most.sorted) == (True, False)
    assert 100 < found.size < 1000
    assert mongo.profile() == []


@pytest.mark.parametrize("value", [None, "text", {"a": 1}, [{"a": 1}, 2], [{"a": 1}, None], [[]]])
def test_what_is_no_list_of_documents_is_told(value):
    with pytest.raises(NotYet, match="a list of documents"):
        documents(value)


def test_documents_come_as_they_are():
    assert documents([]) == [] and documents([{"a": 1}]) == [{"a": 1}]


def test_filling_again_begins_anew_without_the_indexes(learner, mongo):
    mongo.fill("pets", PETS)
    learner.call("solution:unique", mongo.handle())
    with pytest.raises(DuplicateKeyError):
        mongo.collection("pets").insert_one({"name": "Ada"})
    mongo.fill("pets", [*PETS, {"name": "Ada"}])
    assert mongo.collection("pets").count_documents({}) == 3
    assert list(mongo.collection("pets").index_information()) == ["_id_"]


def test_several_processes_at_once_meet_in_one_database(learner, mongo):
    mongo.fill("pets", PETS)
    results = learner.together("solution:feed", [[[mongo.handle(), "ada", 1]] * 5 for _ in range(3)])
    assert not [each for several in results for each in several if isinstance(each, Failure)]
    assert mongo.collection("pets").find_one("ada")["weight"] == 19


def test_a_gate_lets_all_read_before_the_first_writes(learner, mongo):
    """However busy the machine is: nobody waits for a time to pass."""
    mongo.fill("pets", PETS)
    calls = [[[mongo.handle(), "Cleo"]] for _ in range(3)]
    assert learner.together("solution:adopt", calls, gate=mongo.gate("pets", 3)) == [[True]] * 3
    assert mongo.collection("pets").count_documents({"name": "Cleo"}) == 3
    assert learner.call("solution:adopt", mongo.handle(), "Dora") is True, "the gate is open again"


def test_a_gate_does_not_wait_for_ever(learner, mongo, monkeypatch):
    monkeypatch.setattr("runner.kit.mongodb.GATE_LIMIT", 0.5)
    mongo.fill("pets", PETS)
    calls = [[[mongo.handle(), "Ada"]], [[mongo.handle(), "Cleo"]]]  # the first one finds her, and writes nothing
    assert learner.together("solution:adopt", calls, gate=mongo.gate("pets", 2)) == [[False], [True]]


def test_a_gate_stands_in_one_collection_of_one_run(mongo_of):
    one, other = mongo_of(), mongo_of()
    for each in (one, other):
        each.fill("pets", PETS)
    with one.gate("pets", 0):
        one.collection("dogs").insert_one({})
        other.collection("pets").insert_one({})
        assert one.collection("pets").count_documents({}) == 2


def test_a_transaction_is_tried_again_where_its_first_try_was_made_to_fail(learner, mongo):
    mongo.fill("pets", PETS)
    mongo.fail("commitTransaction", times=1)
    learner.call("solution:move", mongo.handle(), "bo", "ada", 2)
    assert [each["weight"] for each in mongo.collection("pets").find().sort("_id")] == [6, 7]
    commits = [each for each in mongo.profile() if each.name == "update"]
    assert len(commits) >= 4, "all of it ran twice"


def test_a_failure_that_is_ordered_meets_the_learner_alone_and_ends_with_the_check(learner, mongo):
    mongo.fill("pets", PETS)
    mongo.fail("find", times=1000, label="")
    assert len(list(mongo.collection("pets").find())) == 2
    assert "failpoint" in learner.refuses("solution:light", mongo.handle(), 5).message
    mongo.tidy()
    assert learner.call("solution:light", mongo.handle(), 5) == [PETS[0]]


def test_the_address_for_services_is_a_port(learner, mongo):
    mongo.fill("pets", PETS)
    assert mongo.uri.startswith(f"mongodb://127.0.0.1:{mongo.proxy.port}/{mongo.name}?")
    assert learner.call("solution:count_at", mongo.uri) == 2
    assert [each.name for each in mongo.profile()] == ["aggregate"]


def test_plans_are_told_in_one_list(mongo):
    pets = mongo.fill("pets", [{"kind": number % 5, "weight": number, "toys": [1]} for number in range(50)])
    asked = {"find": "pets", "filter": {"kind": 3}, "sort": {"weight": 1}}
    plan = mongo.explain(asked)
    assert plan.stages == ("SORT", "COLLSCAN")
    assert (plan.docs_examined, plan.keys_examined, plan.returned, plan.indexes) == (50, 0, 10, ())
    pets.create_index("kind")
    assert mongo.explain(asked).stages == ("SORT", "FETCH", "IXSCAN")
    pets.create_index([("kind", 1), ("weight", 1)])
    plan = mongo.explain(asked)
    assert plan.stages == ("FETCH", "IXSCAN")
    assert (plan.docs_examined, plan.indexes) == (10, ("kind_1_weight_1",))


@pytest.mark.parametrize("step", [{"$group": {"_id": "$kind", "count": {"$sum": 1}}}, {"$unwind": "$toys"}])
def test_the_plan_of_an_aggregation_is_in_that_list_too(mongo, step):
    mongo.fill("pets", [{"kind": number % 5, "toys": [1]} for number in range(50)]).create_index("kind")
    pipeline = [{"$match": {"kind": 3}}, step, {"$sort": {"_id": -1}}]
    plan = mongo.explain({"aggregate": "pets", "pipeline": pipeline})
    assert "IXSCAN" in plan.stages and "COLLSCAN" not in plan.stages
    assert any(each.upper().strip("$") in ("GROUP", "UNWIND") for each in plan.stages), plan.stages
    assert plan.keys_examined == 10


def test_the_learners_own_query_can_be_explained(learner, mongo):
    mongo.fill("pets", PETS)
    learner.call("solution:light", mongo.handle(), 5)
    learner.call("solution:heaviest", mongo.handle())
    plans = [mongo.explain(each.command) for each in mongo.profile()]
    assert plans[0].stages == ("SORT", "COLLSCAN")
    assert "COLLSCAN" in plans[1].stages


def test_what_expires_goes_soon(mongo):
    now = datetime.datetime.now(datetime.UTC)
    sessions = mongo.fill(
        "sessions", [{"_id": "old", "at": now - datetime.timedelta(hours=2)}, {"_id": "new", "at": now}]
    )
    sessions.create_index("at", expireAfterSeconds=3600)
    assert poll(lambda: [each["_id"] for each in sessions.find()] == ["new"])


def test_time_passes_for_documents(mongo):
    now = datetime.datetime(2026, 3, 1, 12)
    ada = {"_id": 1, "born": now, "visits": [{"at": now}], "name": "Ada"}
    pets = mongo.fill("pets", [ada, {"_id": 2, "born": now}])
    mongo.age("pets", 3600, {"_id": 1})
    before = now - datetime.timedelta(hours=1)
    assert pets.find_one(1) == {**ada, "born": before, "visits": [{"at": before}]}
    assert pets.find_one(2) == {"_id": 2, "born": now}


def test_a_date_that_python_has_not_is_no_fault_of_learns(mongo):
    pets = mongo.fill("pets", [{"_id": 1, "born": DatetimeMS(10**15)}])
    mongo.age("pets", 1)
    assert pets.find_one(1) == {"_id": 1, "born": DatetimeMS(10**15 - 1000)}


def test_what_expires_is_told_from_what_stays(mongo):
    now = datetime.datetime.now(datetime.UTC)
    sessions = mongo.fill("sessions", [{"_id": "a", "at": now}, {"_id": "b", "at": now}, {"_id": "c", "at": str(now)}])
    sessions.create_index("at", expireAfterSeconds=3600)
    mongo.age("sessions", 3000, {"_id": "b"})
    mongo.age("sessions", 3700, {"_id": "a"})
    assert mongo.expires("sessions", {"_id": "a"})
    assert [each["_id"] for each in sessions.find().sort("_id")] == ["b", "c"]
    assert not mongo.expires("sessions", {"_id": "c"}), "a text is no date"


def test_two_runs_take_turns_with_the_servers_one_failpoint(mongo_of, monkeypatch):
    monkeypatch.setattr("runner.kit.mongodb.FAIL_LIMIT", 0.2)
    one, other = mongo_of(), mongo_of()
    one.fail("insert")
    one.fail("find")
    with pytest.raises(EngineFailed, match="another run"):
        other.fail("insert")
    one.tidy()
    other.fail("insert")
    other.tidy()


def test_the_failpoint_of_a_run_that_was_killed_is_free_for_the_next(mongo_of):
    killed, other = mongo_of(), mongo_of()
    killed.fail("insert")
    killed._client.close()  # as the kernel does
    killed._failing = False
    other.fail("insert")


def test_runs_do_not_meet_and_nothing_of_them_stays(mongo_of, server):
    one, other = mongo_of(), mongo_of()
    one.fill("pets", PETS)
    other.fill("pets", PETS)
    assert one.name != other.name
    names = [one.name, other.name]
    one.close()
    assert other.collection("pets").count_documents({}) == 2
    other.close()
    assert not set(names) & set(databases(server))


def test_runs_that_find_the_databases_of_the_same_killed_ones_are_not_in_each_others_way(
    mongo_of, make_context, server
):
    for _ in range(8):
        killed = mongo_of()
        killed.fill("pets", PETS)
        killed._client.close()  # as the kernel does
    runs = [Mongo(make_context(servers={"mongodb": server.address})) for _ in range(8)]
    with ThreadPoolExecutor(4) as together:
        for prepared in [together.submit(each.prepare) for each in runs]:
            prepared.result()
    for each in runs:
        assert each.fill("pets", PETS).count_documents({}) == len(PETS)
        each.close()


def test_the_database_of_a_run_that_was_killed_goes_with_the_next(mongo_of, server):
    killed = mongo_of()
    killed.fill("pets", PETS)
    living = mongo_of()
    living.fill("pets", PETS)
    killed._client.close()  # as the kernel does
    limit = time.monotonic() + 10
    while killed.name in databases(server):
        assert time.monotonic() < limit
        mongo_of().close()
    assert living.name in databases(server)


def test_a_server_that_is_gone_is_no_fault_of_the_learners(make_context, server):
    nowhere = {**server.address, "name": "nowhere.sock"}
    mongo = Mongo(make_context(servers={"mongodb": nowhere}))
    mongo._client = MongoClient(mongo.handle().order["uri"], serverSelectionTimeoutMS=200)
    mongo._database = mongo._client[mongo.name]
    with pytest.raises(EngineFailed, match="an answer of MongoDB") as raised:
        mongo.prepare()
    assert raised.value.status == "error"
    mongo.close()


def databases(server: held.Held) -> list[str]:
    client: MongoClient[dict[str, Any]]
    place = f"{server.address['socket']}/{server.address['name']}".replace("/", "%2F")
    try:
        with MongoClient(f"mongodb://{place}/?directConnection=true") as client:
            return client.list_database_names()
    except PyMongoError as error:
        raise AssertionError(error) from None
