"""The report of a shop: what it earned, by month and category."""

from datetime import UTC, datetime


def revenue(db, year):
    """Return the revenue of YEAR: documents of month, category and revenue, by month, then by category."""
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    pipeline = [
        {"$match": {"status": "paid", "at": {"$gte": start, "$lt": end}}},
        {"$unwind": {"path": "$categories", "preserveNullAndEmptyArrays": True}},
        {
            "$group": {
                "_id": {"month": {"$month": "$at"}, "category": {"$ifNull": ["$categories", "none"]}},
                "revenue": {"$sum": "$amount"},
            }
        },
    ]
    # The rows are few by now: their names and their order can be made here as well.
    rows = [{**each["_id"], "revenue": each["revenue"]} for each in db.sales.aggregate(pipeline)]
    return sorted(rows, key=lambda row: (row["month"], row["category"]))
