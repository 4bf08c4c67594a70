"""The report of a shop: what it earned, by month and category."""

from datetime import UTC, datetime


def revenue(db, year):
    """Return the revenue of YEAR: documents of month, category and revenue, by month, then by category."""
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    sums = {}
    for sale in db.sales.find({"status": "paid", "at": {"$gte": start, "$lt": end}}):
        for category in sale.get("categories") or ["none"]:
            key = (sale["at"].month, category)
            sums[key] = sums.get(key, 0) + sale["amount"]
    return [{"month": key[0], "category": key[1], "revenue": sums[key]} for key in sorted(sums)]
