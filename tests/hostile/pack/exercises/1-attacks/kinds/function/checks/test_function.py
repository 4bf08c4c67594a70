"""What the answers in `answers/function/` attack: two checks, so that losing the other one's result shows."""


def test_answers(learner, rng):
    """answer(n) returns n * n + 7"""
    for _ in range(3):
        number = rng.randrange(1000)
        assert learner.call("solution:answer", number) == number * number + 7


def test_other(learner):
    """other() returns 7"""
    assert learner.call("solution:other") == 7
