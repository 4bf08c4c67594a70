"""Users and their sessions."""

from datetime import UTC, datetime


def prepare(db):
    """Make the collections and their rules; called at each start of the program."""
    # TODO(learn): the rules for users, and the end of sessions.
    db.users.create_index("email")


def sign_up(db, email, name):
    """Store a new user and return True; return False if the e-mail is taken."""
    # TODO(learn): leave the decision to MongoDB.
    if not isinstance(email, str) or "@" not in email or not name:
        raise ValueError("no proper user")
    if db.users.find_one({"email": email}):
        return False
    db.users.insert_one({"email": email, "name": name})
    return True


def start_session(db, token, email):
    """Store a session that ends 30 minutes from now."""
    # TODO(learn): something by which MongoDB can tell when it ends.
    db.sessions.insert_one({"token": token, "email": email, "started": datetime.now(UTC).isoformat()})
