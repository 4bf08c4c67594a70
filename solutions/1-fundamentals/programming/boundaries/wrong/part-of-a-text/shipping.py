def tier(grams, country):
    if grams <= 0:
        raise ValueError(f"no such weight: {grams}")
    if country in ("PT"):
        letter, freight = 500, 20_000
    elif country in "ES FR IT":
        letter, freight = 250, 10_000
    else:
        raise ValueError(f"unknown country {country}")
    if grams <= letter:
        return "letter"
    return "parcel" if grams < freight else "freight"
