"""The inbox of a mail program: its indexes and its two lists."""


def prepare(db):
    """Make the indexes of mails."""
    # TODO(learn): indexes by which both lists below are found, and found in their order.
    db.mails.create_index("folder")


def newest(db, user, count):
    """Return the newest COUNT mails in the inbox of USER, newest first."""
    # TODO(learn): let MongoDB choose, order and limit.
    mails = [mail for mail in db.mails.find({"user": user}) if mail["folder"] == "inbox"]
    return sorted(mails, key=lambda mail: mail["at"], reverse=True)[:count]


def large(db, user, least, count):
    """Return the newest COUNT mails of USER of size LEAST or more, newest first."""
    # TODO(learn): let MongoDB choose, order and limit.
    mails = [mail for mail in db.mails.find({"user": user}) if mail["size"] >= least]
    return sorted(mails, key=lambda mail: mail["at"], reverse=True)[:count]
