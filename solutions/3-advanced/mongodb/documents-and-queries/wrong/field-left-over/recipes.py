"""Questions about recipes."""

# The same questions to aggregate, as expressions: longer, but they can be calculated with, and go on into other
# stages. An expression inside $match takes an index less often than the operators of find do.


def by_author(db, name, country):
    """Return the recipes of this author."""
    author = {"$and": [{"$eq": ["$author.name", name]}, {"$eq": ["$author.country", country]}]}
    return list(db.recipes.aggregate([{"$match": {"$expr": author}}]))


def rated(db, by, stars):
    """Return the recipes to which BY gave STARS or more."""
    own = {"$filter": {"input": "$ratings", "as": "one", "cond": {"$eq": ["$$one.by", by]}}}
    pipeline = [{"$match": {"ratings.by": by}}, {"$set": {"own": own}}, {"$match": {"own.stars": {"$gte": stars}}}]
    return list(db.recipes.aggregate(pipeline))


def untimed(db):
    """Return the recipes that have no field `minutes`."""
    return list(db.recipes.aggregate([{"$match": {"$expr": {"$eq": [{"$type": "$minutes"}, "missing"]}}}]))


def quick(db, most):
    """Return title and minutes of the recipes that take MOST minutes or fewer."""
    shown = {"_id": False, "title": True, "minutes": True}
    return list(db.recipes.aggregate([{"$match": {"minutes": {"$gte": 0, "$lte": most}}}, {"$project": shown}]))
