# Refusals first, then the limits by country, then one chain for the weight.
def tier(grams, country):
    if grams <= 0:
        raise ValueError(f"nothing to ship: {grams} g")
    if country == "PT":
        letter, freight = 500, 20_000
    elif country in ("ES", "FR", "IT"):
        letter, freight = 250, 10_000
    else:
        raise ValueError(f"we do not ship to {country!r}")
    if grams <= letter:
        return "letter"
    elif grams < freight:
        return "parcel"
    else:
        return "freight"
