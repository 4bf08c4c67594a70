"""Saves at random moments while checks run: the last verdict is always that of the last bytes."""

import os
import random
import time

from runner.verify import snapshot
from tests.end_to_end.driver import DEADLINE
from tests.end_to_end.saves import SAVES, with_vim

COUNT = int(os.environ.get("STRESS_SAVES", "200"))
SEED = int(os.environ.get("STRESS_SEED", "1"))

MOST_IN_A_BURST = 9
LONGEST_PAUSE = 0.05
"""Seconds between two saves of a burst at most: a run takes about as long, so saves come in each of its stages."""


def answer(rng: random.Random, right: bool) -> str:
    """A right or wrong answer, one like the other in size; most of them take a moment to run."""
    factor = "n * 2" if right else "n * 3"
    seconds = rng.choice(["0.000", "0.000", "0.010", "0.040"])
    head = f"import time  # {rng.randrange(10**6):06}\n\n\n"
    return f"{head}def double(n):\n    time.sleep({seconds})\n    return {factor}\n"


def test_the_last_verdict_is_that_of_the_last_bytes(events, double):
    rng = random.Random(SEED)
    folder = double.parent
    events.verdict()
    saves = verdicts = 0
    while saves < COUNT:
        for _ in range(min(rng.randint(1, MOST_IN_A_BURST), COUNT - saves)):
            right = rng.random() < 0.5
            save = rng.choices(SAVES, weights=[1 if each is with_vim else 4 for each in SAVES])[0]
            text = answer(rng, right)
            save(double, text)
            saves += 1
            moment = time.monotonic() + rng.uniform(0, LONGEST_PAUSE)
            while time.monotonic() < moment:
                events.read(moment - time.monotonic())
        content = snapshot.content(folder)
        assert double.read_text() == text
        limit = time.monotonic() + DEADLINE
        while events.last_verdict().get("content") != content:
            assert time.monotonic() < limit, f"no verdict of the last bytes after {saves} saves, seed {SEED}"
            events.read(0.1)
        assert events.last_verdict()["status"] == ("passed" if right else "failed"), (saves, SEED)
        # Whatever else comes before the next save must be of the same bytes.
        seen = len(events.seen)
        events.read(rng.uniform(0, 2 * LONGEST_PAUSE))
        late = [each["verdict"] for each in events.seen[seen:] if each["event"] == "verdict"]
        assert all(each["content"] == content for each in late), (saves, SEED)
    while events.read(1.0):
        pass
    assert events.last_verdict()["content"] == content
    verdicts = sum(each["event"] == "verdict" for each in events.seen)
    # Otherwise the saves came one by one and nothing was tried.
    assert verdicts < saves
    assert not [each for each in events.seen if each["event"] == "notice"]
    statuses = {each["verdict"]["status"] for each in events.seen if each["event"] == "verdict"}
    # A file that was half written when it was looked at may have been judged as such, until the rest of it came.
    assert statuses <= {"passed", "failed", "crashed"}, statuses
