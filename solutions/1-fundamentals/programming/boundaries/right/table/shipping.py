# The limits are data: each tier with its first gram, heaviest first. A new country
# is a new line here, and no condition changes. An unknown one is a KeyError that names it.
HOME = [(20_000, "freight"), (501, "parcel"), (1, "letter")]
ABROAD = [(10_000, "freight"), (251, "parcel"), (1, "letter")]
TIERS = {"PT": HOME, "ES": ABROAD, "FR": ABROAD, "IT": ABROAD}


def tier(grams, country):
    for first, name in TIERS[country]:
        if grams >= first:
            return name
    raise ValueError(f"weight out of range: {grams}")
