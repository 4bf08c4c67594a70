def tier(grams, country):
    if grams <= 0:
        raise ValueError(f"no such weight: {grams}")
    if country == "home":
        letter, freight = 500, 20_000
    else:
        letter, freight = 250, 10_000
    if grams <= letter:
        return "letter"
    return "parcel" if grams < freight else "freight"
