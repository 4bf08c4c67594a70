"""Durations such as 1h30m."""

UNITS = [("h", 3600), ("m", 60), ("s", 1)]


def parse_duration(text):
    total, digits, left = 0, "", list(UNITS)
    for sign in text:
        if sign in "0123456789":
            digits += sign
            continue
        while left and left[0][0] != sign:
            left.pop(0)
        if not left or not digits:
            raise ValueError(f"cannot read {text!r} as hours, minutes, seconds")
        total += int(digits) * left.pop(0)[1]
        digits = ""
    if digits or text == "":
        raise ValueError(f"cannot read {text!r} as hours, minutes, seconds")
    return total
