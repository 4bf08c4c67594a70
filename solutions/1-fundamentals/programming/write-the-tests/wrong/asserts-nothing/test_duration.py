from duration import parse_duration


def test_hours():
    parse_duration("2h")
    assert True


def test_minutes():
    seconds = parse_duration("5m")
    assert seconds == seconds
