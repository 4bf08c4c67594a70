import re


# The product is off by far less than half a cent, so rounding finds the right one.
# Shorter than two whole numbers, but it holds only below some ten million million.
def to_cents(text):
    if not re.fullmatch(r"-?\d+(\.\d\d?)?", text.strip()):
        raise ValueError(f"{text} is not an amount of money")
    return round(float(text) * 100)
