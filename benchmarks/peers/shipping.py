HOME = [(20_000, "freight"), (501, "parcel"), (1, "letter")]
ABROAD = [(10_000, "freight"), (251, "parcel"), (1, "letter")]
TIERS = {"PT": HOME, "ES": ABROAD, "FR": ABROAD, "IT": ABROAD}


def tier(grams, country):
    if country not in TIERS:
        raise ValueError(f"unknown country: {country}")
    for first, name in TIERS[country]:
        if grams >= first:
            return name
    raise ValueError(f"weight out of range: {grams}")
