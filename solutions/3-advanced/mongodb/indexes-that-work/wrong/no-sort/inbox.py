"""The inbox of a mail program: its indexes and its two lists."""


def prepare(db):
    """Make the indexes of mails."""
    inbox = {"folder": "inbox"}
    db.mails.create_index([("user", 1), ("at", -1)], partialFilterExpression=inbox)
    db.mails.create_index([("user", 1), ("at", -1), ("size", 1)])


def newest(db, user, count):
    """Return the newest COUNT mails in the inbox of USER, newest first."""
    return list(db.mails.find({"user": user, "folder": "inbox"}).limit(count))


def large(db, user, least, count):
    """Return the newest COUNT mails of USER of size LEAST or more, newest first."""
    return list(db.mails.find({"user": user, "size": {"$gte": least}}).limit(count))
