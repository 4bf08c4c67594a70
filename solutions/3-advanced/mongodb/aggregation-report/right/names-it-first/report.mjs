// The report of a shop: what it earned, by month and category.

// Return the revenue of `year`: documents of month, category and revenue, by month, then by category.
export async function revenue(db, year) {
  const start = new Date(Date.UTC(year, 0, 1));
  const end = new Date(Date.UTC(year + 1, 0, 1));
  const pipeline = [
    { $match: { status: "paid", at: { $gte: start, $lt: end } } },
    // Every sale has categories from here on, so $unwind drops none.
    {
      $set: {
        month: { $month: "$at" },
        categories: { $cond: [{ $gt: [{ $size: { $ifNull: ["$categories", []] } }, 0] }, "$categories", ["none"]] },
      },
    },
    { $unwind: "$categories" },
    { $group: { _id: ["$month", "$categories"], revenue: { $sum: "$amount" } } },
    { $sort: { _id: 1 } },
    { $project: { _id: 0, month: { $first: "$_id" }, category: { $last: "$_id" }, revenue: 1 } },
  ];
  return db.collection("sales").aggregate(pipeline).toArray();
}
