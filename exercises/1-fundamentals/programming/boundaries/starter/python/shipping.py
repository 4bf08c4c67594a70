def tier(grams, country):
    # TODO(learn): return "letter", "parcel" or "freight"; refuse what cannot be sent
    return ""
