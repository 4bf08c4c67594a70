LIMITS = {"PT": (500, 20_000), "ES": (250, 10_000), "FR": (250, 10_000), "IT": (250, 10_000)}


def tier(grams, country):
    if grams <= 0:
        return f"error: {grams}"
    if country not in LIMITS:
        return f"error: {country}"
    letter, freight = LIMITS[country]
    if grams <= letter:
        return "letter"
    return "parcel" if grams < freight else "freight"
