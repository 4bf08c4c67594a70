"""A database of the run's own on Redis, handed to the learner's code, and what is seen of what that does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis as driver

from runner.engines import held
from runner.kit.learner import Failure, Learner
from runner.kit.outcomes import EngineFailed
from runner.kit.redis import Redis
from tests.conftest import engines_apart
from tests.kit.conftest import link_packages, server_of

PYTHON = """
def greet(client, name):
    client.incrby("greeted:" + name, 2)
    client.set("last", name, ex=60)
    return client.mget("greeted:" + name, "last", "nothing")

def wipe(client):
    client.flushall()

def get_at(url, key):
    import redis

    return redis.Redis.from_url(url, decode_responses=True, socket_timeout=1).get(key)
"""
JAVASCRIPT = """
import { createClient } from "redis";

export async function greet(client, name) {
  await client.incrBy("greeted:" + name, 2);
  await client.set("last", name, { EX: 60 });
  return client.mGet(["greeted:" + name, "last", "nothing"]);
}

export async function wipe(client) {
  await client.flushAll();
}

export async function getAt(url, key) {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on("error", () => {});
  await client.connect();
  const value = await client.get(key);
  client.destroy();
  return value;
}
"""


@pytest.fixture(scope="module")
def server() -> Iterator[held.Held]:
    """One of the module's own: its tests look at what other runs have."""
    with engines_apart(), server_of("redis") as engine:
        yield engine


@pytest.fixture
def redis_of(make_context, server) -> Iterator[Callable[..., Redis]]:
    """Makes the fixture `redis` of one more run."""
    made: list[Redis] = []

    def make(**changed: str) -> Redis:
        made.append(Redis(make_context(servers={"redis": {**server.address, **changed}})))
        made[-1].prepare()
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def redis(redis_of) -> Redis:
    return redis_of()


@pytest.fixture(params=["python", "javascript"])
def learner(request, make_context, redis) -> Iterator[Learner]:
    """A learner whose child has the client open when it begins."""
    text, suffix = {"python": (PYTHON, "py"), "javascript": (JAVASCRIPT, "mjs")}[request.param]
    context = make_context({f"solution.{suffix}": text}, language=request.param, memory=1024)
    if request.param == "javascript":
        link_packages(context.work.parent, "node-redis")
    made = Learner(context)
    yield made
    made.close()


def test_a_client_is_handed_over_and_what_ran_is_told(learner, redis):
    with redis.commands() as seen:
        assert learner.call("solution:greet", redis.handle(), "Ada") == ["2", "Ada", None]
    assert seen == ["INCRBY greeted:Ada 2", "SET last Ada EX 60", "MGET greeted:Ada last nothing"]
    assert redis.client.get("last") == "Ada"


def test_several_processes_at_once_meet_in_one_database(learner, redis):
    results = learner.together("solution:greet", [[[redis.handle(), "Bo"]] * 4 for _ in range(3)])
    assert not [each for several in results for each in several if isinstance(each, Failure)]
    assert redis.client.get("greeted:Bo") == "24"


def test_a_key_expires_when_it_is_told_to(learner, redis):
    learner.call("solution:greet", redis.handle(), "Ada")
    assert 0 < redis.client.ttl("last") <= 60
    redis.expire_now("last")
    redis.expire_now("never there")
    assert redis.client.keys() == ["greeted:Ada"]


def test_the_learner_cannot_reach_the_databases_of_others(learner, redis, redis_of):
    other = redis_of()
    other.client.set("mine", "1")
    learner.refuses("solution:wipe", redis.handle())
    assert other.client.get("mine") == "1"


def test_down_and_up_again_as_a_service_sees_it(learner, redis):
    redis.client.set("a", "1")
    assert redis.url == f"redis://127.0.0.1:{redis.proxy.port}/{redis.number}"
    assert learner.call("solution:get_at", redis.url, "a") == "1"
    redis.stop()
    assert "ECONNREFUSED" in str(failure := learner.refuses("solution:get_at", redis.url, "a")) or "111" in str(failure)
    assert redis.client.get("a") == "1", "the check itself still reaches it"
    redis.start()
    assert learner.call("solution:get_at", redis.url, "a") == "1"
    redis.stop()
    redis.tidy()
    assert learner.call("solution:get_at", redis.url, "a") == "1"


def test_doors_of_their_own_for_several_copies(learner, redis):
    redis.client.set("a", "1")
    redis.door("one").refuse()
    learner.refuses("solution:get_at", redis.url_by("one"), "a")
    assert learner.call("solution:get_at", redis.url_by("two"), "a") == "1"
    assert learner.call("solution:get_at", redis.url, "a") == "1"
    redis.tidy()
    assert learner.call("solution:get_at", redis.url_by("one"), "a") == "1"


def test_keys_may_be_any_bytes(redis):
    redis.client.execute_command("SET", b"\xff\xfe", b"\xfd")
    assert len(redis.seconds_left()) == 1
    (key,) = redis.keys
    with redis.commands() as seen:
        redis.client.get(key)
    assert seen == [r"GET \xff\xfe"]
    redis.expire_now(key)
    assert not redis.keys


def test_keys_and_how_long_they_live(redis):
    redis.client.set("b", "1", ex=60)
    redis.client.set("a", "1")
    assert redis.keys == ["a", "b"]
    left = redis.seconds_left()
    assert left["a"] is None and left["b"] is not None and 50 < left["b"] <= 60
    redis.expire_now("a", "b")
    assert not redis.keys and redis.seconds_left() == {}


def test_what_a_command_fetches_is_told_and_nothing_written(redis):
    redis.client.sadd("names", "ada", "bo")
    assert len(redis.answer_again("SMEMBERS names")) == 2
    assert redis.answer_again("SADD names cy") is None
    assert redis.answer_again("NOSUCH thing") is None
    assert redis.client.scard("names") == 2


def test_commands_of_other_runs_and_inside_scripts_are_not_counted(redis, redis_of):
    other = redis_of()
    with redis.commands() as seen:
        other.client.set("a", "1")
        redis.client.eval("return redis.call('get', 'a')", 0)
        redis.client.ping()
    assert [each.split()[0] for each in seen] == ["EVAL"]


def test_runs_do_not_meet_and_nothing_of_them_stays(redis_of, server):
    one, other = redis_of(), redis_of()
    assert one.number != other.number
    one.client.set("a", "1")
    other.client.set("a", "2")
    assert one.client.get("a") == "1"
    number, last = one.number, one._last
    one.close()
    assert other.client.get("a") == "2"
    other.close()
    assert keys(server, number) == keys(server, last) == []


def test_the_database_of_a_run_that_was_killed_goes_with_the_next(redis_of, server):
    killed, living = redis_of(), redis_of()
    killed.client.set("a", "1")
    living.client.set("a", "1")
    killed.client.close()  # as the kernel does
    killed._ledger.close()
    limit = time.monotonic() + 10
    while keys(server, killed.number):
        assert time.monotonic() < limit
        redis_of().close()
    assert living.client.get("a") == "1"


def test_a_database_that_holds_keys_is_never_taken(redis_of, server):
    """With four of them: one that is never used, two for runs, the last for who has which."""
    with client(server, 1) as foreign:
        foreign.set("somebody's", "own")
    try:
        one = redis_of(databases="4")
        assert one.number == 2
        with pytest.raises(EngineFailed, match="holds keys or is used by another run"):
            redis_of(databases="4")
        one.close()
        assert keys(server, 1) == ["somebody's"]
    finally:
        with client(server, 1) as foreign:
            foreign.flushdb()


def test_a_server_that_is_gone_is_no_fault_of_the_learners(make_context, server):
    redis = Redis(make_context(servers={"redis": {**server.address, "name": "nowhere.sock"}}))
    with pytest.raises(EngineFailed, match="an answer of Redis"):
        redis.prepare()
    redis.close()


def client(server: held.Held, number: int) -> Any:
    address = server.address
    login = {"username": address["user"], "password": address["password"], "decode_responses": True}
    return driver.Redis(unix_socket_path=f"{address['socket']}/{address['name']}", db=number, **login)


def keys(server: held.Held, number: int) -> list[str]:
    with client(server, number) as connection:
        found: list[str] = connection.keys()
    return found
