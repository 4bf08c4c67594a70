"""Packages from npm as engines: each is fetched once with npm into the cache, and found there ever after."""

from __future__ import annotations

from runner.engines import Found, Missing, node, npm

LIBRARIES = {
    "express": "express",
    "jose": "jose",
    "jsonwebtoken": "jsonwebtoken",
    "node-aws": "@aws-sdk/client-s3",
    "node-azure": "@azure/storage-blob",
    "node-mongodb": "mongodb",
    "node-redis": "redis",
}
"""Those that a learner's JavaScript imports: the name of each as an engine, and npm's name of it."""

PACKAGES = {**LIBRARIES, "azurite": "azurite", "gitlab-ci-local": "gitlab-ci-local"}
"""All of them; the lock of each lies in `locks/`, under npm's name.

Azurite's lock holds the first `applicationinsights` that it runs with, for telemetry that is never begun: what it has
itself is most of its size and of the time of its start.
"""

AGAIN = "learn run   (once more, with a network)"


def find(name: str, environ: dict[str, str]) -> Found | Missing:
    """Look for the package NAME in the cache."""
    needs = node.find(environ)
    if isinstance(needs, Missing):
        return Missing(name, needs.reason, needs.advice)
    package = PACKAGES[name]
    version = npm.version(package, environ)
    if not version:
        return Missing(name, "it has not been fetched yet", "learn watch   (fetches it when an exercise needs it)")
    return Found(name, str(npm.place(package, environ) / package), version, "fetched with npm")


def provide(name: str, environ: dict[str, str]) -> Found | Missing:
    """Fetch the package NAME into the cache where it is not there; takes seconds and a network."""
    found = find(name, environ)
    needs = node.find(environ)
    if isinstance(found, Found) or isinstance(needs, Missing):
        return found
    try:
        npm.fetch(PACKAGES[name], needs.path, environ)
    except npm.NotFetched as error:
        return Missing(name, f"it could not be fetched with npm ({error})", AGAIN)
    return find(name, environ)
