"""What the answers in `answers/script/` attack; the second check also hands over something on stdin."""


def test_answers(shell, rng):
    """run.sh N prints N * N + 7"""
    for _ in range(2):
        number = rng.randrange(1000)
        assert shell.run("run.sh", str(number)).stdout == f"{number * number + 7}\n"


def test_other(shell):
    """other.sh prints 7"""
    assert shell.run("other.sh", cwd=shell.folder(), stdin="seven\n").stdout == "7\n"
