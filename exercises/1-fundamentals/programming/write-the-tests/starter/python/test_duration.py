from duration import parse_duration


def test_hours():
    assert parse_duration("2h") == 7200


# TODO(learn): test the rest of the contract; what could somebody get wrong?
# pytest runs each function whose name begins with test_.
