from decimal import Decimal

# Decimal counts in tens, so nothing is lost. It also reads "1e3", "NaN" and "1_000",
# so the form is looked at first, here without a pattern.
DIGITS = set("0123456789")


def to_cents(text):
    amount = text.strip()
    whole, dot, part = amount.removeprefix("-").partition(".")
    good = whole and set(whole + part) <= DIGITS and len(part) in ((1, 2) if dot else (0,))
    if not good:
        raise ValueError("cannot read " + text)
    return int(Decimal(amount) * 100)
