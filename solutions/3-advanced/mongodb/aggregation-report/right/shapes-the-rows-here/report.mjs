// The report of a shop: what it earned, by month and category.

// Return the revenue of `year`: documents of month, category and revenue, by month, then by category.
export async function revenue(db, year) {
  const start = new Date(Date.UTC(year, 0, 1));
  const end = new Date(Date.UTC(year + 1, 0, 1));
  const pipeline = [
    { $match: { status: "paid", at: { $gte: start, $lt: end } } },
    { $unwind: { path: "$categories", preserveNullAndEmptyArrays: true } },
    {
      $group: {
        _id: { month: { $month: "$at" }, category: { $ifNull: ["$categories", "none"] } },
        revenue: { $sum: "$amount" },
      },
    },
  ];
  // The rows are few by now: their names and their order can be made here as well.
  const sums = await db.collection("sales").aggregate(pipeline).toArray();
  const rows = sums.map(({ _id, revenue }) => ({ ..._id, revenue }));
  const before = (one, other) => (one < other ? -1 : 1);
  return rows.sort((one, other) => one.month - other.month || before(one.category, other.category));
}
