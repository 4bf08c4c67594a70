"""Each query is asked on data on which every known mistake returns other rows than the right query does."""

SCHEMA = "CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price INTEGER, stock INTEGER NOT NULL);"


def test_in_stock(sql, rng):
    """in-stock: products of which at least one is there"""
    sql.question(
        "in-stock.sql",
        ["id", "name"],
        SCHEMA,
        lambda: {"products": products(rng)},
        "SELECT id, name FROM products WHERE stock > 0",
        {
            "SELECT id, name FROM products": "products of which none is there are found, too",
            "SELECT id, name FROM products WHERE stock > 1": "one that is there can be sold",
        },
    )


def test_no_price(sql, rng):
    """no-price: products whose price is not known"""
    sql.question(
        "no-price.sql",
        ["id", "name"],
        SCHEMA,
        lambda: {"products": products(rng)},
        "SELECT id, name FROM products WHERE price IS NULL",
        {
            "SELECT id, name FROM products WHERE price = NULL": "no row at all: a comparison with NULL is never true",
            "SELECT id, name FROM products WHERE price IS NULL OR price = 0": "0 is a price: it is known",
        },
    )


def products(rng):
    """Six products; of some the price is not known, or 0, and of some nothing is there."""
    names = rng.sample(["pen", "map", "bag", "cup", "hat", "key", "jar", "box"], 6)
    return [
        (number, name, rng.choice([None, 0, rng.randrange(50, 900)]), rng.choice([0, 1, 7]))
        for number, name in enumerate(names, 1)
    ]
