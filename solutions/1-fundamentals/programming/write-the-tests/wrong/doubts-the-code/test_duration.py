import pytest
from duration import parse_duration


def test_reads():
    assert parse_duration("1h30m7s") == 5407


@pytest.mark.parametrize("text", ["", "5", "30m1h", "5mx", "90m"])
def test_refuses(text):
    with pytest.raises(ValueError):
        parse_duration(text)
