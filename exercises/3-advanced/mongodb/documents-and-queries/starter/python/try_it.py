"""Some recipes, and what your functions find among them."""

import os

from pymongo import MongoClient
from recipes import by_author, quick, rated, untimed

client = MongoClient(os.environ.get("MONGODB_URI", "mongodb://127.0.0.1:27017"), serverSelectionTimeoutMS=3000)
client.drop_database("try_it")
db = client["try_it"]
db.recipes.insert_many(
    [
        {"title": "Soup", "author": {"name": "Ana", "country": "PT"}, "minutes": 20, "ratings": []},
        {"title": "Stew", "author": {"country": "PT", "name": "Ana"}, "ratings": [{"by": "Bo", "stars": 5}]},
        {"title": "Tart", "author": {"name": "Li", "country": "CN"}, "minutes": None, "ratings": []},
    ]
)
for name, found in (
    ("by Ana: Soup, Stew?", by_author(db, "Ana", "PT")),
    ("liked by Bo: Stew?", rated(db, "Bo", 4)),
    ("untimed: Stew?", untimed(db)),
    ("quick: Soup?", quick(db, 30)),
):
    print(name, found)
