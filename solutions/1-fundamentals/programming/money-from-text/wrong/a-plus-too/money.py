import re


def to_cents(text):
    if not re.fullmatch(r"[+-]?\d+(\.\d\d?)?", text.strip()):
        raise ValueError(f"not an amount: {text}")
    return round(float(text) * 100)
