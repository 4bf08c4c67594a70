"""Durations such as 1h30m. This code is given and right: test it, and leave it as it is."""

import re

_PARTS = re.compile(r"(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?")


def _seconds(hours, minutes, seconds):
    return hours * 3600 + minutes * 60 + seconds


def parse_duration(text):
    """Return the whole seconds that TEXT stands for."""
    found = _PARTS.fullmatch(text)
    if not found or not text:
        raise ValueError(f"not a duration: {text!r}")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return _seconds(hours, minutes, seconds)
