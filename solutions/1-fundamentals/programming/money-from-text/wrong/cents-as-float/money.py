def to_cents(text):
    return round(float(text), 2) * 100
