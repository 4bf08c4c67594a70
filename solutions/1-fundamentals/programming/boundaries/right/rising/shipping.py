# Separate `if`s that overwrite are right too, when the limits rise and each condition
# says only where its tier begins. It depends on the order of the lines.
def tier(grams, country):
    abroad = country in {"ES", "FR", "IT"}
    if not abroad and country != "PT":
        raise ValueError("unknown country " + country)
    if grams < 1:
        raise ValueError("no such weight: " + str(grams))
    name = "letter"
    if grams > (250 if abroad else 500):
        name = "parcel"
    if grams >= (10_000 if abroad else 20_000):
        name = "freight"
    return name
