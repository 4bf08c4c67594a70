"""Sales of three years, the report of one, and what MongoDB's profiler says about it."""

import os
from datetime import UTC, datetime, timedelta

from pymongo import MongoClient
from report import revenue

client = MongoClient(os.environ.get("MONGODB_URI", "mongodb://127.0.0.1:27017"), serverSelectionTimeoutMS=3000)
client.drop_database("try_it")
db = client["try_it"]
db.sales.create_index("at")
db.sales.insert_many(
    {
        "at": datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=number * 26),
        "status": ("paid", "paid", "open")[number % 3],
        "amount": 100 + number % 900,
        "categories": (["tea"], ["tea", "gifts"], ["coffee"])[number % 7 % 3],
    }
    for number in range(1000)
)
db.command("profile", 2)
rows = revenue(db, 2025)
db.command("profile", 0)
print(*rows[:6], "...", f"{len(rows)} rows", sep="\n")
for seen in db["system.profile"].find({"ns": "try_it.sales"}):
    print(seen["op"], next(iter(seen["command"])), seen.get("planSummary"))
    print("  docsExamined", seen.get("docsExamined"), "nreturned", seen.get("nreturned"))
