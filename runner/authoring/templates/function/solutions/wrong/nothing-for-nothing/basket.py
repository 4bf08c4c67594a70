def total(things):
    if not things:
        return None
    return sum(thing["price"] * thing["count"] for thing in things)
