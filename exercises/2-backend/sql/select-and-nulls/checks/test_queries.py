"""Six questions to customers of whom not everything is known."""

SCHEMA = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT, city TEXT, points INTEGER);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id));
"""
NAMES = ["Ada", "Ben", "Eva", "Ida", "Kai", "Leo", "Mia", "Noa", "Tom", "Zoe"]
CITIES = ["Bern", "Kyiv", "Lima", "Oslo", "Rome"]


def customers(rng, count=7, cities=(*CITIES, "Rome")):
    """COUNT customers, each value but id and name now and then unknown; names are not in the order of ids."""
    ids = sorted(rng.sample(range(1, 100), count))
    names = rng.sample(NAMES, count)
    return [(number, name, *details(rng, name, cities)) for number, name in zip(ids, names, strict=True)]


def details(rng, name, cities):
    """An email, one of CITIES and points."""
    email = f"{name.lower()}@a.io"
    points = rng.choice([None, 0, 0, 10, 10, 20])
    return rng.choice([None, "", email, email]), rng.choice([None, *cities]), points


def test_no_email(sql, rng):
    """1-no-email: id, name of customers whose email is NULL"""
    sql.question(
        "1-no-email.sql",
        ["id", "name"],
        SCHEMA,
        lambda: {"customers": customers(rng)},
        "SELECT id, name FROM customers WHERE email IS NULL",
        {
            "SELECT id, name FROM customers WHERE email = NULL": (
                "no row at all: a comparison with NULL, such as = NULL, is never true, not even where there is NULL"
            ),
            "SELECT id, name FROM customers WHERE email = ''": "'' is a text without letters, NULL is no value at all",
            "SELECT id, name FROM customers WHERE email IS NULL OR email = ''": (
                "'' is a text without letters, NULL is no value at all: the two are told apart here"
            ),
        },
    )


def test_not_in_rome(sql, rng):
    """2-not-in-rome: id, name of those not in Rome, unknown cities included"""
    sql.question(
        "2-not-in-rome.sql",
        ["id", "name"],
        SCHEMA,
        lambda: {"customers": customers(rng)},
        "SELECT id, name FROM customers WHERE city <> 'Rome' OR city IS NULL",
        {
            "SELECT id, name FROM customers WHERE city <> 'Rome'": (
                "a city of NULL makes the comparison neither true nor false, and WHERE keeps what is true"
            ),
            "SELECT id, name FROM customers WHERE city NOT IN ('Rome', NULL)": (
                "no row at all: a comparison with NULL is never true, and NOT IN compares with each value"
            ),
            "SELECT id, name FROM customers WHERE city IS NULL": "those who are known to live elsewhere are missing",
        },
    )


def test_reachable(sql, rng):
    """3-reachable: id, name of those in Oslo or Rome with a non-empty email"""

    def make():
        kinds = [(email, city) for email in (None, "", "@a.io") for city in ("Oslo", "Rome")]
        kinds += [("@a.io", "Lima"), (rng.choice([None, "", "@a.io"]), rng.choice([None, *CITIES]))]
        rng.shuffle(kinds)
        people = zip(customers(rng, len(kinds)), kinds, strict=True)
        return {
            "customers": [(key, name, email and name + email, city, 0) for (key, name, *_), (email, city) in people]
        }

    one_city = "AND binds before OR: for one of the two cities the email was not looked at"
    sql.question(
        "3-reachable.sql",
        ["id", "name"],
        SCHEMA,
        make,
        "SELECT id, name FROM customers WHERE city IN ('Oslo', 'Rome') AND email <> ''",
        {
            "SELECT id, name FROM customers WHERE city = 'Oslo' OR city = 'Rome' AND email <> ''": one_city,
            "SELECT id, name FROM customers WHERE city = 'Rome' OR city = 'Oslo' AND email <> ''": one_city,
            "SELECT id, name FROM customers WHERE city IN ('Oslo', 'Rome') AND email IS NOT NULL": (
                "an email of '' is not NULL, and still nobody can be reached by it"
            ),
            "SELECT id, name FROM customers WHERE city = 'Oslo' AND email <> ''": (
                "those in Rome are missing; a text alone after OR is no comparison, each side needs its own"
            ),
            "SELECT id, name FROM customers WHERE city = 'Oslo' AND city = 'Rome' AND email <> ''": (
                "no row at all: no city is both, and no email is equal or unequal to NULL"
            ),
            "SELECT id, name FROM customers WHERE email <> ''": "those in other cities are there too",
        },
    )


def test_cities(sql, rng):
    """4-cities: city, each known one once, A to Z"""
    sql.question(
        "4-cities.sql",
        ["city"],
        SCHEMA,
        lambda: {"customers": customers(rng, cities=[*CITIES, *rng.sample(CITIES, 2)])},
        "SELECT DISTINCT city FROM customers WHERE city IS NOT NULL ORDER BY city",
        {
            "SELECT city FROM customers WHERE city IS NOT NULL ORDER BY city": (
                "a query returns a row for each row that it finds, repeated ones too"
            ),
            "SELECT DISTINCT city FROM customers ORDER BY city": "NULL says that no city is known, it is no city",
            "SELECT DISTINCT city FROM customers WHERE city IS NOT NULL": (
                "without ORDER BY rows come in any order, such as that in which they were found"
            ),
        },
        ordered=True,
    )


def test_fewest_points(sql, rng):
    """5-fewest-points: id, name, points of the three with the fewest known points, fewest first, equal ones by name"""
    columns = "SELECT id, name, points FROM customers"
    sql.question(
        "5-fewest-points.sql",
        ["id", "name", "points"],
        SCHEMA,
        lambda: {"customers": customers(rng)},
        f"{columns} WHERE points IS NOT NULL ORDER BY points, name LIMIT 3",
        {
            f"{columns} ORDER BY points, name LIMIT 3": "SQLite sorts NULL before all numbers",
            f"{columns} ORDER BY coalesce(points, 0), name LIMIT 3": "unknown is not 0: nobody knows how many it is",
            f"{columns} WHERE points IS NOT NULL ORDER BY points LIMIT 3": (
                "of customers with equal points any may come first, unless ORDER BY says more"
            ),
            f"{columns} WHERE points > 0 ORDER BY points, name LIMIT 3": "0 is known: it is a number like any other",
            f"{columns} WHERE points IS NOT NULL ORDER BY points DESC, name LIMIT 3": "DESC puts the most points first",
            f"{columns} WHERE points IS NOT NULL ORDER BY points, name": "three were asked for",
            f"{columns} WHERE points = (SELECT MIN(points) FROM customers) ORDER BY points, name LIMIT 3": (
                "others follow those with the fewest of all, until there are three"
            ),
        },
        ordered=True,
    )


def test_never_ordered(sql, rng):
    """6-never-ordered: id, name of customers without an order"""

    def make():
        people = customers(rng, 5)
        ids = [person[0] for person in people[:4]]
        return {"customers": people, "orders": [(number, rng.choice([*ids, None])) for number in range(101, 106)]}

    sql.question(
        "6-never-ordered.sql",
        ["id", "name"],
        SCHEMA,
        make,
        "SELECT id, name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)",
        {
            "SELECT id, name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)": (
                "no row at all: NOT IN is never true when a NULL is among the values, such as a guest's order"
            ),
            "SELECT c.id, c.name FROM customers c JOIN orders o ON o.customer_id <> c.id": (
                "<> pairs each customer with the orders of others; who has orders is paired too"
            ),
            "SELECT id, name FROM customers": (
                "customers with orders are there too; in a subquery on orders, id alone is the order's"
            ),
        },
    )
