def to_cents(text):
    try:
        return round(float(text) * 100)
    except ValueError:
        return 0
