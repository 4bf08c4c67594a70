"""Users and their sessions."""

from datetime import UTC, datetime

from pymongo.errors import CollectionInvalid, DuplicateKeyError

RULES = {
    "$jsonSchema": {
        "required": ["email", "name"],
        "properties": {
            "email": {"bsonType": "string", "pattern": "@"},
            "name": {"bsonType": "string", "minLength": 1},
        },
    }
}


def prepare(db):
    """Make the collections and their rules; called at each start of the program."""
    try:
        db.create_collection("users", validator=RULES)
    except CollectionInvalid:  # it is there already
        db.command("collMod", "users", validator=RULES)
    db.users.create_index("email")
    db.sessions.create_index("started", expireAfterSeconds=30 * 60)


def sign_up(db, email, name):
    """Store a new user and return True; return False if the e-mail is taken."""
    try:
        db.emails.insert_one({"_id": email})
    except DuplicateKeyError:
        return False
    db.users.insert_one({"email": email, "name": name})
    return True


def start_session(db, token, email):
    """Store a session that ends 30 minutes from now."""
    db.sessions.insert_one({"token": token, "email": email, "started": datetime.now(UTC)})
