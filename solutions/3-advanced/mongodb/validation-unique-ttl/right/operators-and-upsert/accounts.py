"""Users and their sessions."""

from datetime import UTC, datetime, timedelta

from pymongo.errors import DuplicateKeyError

# The operators of queries, instead of a schema: each document must match.
RULES = {"email": {"$type": "string", "$regex": "@"}, "name": {"$type": "string", "$ne": ""}}


def prepare(db):
    """Make the collections and their rules; called at each start of the program."""
    if "users" not in db.list_collection_names():
        db.create_collection("users")
    db.command("collMod", "users", validator=RULES)
    db.users.create_index("email", unique=True)
    # Each session says itself when it ends, so some can live longer than others.
    db.sessions.create_index("ends", expireAfterSeconds=0)


def sign_up(db, email, name):
    """Store a new user and return True; return False if the e-mail is taken."""
    # An upsert that finds the e-mail changes nothing. Two at once may both find none; the index lets one in.
    try:
        result = db.users.update_one({"email": email}, {"$setOnInsert": {"name": name}}, upsert=True)
    except DuplicateKeyError:
        return False
    return result.upserted_id is not None


def start_session(db, token, email):
    """Store a session that ends 30 minutes from now."""
    ends = datetime.now(UTC) + timedelta(minutes=30)
    db.sessions.insert_one({"token": token, "email": email, "ends": ends})
