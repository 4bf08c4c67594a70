def tier(grams, country):
    if country not in ("PT", "ES", "FR", "IT"):
        raise ValueError(f"unknown country {country}")
    if grams < 1:
        raise ValueError(f"no such weight: {grams}")
    if grams <= 500:
        return "letter"
    if grams < 20_000:
        return "parcel"
    return "freight"
