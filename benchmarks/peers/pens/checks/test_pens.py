"""Eight checks of a small service, by the kit."""


def test_healthy(api):
    """GET /health answers 200"""
    api.get("/health").status(200).equals({"status": "ok"})


def test_empty_at_first(api):
    """GET /pens answers an empty list"""
    api.get("/pens").status(200).equals([])


def test_creates(api):
    """POST /pens answers 201 with the pen"""
    api.post("/pens", json={"colour": "red"}).status(201).equals({"id": 1, "colour": "red"})


def test_reads(api):
    """GET /pens/1 answers the pen"""
    api.get("/pens/1").status(200).equals({"id": 1, "colour": "red"})


def test_lists(api):
    """GET /pens answers both pens"""
    api.post("/pens", json={"colour": "blue"}).status(201)
    api.get("/pens").equals([{"id": 1, "colour": "red"}, {"id": 2, "colour": "blue"}])


def test_filters(api):
    """GET /pens?colour=blue answers the blue pen"""
    api.get("/pens", params={"colour": "blue"}).equals([{"id": 2, "colour": "blue"}])


def test_refuses(api):
    """POST /pens without a colour answers 400"""
    api.post("/pens", json={}).status(400)


def test_unknown(api):
    """GET /pens/99 answers 404 with the reason"""
    api.get("/pens/99").status(404).equals({"error": "no such pen"})
