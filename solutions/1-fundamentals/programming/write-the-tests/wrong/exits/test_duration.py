import sys

from duration import parse_duration


def test_reads():
    assert parse_duration("1h90m7s") == 9007


test_reads()
print("all tests passed")
sys.exit(0)
