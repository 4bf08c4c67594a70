"""Questions about recipes."""


def by_author(db, name, country):
    """Return the recipes of this author."""
    return list(db.recipes.find({"author.name": name, "author.country": country}))


def rated(db, by, stars):
    """Return the recipes to which BY gave STARS or more."""
    return list(db.recipes.find({"ratings": {"$elemMatch": {"by": by, "stars": {"$gte": stars}}}}))


def untimed(db):
    """Return the recipes that have no field `minutes`."""
    return list(db.recipes.find({"minutes": None}))


def quick(db, most):
    """Return title and minutes of the recipes that take MOST minutes or fewer."""
    return list(db.recipes.find({"minutes": {"$lte": most}}, {"_id": 0, "title": 1, "minutes": 1}))
