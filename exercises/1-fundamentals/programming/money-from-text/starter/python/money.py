def to_cents(text):
    # TODO(learn): return the amount in TEXT as whole cents; refuse any other text
    return 0
