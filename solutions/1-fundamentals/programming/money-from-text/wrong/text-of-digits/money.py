def to_cents(text):
    return f"{float(text) * 100:.0f}"
