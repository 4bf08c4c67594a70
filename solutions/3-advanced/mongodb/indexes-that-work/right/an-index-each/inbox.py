"""The inbox of a mail program: its indexes and its two lists."""


def prepare(db):
    """Make the indexes of mails."""
    # Equality, sort, range. In the first all is equality but the sort; in the second the entries
    # that are too small are passed over in the index, without their mail being read.
    db.mails.create_index([("user", 1), ("folder", 1), ("at", -1)])
    db.mails.create_index([("user", 1), ("at", -1), ("size", 1)])


def newest(db, user, count):
    """Return the newest COUNT mails in the inbox of USER, newest first."""
    return list(db.mails.find({"user": user, "folder": "inbox"}).sort("at", -1).limit(count))


def large(db, user, least, count):
    """Return the newest COUNT mails of USER of size LEAST or more, newest first."""
    return list(db.mails.find({"user": user, "size": {"$gte": least}}).sort("at", -1).limit(count))
