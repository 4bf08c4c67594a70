def total(things):
    cents = 0
    for thing in things:
        cents = thing["price"] * thing["count"]
    return cents
