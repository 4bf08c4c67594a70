LIMITS = {"PT": (500, 20_000), "ES": (250, 10_000), "FR": (250, 10_000), "IT": (250, 10_000)}


def tier(grams, country):
    if country not in LIMITS:
        raise ValueError(f"unknown country {country}")
    if grams <= 0:
        raise ValueError(f"no such weight: {grams}")
    letter, freight = LIMITS[country]
    if grams > freight:
        return "freight"
    if grams > letter:
        return "parcel"
    return "letter"
