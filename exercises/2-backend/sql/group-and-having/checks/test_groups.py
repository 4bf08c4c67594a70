"""Four reports by group: the group of NULL, the group without rows, conditions on groups, ties."""

SCHEMA = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), status TEXT NOT NULL,
    total INTEGER NOT NULL
);
"""


def customers(rng, count):
    """COUNT customers; some share a name, some a city, of some the city is unknown."""
    ids = sorted(rng.sample(range(1, 100), count))
    return [(number, rng.choice(["Ben", "Ida", "Mia"]), rng.choice([None, "Lima", "Oslo", "Rome"])) for number in ids]


def shop(rng, people, buyers, count):
    """PEOPLE customers, and COUNT orders of the first BUYERS of them."""
    known = customers(rng, people)
    ids = sorted(rng.sample(range(1, 100), count))
    statuses, totals = ["paid", "paid", "open"], [20, 40, 60, 100, 120]
    orders = [(number, rng.choice(known[:buyers])[0], rng.choice(statuses), rng.choice(totals)) for number in ids]
    return {"customers": known, "orders": orders}


def test_per_city(sql, rng):
    """1-per-city: city, customers: how many each city has, with NULL as a group"""
    sql.question(
        "1-per-city.sql",
        ["city", "customers"],
        SCHEMA,
        lambda: {"customers": customers(rng, 7)},
        "SELECT city, COUNT(*) AS customers FROM customers GROUP BY city",
        {
            "SELECT city, COUNT(*) AS customers FROM customers WHERE city IS NOT NULL GROUP BY city": (
                "customers whose city is NULL are a group as well"
            ),
            "SELECT city, COUNT(city) AS customers FROM customers GROUP BY city": (
                "COUNT(city) counts the rows whose city is not NULL, and in one group there are none"
            ),
            "SELECT city, COUNT(*) AS customers FROM customers GROUP BY city, name": (
                "each further column of GROUP BY splits the groups: these are by city and name"
            ),
            "SELECT city, COUNT(DISTINCT name) AS customers FROM customers GROUP BY city": (
                "names were counted, and two customers may share one"
            ),
        },
    )


def test_good_customers(sql, rng):
    """2-good-customers: id, name, paid: the sum of paid totals, where 100 or more"""

    def make():
        part, most = rng.choice([20, 30, 40]), rng.choice([50, 60, 80])
        kinds = [
            [("paid", part), ("paid", 100 - part)],
            [("paid", 100 + part), ("paid", part), ("open", most)],
            [("paid", most), ("paid", most)],
            [("paid", most), ("open", 100 + part)],
            [("open", 100 + most)],
        ]
        rng.shuffle(kinds)
        people = customers(rng, len(kinds))
        orders = [(who[0], *order) for who, several in zip(people, kinds, strict=True) for order in several]
        rng.shuffle(orders)
        ids = sorted(rng.sample(range(1, 100), len(orders)))
        return {"customers": people, "orders": [(key, *order) for key, order in zip(ids, orders, strict=True)]}

    columns = "SELECT c.id, c.name, SUM(o.total) AS paid FROM customers c JOIN orders o ON o.customer_id = c.id"
    distinct = columns.replace("SUM(", "SUM(DISTINCT ")
    grouped = "GROUP BY c.id, c.name"
    sql.question(
        "2-good-customers.sql",
        ["id", "name", "paid"],
        SCHEMA,
        make,
        f"{columns} WHERE o.status = 'paid' {grouped} HAVING SUM(o.total) >= 100",
        {
            f"{columns} WHERE o.status = 'paid' AND o.total >= 100 {grouped}": (
                "WHERE looks at one order at a time: here single orders had to reach 100, not their sum"
            ),
            f"{columns} {grouped} HAVING SUM(o.total) >= 100": "orders that are not paid are in the sum",
            f"{columns} {grouped} HAVING SUM(o.total) >= 100 AND o.status = 'paid'": (
                "HAVING comes after the sum: it was made of all orders, and the status looked at is that of some order"
            ),
            f"{columns} WHERE o.status = 'paid' {grouped} HAVING SUM(o.total) > 100": "100 is enough",
            f"{columns} WHERE o.status = 'paid' {grouped} HAVING MAX(o.total) >= 100": (
                "a single order had to reach 100, not the sum"
            ),
            f"{distinct} WHERE o.status = 'paid' {grouped} HAVING SUM(DISTINCT o.total) >= 100": (
                "DISTINCT drops equal totals, and two orders may well cost the same"
            ),
            f"{columns} WHERE o.status = 'paid' {grouped}": "customers whose sum is below 100 are there too",
        },
    )


def test_order_counts(sql, rng):
    """3-order-counts: id, name, order_count of each customer, 0 for none"""
    joined = "FROM customers c LEFT JOIN orders o ON o.customer_id = c.id"
    sql.question(
        "3-order-counts.sql",
        ["id", "name", "order_count"],
        SCHEMA,
        lambda: shop(rng, 5, 3, 6),
        f"SELECT c.id, c.name, COUNT(o.id) AS order_count {joined} GROUP BY c.id, c.name",
        {
            f"SELECT c.id, c.name, COUNT(*) AS order_count {joined} GROUP BY c.id, c.name": (
                "COUNT(*) counts rows, and a left join makes one row, full of NULL, for a customer without orders"
            ),
            f"SELECT c.id, c.name, COUNT(*) AS order_count {joined} WHERE o.id IS NOT NULL GROUP BY c.id, c.name": (
                "customers without orders have no row, and no group either"
            ),
            f"SELECT MIN(c.id) AS id, c.name, COUNT(o.id) AS order_count {joined} GROUP BY c.name": (
                "customers who share a name became one group"
            ),
        },
    )


def test_biggest(sql, rng):
    """4-biggest: customer_id, order_id, total of each customer's biggest order, of all where several are equally big"""
    columns = "SELECT customer_id, id AS order_id, total FROM orders"
    sql.question(
        "4-biggest.sql",
        ["customer_id", "order_id", "total"],
        SCHEMA,
        lambda: shop(rng, 3, 3, 8),
        f"{columns} o WHERE total = (SELECT MAX(total) FROM orders WHERE customer_id = o.customer_id)",
        {
            "SELECT customer_id, id AS order_id, MAX(total) AS total FROM orders GROUP BY customer_id": (
                "one order a customer was kept, though several can be the biggest"
            ),
            "SELECT customer_id, MAX(id) AS order_id, MAX(total) AS total FROM orders GROUP BY customer_id": (
                "each MAX is found by itself: the biggest id need not be that of the biggest total"
            ),
            f"{columns} WHERE total = (SELECT MAX(total) FROM orders)": (
                "the biggest total of all was looked for, not that of each customer"
            ),
            f"{columns} WHERE total IN (SELECT MAX(total) FROM orders GROUP BY customer_id)": (
                "an order counted as the biggest where its total is the biggest of another customer"
            ),
        },
    )


def test_legal_on_postgresql(sql, rng):
    """PostgreSQL takes all four and returns the same rows"""
    tables = shop(rng, 5, 4, 7)
    here, there = sql.database(SCHEMA, tables), sql.postgresql(SCHEMA, tables)
    for file in ("1-per-city.sql", "2-good-customers.sql", "3-order-counts.sql", "4-biggest.sql"):
        there.ask(file).equals(here.ask(file).rows, means="SQLite returns other rows for the same query")
