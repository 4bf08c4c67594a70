"""The image is built and run by the engine; what it does is asked for through a port that is published."""

import re

import pytest

from runner.kit import not_yet
from runner.kit.outcomes import Outcome

PORT = 8000
FIXED = "the port is fixed; whoever runs the container chooses it with -e PORT"
SHELL = "the JSON form of CMD starts no shell, so $PORT stays a text"
APPENDED = "what docker run is given goes to the ENTRYPOINT as arguments; it replaces CMD alone"


@pytest.fixture(scope="session")
def app(image):
    """The image, built once."""
    return image.build()


def test_builds(app):
    """docker build makes an image of your Dockerfile"""
    assert app.id.startswith("sha256:")


def test_answers(app, container, rng):
    """GET /tasks answers 200 through a published port"""
    service = started(container, app, PORT)
    title = f"task {rng.randrange(1000)}"
    service.post("/tasks", json={"title": title}).status(201)
    service.get("/tasks").status(200).equals([{"id": 1, "title": title}])


def test_other_port(app, container, rng):
    """with another PORT it answers there"""
    port = rng.randrange(8100, 9900)
    service = started(container, app, port, env={"PORT": str(port)})
    service.get("/tasks").status(200).equals([])


def test_override(app, container, rng):
    """a command given to docker run is run instead of the service"""
    one, other = rng.randrange(100, 1000), rng.randrange(100, 1000)
    ran = container.launch(app, command=["python", "-c", f"print({one} * {other})"])
    code = ran.exit_code(2.0)
    stdout, stderr = ran.logs()
    if stdout.strip() == str(one * other) and code == 0:
        return
    got = "it goes on running" if code is None else f"it ended with exit code {code}"
    not_yet(
        command=f'docker run app python -c "print({one} * {other})"',
        expected=f"it prints {one * other} and ends",
        got=f"{got}, having printed {stdout.strip()[:80] or 'nothing'}",
        stderr=stderr.strip()[-200:],
        means=APPENDED if app.config.get("Entrypoint") else None,
        look="docker inspect -f '{{.Config.Entrypoint}} {{.Config.Cmd}}' app",
    )


def started(container, app, port, **options):
    """The service, once it answers on PORT; why it does not is said where the reason is plain."""
    try:
        return container.start(app, port=port, **options)
    except Outcome as outcome:
        if re.search(r"'\$\{?PORT", str(outcome)):
            outcome.add([("means", SHELL)])
        if port != PORT and f"listens on port {PORT}" in str(outcome):
            outcome.add([("means", FIXED)])
        raise
