import re


def to_cents(text):
    if not re.fullmatch(r" *-?\d+(\.\d{1,2})? *", text):
        raise ValueError("invalid amount")
    return round(float(text) * 100)
