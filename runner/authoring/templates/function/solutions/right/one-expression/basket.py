# `sum` begins with 0 by itself.
def total(things):
    return sum(thing["price"] * thing["count"] for thing in things)
