"""A colleague's script, which calls none of your functions but prepare."""

import os

from accounts import prepare, sign_up, start_session
from pymongo import MongoClient
from pymongo.errors import PyMongoError

client = MongoClient(os.environ.get("MONGODB_URI", "mongodb://127.0.0.1:27017"), serverSelectionTimeoutMS=3000)
client.drop_database("try_it")
db = client["try_it"]
prepare(db)
print("sign_up:", sign_up(db, "ana@example.org", "Ana"))
for user in ({"email": "ana@example.org", "name": "Bo"}, {"email": "bo", "name": "Bo"}, {"email": "bo@example.org"}):
    try:
        db.users.insert_one(dict(user))
        print("taken:", user)
    except PyMongoError as error:
        print("refused:", user, error.code)
start_session(db, "abc", "ana@example.org")
print("a session:", db.sessions.find_one())
print("its indexes:", db.sessions.index_information())
