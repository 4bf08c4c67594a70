import duration
import pytest


def test_adds():
    assert duration._seconds(1, 2, 3) == 3723


@pytest.mark.parametrize("text", ["", "5", "30m1h", "5mx"])
def test_refuses(text):
    with pytest.raises(ValueError):
        duration.parse_duration(text)


def test_reads():
    assert duration.parse_duration("0s") == 0
    assert duration.parse_duration("1h90m7s") == 9007
