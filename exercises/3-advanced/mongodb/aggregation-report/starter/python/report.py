"""The report of a shop: what it earned, by month and category."""

from datetime import UTC, datetime


def revenue(db, year):
    """Return the revenue of YEAR: documents of month, category and revenue, by month, then by category."""
    # TODO(learn): let MongoDB choose, add up and sort, in one aggregation.
    sums = {}
    for sale in db.sales.find({"status": "paid"}):
        at = sale["at"].replace(tzinfo=UTC)
        if datetime(year, 1, 1, tzinfo=UTC) <= at < datetime(year + 1, 1, 1, tzinfo=UTC):
            for category in sale["categories"]:
                key = (at.month, category)
                sums[key] = sums.get(key, 0) + sale["amount"]
    return [
        {"month": month, "category": category, "revenue": amount} for (month, category), amount in sorted(sums.items())
    ]
