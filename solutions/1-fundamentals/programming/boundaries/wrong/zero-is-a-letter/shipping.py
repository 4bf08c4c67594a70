def tier(grams, country):
    limits = {"PT": (500, 20_000), "ES": (250, 10_000), "FR": (250, 10_000), "IT": (250, 10_000)}
    letter, freight = limits[country]
    if grams <= letter:
        return "letter"
    return "parcel" if grams < freight else "freight"
