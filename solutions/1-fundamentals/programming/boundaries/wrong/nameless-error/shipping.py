LIMITS = {"PT": (500, 20_000), "ES": (250, 10_000), "FR": (250, 10_000), "IT": (250, 10_000)}


def tier(grams, country):
    if grams < 1:
        raise ValueError(f"no such weight: {grams}")
    letter, freight = LIMITS.get(country)
    if grams <= letter:
        return "letter"
    return "parcel" if grams < freight else "freight"
