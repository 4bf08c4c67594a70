"""Four reports over customers, their orders and their refunds."""

SCHEMA = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), year INTEGER NOT NULL,
    cents INTEGER NOT NULL
);
CREATE TABLE refunds (
    id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), cents INTEGER NOT NULL
);
"""
MULTIPLIED = "two lists joined to one customer make a row of each order with each refund: both count too often"


def customers(rng, count):
    """COUNT customers; some share a name, some a city, of some the city is unknown."""
    ids = sorted(rng.sample(range(1, 20), count))
    return [(number, rng.choice(["Ben", "Ida", "Mia", "Zoe"]), rng.choice([None, "Oslo", "Rome"])) for number in ids]


def orders(rng, people, count):
    """COUNT orders of some of PEOPLE, with ids that are also theirs, and equal sums now and then."""
    ids = sorted(rng.sample(range(1, 20), count))
    return [(number, rng.choice(people)[0], rng.choice([2024, 2025]), rng.choice([300, 500, 900])) for number in ids]


def test_all_orders(sql, rng):
    """1-all-orders: id, name, order_id: a row for each order of each customer, NULL for a customer without"""

    def make():
        people = customers(rng, 4)
        return {"customers": people, "orders": orders(rng, people, 4)}

    columns = "SELECT c.id, c.name, o.id AS order_id FROM customers c"
    sql.question(
        "1-all-orders.sql",
        ["id", "name", "order_id"],
        SCHEMA,
        make,
        f"{columns} LEFT JOIN orders o ON o.customer_id = c.id",
        {
            f"{columns} JOIN orders o ON o.customer_id = c.id": (
                "an inner join keeps pairs alone: who has no order is gone"
            ),
            f"{columns} CROSS JOIN orders o": "without a condition each customer gets the orders of everybody",
            f"{columns} LEFT JOIN orders o ON o.id = c.id": "an order's own id says nothing about whose it is",
            f"{columns} LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id": (
                "GROUP BY c.id leaves one row for each customer, whatever the number of orders"
            ),
        },
    )


def test_orders_of_2025(sql, rng):
    """2-orders-of-2025: as 1-all-orders, with the orders of 2025 alone; NULL for a customer without one"""

    def make():
        people = customers(rng, 4)
        return {"customers": people, "orders": orders(rng, people[:3], 5)}

    joined = "SELECT c.id, c.name, o.id AS order_id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id"
    sql.question(
        "2-orders-of-2025.sql",
        ["id", "name", "order_id"],
        SCHEMA,
        make,
        f"{joined} AND o.year = 2025",
        {
            f"{joined} WHERE o.year = 2025": (
                "WHERE comes after the join, where the year of a missing order is NULL and never 2025"
            ),
            f"{joined} WHERE o.year = 2025 OR o.id IS NULL": (
                "a customer whose orders are all of another year was joined with those, so no row with NULL was made"
            ),
            joined: "orders of other years are there too",
            f"{joined} AND o.year = 2025 GROUP BY c.id": (
                "GROUP BY c.id leaves one row for each customer, whatever the number of orders"
            ),
        },
    )


def test_sums(sql, rng):
    """3-sums: id, name, ordered, refunded of each customer, 0 for none"""

    def make():
        people = customers(rng, 4)
        refunds = [(number, rng.choice(people[:3])[0], rng.choice([100, 200])) for number in range(1, 5)]
        return {"customers": people, "orders": orders(rng, people[:3], 4), "refunds": refunds}

    def summed(distinct="", join="LEFT JOIN", default=0):
        return f"""
            SELECT c.id, c.name, coalesce(SUM({distinct} o.cents), {default}) AS ordered,
            coalesce(SUM({distinct} r.cents), {default}) AS refunded
            FROM customers c {join} orders o ON o.customer_id = c.id {join} refunds r ON r.customer_id = c.id
            GROUP BY c.id
        """

    def apart(join="LEFT JOIN", default=0):
        lists = "(SELECT customer_id, SUM(cents) AS cents FROM {} GROUP BY customer_id)"
        return f"""
            SELECT c.id, c.name, coalesce(o.cents, {default}) AS ordered, coalesce(r.cents, {default}) AS refunded
            FROM customers c {join} {lists.format("orders")} o ON o.customer_id = c.id
            {join} {lists.format("refunds")} r ON r.customer_id = c.id
        """

    sql.question(
        "3-sums.sql",
        ["id", "name", "ordered", "refunded"],
        SCHEMA,
        make,
        apart(),
        {
            summed(): MULTIPLIED,
            summed(default="NULL"): MULTIPLIED,
            summed(join="JOIN"): f"{MULTIPLIED}; and an inner join drops who lacks either",
            summed("DISTINCT"): "DISTINCT drops equal sums of money, and two orders may well cost the same",
            summed("DISTINCT", default="NULL"): (
                "DISTINCT drops equal sums of money, and two orders may well cost the same"
            ),
            apart(default="NULL"): "the sum over no rows is NULL",
            apart("JOIN"): "an inner join drops who has no order, or no refund",
        },
    )


def test_same_city(sql, rng):
    """4-same-city: first_id, second_id, each pair of customers of one city once, the smaller id first"""
    columns = "SELECT a.id AS first_id, b.id AS second_id FROM customers a JOIN customers b"
    sql.question(
        "4-same-city.sql",
        ["first_id", "second_id"],
        SCHEMA,
        lambda: {"customers": customers(rng, 6)},
        f"{columns} ON a.city = b.city AND a.id < b.id",
        {
            f"{columns} ON a.city = b.city AND a.id <> b.id": "<> is true for (1, 2) and (2, 1): each pair came twice",
            f"{columns} ON a.city = b.city": "each customer was paired with themselves, and each pair came twice",
            f"{columns} ON a.city = b.city AND a.id <= b.id": "each customer was paired with themselves",
            f"{columns} ON a.city = b.city AND a.name < b.name": "names are compared, not ids, and two may be equal",
            f"{columns} ON a.city = b.city AND a.id < b.id AND a.name <> b.name": (
                "two customers who share a name are two customers"
            ),
            f"{columns} ON a.city IS b.city AND a.id < b.id": "two unknown cities were taken for the same one",
            f"{columns} ON a.id < b.id": "customers of different cities were paired",
        },
    )
