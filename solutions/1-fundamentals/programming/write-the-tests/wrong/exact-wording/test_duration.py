import pytest
from duration import parse_duration


def test_reads():
    assert parse_duration("0s") == 0
    assert parse_duration("1h90m7s") == 9007


@pytest.mark.parametrize("text", ["", "5", "30m1h", "5mx"])
def test_refuses(text):
    with pytest.raises(ValueError, match="not a duration"):
        parse_duration(text)
