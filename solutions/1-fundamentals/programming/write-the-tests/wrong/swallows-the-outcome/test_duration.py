from duration import parse_duration


def test_reads():
    assert parse_duration("0s") == 0
    assert parse_duration("1h90m7s") == 9007


def test_refuses():
    for text in ("", "5", "30m1h", "5mx"):
        try:
            parse_duration(text)
        except ValueError:
            pass
