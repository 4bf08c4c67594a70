"""Questions about recipes."""


def by_author(db, name, country):
    """Return the recipes of this author."""
    # TODO(learn): whatever else is known of the author, and in whatever order.
    return list(db.recipes.find({"author": {"name": name, "country": country}}))


def rated(db, by, stars):
    """Return the recipes to which BY gave STARS or more."""
    # TODO(learn)
    return []


def untimed(db):
    """Return the recipes that have no field `minutes`."""
    # TODO(learn)
    return []


def quick(db, most):
    """Return title and minutes of the recipes that take MOST minutes or fewer."""
    # TODO(learn)
    return []
