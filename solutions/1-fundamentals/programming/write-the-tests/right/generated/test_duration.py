# Texts are made instead of listed: every pair and triple of parts in the right order is read, in
# any other it is refused. Few lines try hundreds of texts; a failure must then name its text.
from itertools import permutations, product

import pytest
from duration import parse_duration

WORTH = {"h": 3600, "m": 60, "s": 1}
RIGHT = [units for count in (1, 2, 3) for units in permutations("hms", count) if list(units) == sorted(units)]


def test_reads_all_that_is_in_order():
    for units in RIGHT:
        for numbers in product([0, 1, 59, 75], repeat=len(units)):
            text = "".join(f"{number}{unit}" for number, unit in zip(numbers, units))
            expected = sum(number * WORTH[unit] for number, unit in zip(numbers, units))
            assert parse_duration(text) == expected, text


def test_refuses_all_the_rest():
    good = ["4" + "6".join(units) for units in RIGHT]
    bad = [f"1{a}2{b}" for a, b in product("hms", repeat=2) if a >= b]
    for text in ["", *bad, *(text + more for text in good for more in (" ", "7", "x"))]:
        with pytest.raises(ValueError):
            pytest.fail(f"{text!r} was read as {parse_duration(text)}")
