"""The report of a shop: what it earned, by month and category."""

from datetime import UTC, datetime


def revenue(db, year):
    """Return the revenue of YEAR: documents of month, category and revenue, by month, then by category."""
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 31, tzinfo=UTC)
    return list(
        db.sales.aggregate(
            [
                {"$match": {"status": "paid", "at": {"$gte": start, "$lte": end}}},
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
        )
    )
