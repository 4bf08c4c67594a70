"""Express 5: fetched once with npm into the cache, and found there ever after."""

from __future__ import annotations

import json
import re

from runner.engines import Found, Missing, node, npm

NAME = "express"


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for Express in the cache; fetch it where it has never been."""
    needs = node.find(environ)
    if isinstance(needs, Missing):
        return Missing(NAME, needs.reason, needs.advice)
    modules = npm.place(NAME, environ)
    if not modules.is_dir():
        try:
            npm.fetch(NAME, needs.path, environ)
        except npm.NotFetched as error:
            return Missing(NAME, f"it could not be fetched with npm: {error}", "learn doctor   (once, with a network)")
    path = modules / NAME
    version = json.loads((path / "package.json").read_text(encoding="utf-8"))["version"]
    return Found(NAME, str(path), re.sub(r"[^\d.].*", "", version), "fetched with npm")
