def to_cents(text):
    whole, _, part = text.strip().partition(".")
    euros, cents = int(whole), int(part.ljust(2, "0"))
    if euros < 0:
        return euros * 100 - cents
    return euros * 100 + cents
