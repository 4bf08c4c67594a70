def to_cents(text):
    amount = text.strip()
    sign = -1 if amount.startswith("-") else 1
    whole, _, part = amount.removeprefix("-").partition(".")
    if not whole.isdigit():
        raise ValueError(f"not an amount: {text}")
    return sign * (int(whole) * 100 + int(part.ljust(2, "0")))
