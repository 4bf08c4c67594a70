"""Base images that exercises build on: each by its public name, looked for in the Docker engine, pulled where missing.

As engines they have names of their own, `image python:3.11-slim`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import quote

from runner.engines import Found, Missing, docker

PREFIX = "image "

EVERY = 2.0
"""Seconds from one word about a pull to the next."""

WIDTH = 20
"""Characters of the bar that shows how far a pull is."""


def find(name: str, environ: dict[str, str]) -> Found | Missing:
    """Look for the image NAME in the engine that the exercise uses."""
    engine = docker.find(environ)
    if isinstance(engine, Missing):
        return engine
    reference = name.removeprefix(PREFIX)
    try:
        status, told = docker.ask(engine.path, f"/images/{quote(reference, safe=':/@')}/json")
    except (OSError, ValueError) as error:
        return Missing(name, f"the Docker engine could not be asked for it: {error}", docker.BEGIN)
    if status != 200:
        return Missing(name, "the Docker engine does not have it", _advice(reference))
    return Found(name, reference, told["Id"].removeprefix("sha256:")[:12], "in the Docker engine")


def provide(name: str, environ: dict[str, str], tell: Callable[[str], None]) -> Found | Missing:
    """Pull the image NAME where the engine does not have it; TELL is told how far it is."""
    from docker import APIClient
    from docker.errors import DockerException

    found, engine = find(name, environ), docker.find(environ)
    if isinstance(found, Found) or isinstance(engine, Missing):
        return found
    reference = name.removeprefix(PREFIX)
    progress = _Progress(reference, tell)
    try:
        api = APIClient(engine.path)
        for step in api.pull(reference, stream=True, decode=True):
            if "error" in step:
                return Missing(name, f"it could not be pulled: {step['error']}", _advice(reference))
            progress.take(step)
    except (DockerException, OSError) as error:
        words = getattr(error, "explanation", None) or error
        return Missing(name, f"it could not be pulled: {words}", _advice(reference))
    return find(name, environ)


def _advice(reference: str) -> str:
    return f"docker pull {reference}   (without a network: docker load -i FILE)"


class _Progress:
    """How far a pull is, told in a line every few seconds."""

    def __init__(self, reference: str, tell: Callable[[str], None]) -> None:
        self._reference = reference
        self._tell = tell
        self._layers: dict[str, tuple[int, int]] = {}
        self._told = time.monotonic()

    def take(self, step: dict[str, object]) -> None:
        """Take one line of the engine's: of a layer's download it has the bytes that are here, and all of them."""
        detail = step.get("progressDetail")
        if step.get("status") != "Downloading" or not isinstance(detail, dict) or not detail.get("total"):
            return
        self._layers[str(step.get("id"))] = detail["current"], detail["total"]
        if time.monotonic() - self._told < EVERY:
            return
        self._told = time.monotonic()
        here, whole = (sum(numbers) for numbers in zip(*self._layers.values(), strict=True))
        full = WIDTH * here // whole
        bar = "#" * full + "." * (WIDTH - full)
        self._tell(f"{self._reference} [{bar}] {here / 1e6:.0f} of {whole / 1e6:.0f} MB")
