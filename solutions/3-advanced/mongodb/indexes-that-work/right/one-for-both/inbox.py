"""The inbox of a mail program: its indexes and its two lists."""


def prepare(db):
    """Make the indexes of mails."""
    # One index to write instead of two, walked backwards. The price: newest passes over the entries of
    # other folders, which matters to a user with a large archive.
    db.mails.create_index([("user", 1), ("at", 1), ("folder", 1), ("size", 1)])


def newest(db, user, count):
    """Return the newest COUNT mails in the inbox of USER, newest first."""
    pipeline = [{"$match": {"user": user, "folder": "inbox"}}, {"$sort": {"at": -1}}, {"$limit": count}]
    return list(db.mails.aggregate(pipeline))


def large(db, user, least, count):
    """Return the newest COUNT mails of USER of size LEAST or more, newest first."""
    pipeline = [{"$match": {"user": user, "size": {"$gte": least}}}, {"$sort": {"at": -1}}, {"$limit": count}]
    return list(db.mails.aggregate(pipeline))
