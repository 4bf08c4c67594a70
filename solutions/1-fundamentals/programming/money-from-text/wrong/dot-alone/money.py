import re


def to_cents(text):
    match = re.fullmatch(r"(-?)(\d+)\.?(\d{0,2})", text.strip())
    if match is None:
        raise ValueError(f"not an amount: {text}")
    cents = int(match[2]) * 100 + int(match[3].ljust(2, "0"))
    return -cents if match[1] else cents
