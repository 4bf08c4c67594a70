"""Mails of 50 users, and what MongoDB's profiler says about both lists."""

import os
from datetime import datetime, timedelta

from inbox import large, newest, prepare
from pymongo import MongoClient

client = MongoClient(os.environ.get("MONGODB_URI", "mongodb://127.0.0.1:27017"), serverSelectionTimeoutMS=3000)
client.drop_database("try_it")
db = client["try_it"]
began = datetime(2026, 1, 1)
db.mails.insert_many(
    {
        "user": number % 50,
        "folder": ("inbox", "sent", "spam")[number % 7 % 3],
        "at": began + timedelta(minutes=number * 7919 % 5000),
        "size": number * 31 % 97,
    }
    for number in range(5000)
)
prepare(db)
db.command("profile", 2)
newest(db, 7, 5)
large(db, 7, 40, 5)
db.command("profile", 0)
for seen in db["system.profile"].find({"ns": "try_it.mails"}):
    sort = "and a SORT in memory" if seen.get("hasSortStage") else ""
    print(seen["op"], seen["planSummary"], sort)
    print("  keysExamined", seen["keysExamined"], "docsExamined", seen["docsExamined"], "nreturned", seen["nreturned"])
