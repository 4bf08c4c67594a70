def test_answers():
    pass


def test_other():
    pass
