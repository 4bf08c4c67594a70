"""A service with two pages, on the port that it is given."""


def test_says_hello(api, rng):
    """GET / answers 200 with the JSON {"message": "hello"}"""
    api.get("/").status(200).equals({"message": "hello"})


def test_is_healthy(api):
    """GET /health answers 200 with the JSON {"status": "ok"}"""
    api.get("/health").status(200).equals({"status": "ok"})


def test_unknown_path(api):
    """a path that nobody knows answers 404"""
    for path in ("/nothing", "/health/x", "/a", "/b", "/c", "/d"):
        api.get(path).status(404)
