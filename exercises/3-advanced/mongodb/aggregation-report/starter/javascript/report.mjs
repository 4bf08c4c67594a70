// The report of a shop: what it earned, by month and category.

// Return the revenue of `year`: documents of month, category and revenue, by month, then by category.
export async function revenue(db, year) {
  // TODO(learn): let MongoDB choose, add up and sort, in one aggregation.
  const rows = new Map();
  for (const sale of await db.collection("sales").find({ status: "paid" }).toArray()) {
    if (sale.at.getUTCFullYear() !== year) continue;
    for (const category of sale.categories) {
      const month = sale.at.getUTCMonth() + 1;
      const key = `${String(month).padStart(2, "0")} ${category}`;
      const row = rows.get(key) ?? { month, category, revenue: 0 };
      rows.set(key, { ...row, revenue: row.revenue + sale.amount });
    }
  }
  return [...rows.keys()].sort().map((key) => rows.get(key));
}
