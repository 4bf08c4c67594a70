from duration import parse_duration


def test_hours():
    assert parse_duration("2h") == 7200


def test_minutes():
    assert parse_duration("30m") == 1800


def test_hours_and_minutes():
    assert parse_duration("1h30m") == 5400


def test_all():
    assert parse_duration("1h5m10s") == 3910
