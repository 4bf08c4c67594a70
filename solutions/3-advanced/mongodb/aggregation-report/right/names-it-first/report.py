"""The report of a shop: what it earned, by month and category."""

from datetime import UTC, datetime


def revenue(db, year):
    """Return the revenue of YEAR: documents of month, category and revenue, by month, then by category."""
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    return list(
        db.sales.aggregate(
            [
                {"$match": {"status": "paid", "at": {"$gte": start, "$lt": end}}},
                # Every sale has categories from here on, so $unwind drops none.
                {
                    "$set": {
                        "month": {"$month": "$at"},
                        "categories": {"$cond": [{"$gt": [{"$size": {"$ifNull": ["$categories", []]}}, 0]}, "$categories", ["none"]]},
                    }
                },
                {"$unwind": "$categories"},
                {"$group": {"_id": ["$month", "$categories"], "revenue": {"$sum": "$amount"}}},
                {"$sort": {"_id": 1}},
                {"$project": {"_id": 0, "month": {"$first": "$_id"}, "category": {"$last": "$_id"}, "revenue": 1}},
            ]
        )
    )
