def to_cents(text):
    return int(float(text) * 100)
