# A name keeps what was added so far.
def total(things):
    cents = 0
    for thing in things:
        cents += thing["price"] * thing["count"]
    return cents
