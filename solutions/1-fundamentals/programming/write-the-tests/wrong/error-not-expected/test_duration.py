# The call stands among the arguments: its error comes before pytest.raises is called.
import pytest

from duration import parse_duration


def test_reads():
    assert parse_duration("1h5m10s") == 3910


def test_refuses():
    pytest.raises(ValueError, parse_duration("abc"))
