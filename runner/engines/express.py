"""Express 5: fetched once with npm into the cache, and found there ever after."""

from __future__ import annotations

from runner.engines import Found, Missing, node, npm

NAME = "express"
AGAIN = "learn run   (once more, with a network)"


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for Express in the cache."""
    needs = node.find(environ)
    if isinstance(needs, Missing):
        return Missing(NAME, needs.reason, needs.advice)
    version = npm.version(NAME, environ)
    if not version:
        return Missing(NAME, "it has not been fetched yet", "learn watch   (fetches it when an exercise needs it)")
    return Found(NAME, str(npm.place(NAME, environ) / NAME), version, "fetched with npm")


def provide(environ: dict[str, str]) -> Found | Missing:
    """Fetch Express into the cache where it is not there; takes seconds and a network."""
    found = find(environ)
    needs = node.find(environ)
    if isinstance(found, Found) or isinstance(needs, Missing):
        return found
    try:
        npm.fetch(NAME, needs.path, environ)
    except npm.NotFetched as error:
        return Missing(NAME, f"it could not be fetched with npm ({error})", AGAIN)
    return find(environ)
