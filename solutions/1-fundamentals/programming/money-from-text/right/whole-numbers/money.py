import re

# One pattern says what an amount is; after it there are only whole numbers.
AMOUNT = re.compile(r"(-?)([0-9]+)(?:\.([0-9]{1,2}))?")


def to_cents(text):
    match = AMOUNT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not an amount: {text!r}")
    sign, whole, part = match.groups(default="")
    cents = int(whole) * 100 + int(part.ljust(2, "0"))
    return -cents if sign else cents
