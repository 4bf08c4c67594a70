"""The checks of programming/boundaries as a plain pytest file: the same weights, limits and refusals."""

import random

import pytest
from shipping import tier

ABROAD = ["ES", "FR", "IT"]
LIMITS = {"PT": (500, 20_000), **dict.fromkeys(ABROAD, (250, 10_000))}


def right(grams, country):
    letter, freight = LIMITS[country]
    if grams <= letter:
        return "letter"
    return "freight" if grams >= freight else "parcel"


def try_limits(country):
    for limit in LIMITS[country]:
        for grams in (limit - 1, limit, limit + 1):
            assert tier(grams, country) == right(grams, country)


def test_plain_weights():
    for country in ("PT", random.choice(ABROAD)):
        for grams in (random.randrange(20, 200), random.randrange(900, 9_000), random.randrange(25_000, 90_000)):
            assert tier(grams, country) == right(grams, country)


def test_home_limits():
    try_limits("PT")


def test_abroad_limits():
    for country in ABROAD:
        try_limits(country)


def test_refuses_no_weight():
    country = random.choice(["PT", *ABROAD])
    assert tier(1, country) == "letter"
    for grams in (0, -1, -random.randrange(20, 900)):
        with pytest.raises(Exception) as raised:
            tier(grams, country)
        assert str(grams) in str(raised.value)


def test_refuses_unknown_country():
    codes = [first + second for first in "BDGHKLNQSUXZ" for second in "AEKOQTXZ"]
    for country in random.sample([code for code in codes if code not in LIMITS], 3):
        with pytest.raises(Exception) as raised:
            tier(300, country)
        assert country in str(raised.value)
