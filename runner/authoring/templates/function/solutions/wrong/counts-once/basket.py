def total(things):
    return sum(thing["price"] for thing in things)
