"""The report of a shop: what it earned, by month and category."""

from datetime import UTC, datetime


def revenue(db, year):
    """Return the revenue of YEAR: documents of month, category and revenue, by month, then by category."""
    rows = []
    for month in range(1, 13):
        start = datetime(year, month, 1, tzinfo=UTC)
        end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        pipeline = [
            {"$match": {"status": "paid", "at": {"$gte": start, "$lt": end}}},
            {"$unwind": {"path": "$categories", "preserveNullAndEmptyArrays": True}},
            {
                "$group": {
                    "_id": {"month": {"$month": "$at"}, "category": {"$ifNull": ["$categories", "none"]}},
                    "revenue": {"$sum": "$amount"},
                }
            },
            {"$sort": {"_id.month": 1, "_id.category": 1}},
            {"$project": {"_id": 0, "month": "$_id.month", "category": "$_id.category", "revenue": 1}},
        ]
        rows += db.sales.aggregate(pipeline)
    return rows
