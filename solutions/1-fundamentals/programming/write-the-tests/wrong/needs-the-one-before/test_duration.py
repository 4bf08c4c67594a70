import pytest
from duration import parse_duration

seen = []


def test_reads():
    for text in ("0s", "1h90m7s"):
        seen.append(parse_duration(text))
    assert seen == [0, 9007]


def test_larger_than_the_last():
    assert parse_duration("3h") > seen[-1]


@pytest.mark.parametrize("text", ["", "5", "30m1h", "5mx"])
def test_refuses(text):
    with pytest.raises(ValueError):
        parse_duration(text)
