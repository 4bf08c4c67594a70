"""What the functions return, and what they leave in Redis; no check waits for a minute to pass."""

import pytest

from runner.kit import not_yet

SECONDS = 60


@pytest.fixture(autouse=True)
def nothing_there(redis):
    """Each check begins with an empty database."""
    redis.client.flushdb()


def test_recalls(learner, redis, rng):
    """what was remembered is recalled, name by name"""
    texts = {name: f"text {rng.randrange(10_000)}" for name in rng.sample(["oslo", "rome", "bern", "faro"], 3)}
    for name, text in texts.items():
        learner.call("memory:remember", redis.handle(), name, text)
    last = list(texts.values())[-1]
    for name, text in texts.items():
        got = learner.call("memory:recall", redis.handle(), name)
        assert got == text, "the names share one key" if got == last else ""
    assert learner.call("memory:recall", redis.handle(), "nowhere") is None


def test_forgets(learner, redis, rng):
    """it is forgotten after 60 seconds"""
    learner.call("memory:remember", redis.handle(), "oslo", f"text {rng.randrange(10_000)}")
    left = redis.seconds_left()
    for key, seconds in left.items():
        if seconds is None or not SECONDS - 5 <= seconds <= SECONDS:
            got = "it stays for ever" if seconds is None else f"{seconds:.0f} seconds are left"
            means = "Redis counts EX in seconds" if seconds and seconds > 10 * SECONDS else ""
            not_yet(expected=f"{key} is there for {SECONDS} seconds", got=got, means=means, look=f"TTL {key}")
    redis.expire_now(*left)
    assert learner.call("memory:recall", redis.handle(), "oslo") is None
