// The report of a shop: what it earned, by month and category.

// Return the revenue of `year`: documents of month, category and revenue, by month, then by category.
export async function revenue(db, year) {
  const start = new Date(year, 0, 1);
  const end = new Date(year + 1, 0, 1);
  const pipeline = [
    { $match: { status: "paid", at: { $gte: start, $lt: end } } },
    // Keeps the sales that have no category; $ifNull names it.
    { $unwind: { path: "$categories", preserveNullAndEmptyArrays: true } },
    {
      $group: {
        _id: { month: { $month: "$at" }, category: { $ifNull: ["$categories", "none"] } },
        revenue: { $sum: "$amount" },
      },
    },
    { $sort: { "_id.month": 1, "_id.category": 1 } },
    { $project: { _id: 0, month: "$_id.month", category: "$_id.category", revenue: 1 } },
  ];
  return db.collection("sales").aggregate(pipeline).toArray();
}
