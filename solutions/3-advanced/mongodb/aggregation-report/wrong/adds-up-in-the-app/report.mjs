// The report of a shop: what it earned, by month and category.

// Return the revenue of `year`: documents of month, category and revenue, by month, then by category.
export async function revenue(db, year) {
  const start = new Date(Date.UTC(year, 0, 1));
  const end = new Date(Date.UTC(year + 1, 0, 1));
  const rows = new Map();
  for await (const sale of db.collection("sales").find({ status: "paid", at: { $gte: start, $lt: end } })) {
    for (const category of sale.categories?.length ? sale.categories : ["none"]) {
      const month = sale.at.getUTCMonth() + 1;
      const key = `${String(month).padStart(2, "0")} ${category}`;
      const row = rows.get(key) ?? { month, category, revenue: 0 };
      rows.set(key, { ...row, revenue: row.revenue + sale.amount });
    }
  }
  return [...rows.keys()].sort().map((key) => rows.get(key));
}
