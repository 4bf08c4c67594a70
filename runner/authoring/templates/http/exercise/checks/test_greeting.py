"""The service is asked over HTTP; each check would be met by any way of writing it."""

NAMES = ("Grace Hopper", "Zoë", "O'Neil", "a&b", "100 %")


def test_greets(api):
    """GET /greeting?name=Ada greets Ada"""
    api.get("/greeting", params={"name": "Ada"}).status(200).equals({"greeting": "Hello, Ada!"})


def test_any_name(api, rng):
    """any name is greeted, with blanks and accents, too"""
    for name in [*rng.sample(NAMES, 3), f"guest {rng.randrange(1000)}"]:
        reply = api.get("/greeting", params={"name": name}).status(200)
        if reply.json() == {"greeting": "Hello, Ada!"}:
            raise reply.not_yet(f"a greeting for {name}", "Hello, Ada!", "the same greeting for every name")
        reply.equals({"greeting": f"Hello, {name}!"})


def test_asks_for_a_name(api):
    """a request without a name gets 400"""
    for query in ({}, {"name": ""}):
        reply = api.get("/greeting", params=query)
        means = "an error with status 200 looks like success to a program" if reply.code == 200 else ""
        reply.status(400, means=means).equals({"error": "name is missing"})
