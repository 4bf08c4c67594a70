"""Fetching engines that can be fetched; as a program, so that who must not wait for it can start it.

`python -m runner.engines.provide NAME` prints lines of JSON: `words` for how far it is, and where NAME is not here at
the end a last one that says why not.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import partial

from runner.engines import Found, Missing, azurite, gitlab_ci_local, images
from runner.engines.packages import LIBRARIES
from runner.engines.packages import provide as provide_package

PROVIDERS: dict[str, Callable[[dict[str, str]], Found | Missing]] = {
    "azurite": azurite.provide,
    "gitlab-ci-local": gitlab_ci_local.provide,
    **{name: partial(provide_package, name) for name in LIBRARIES},
}
"""Those that are fetched within seconds; base images are fetched too."""


def fetchable(missing: Iterable[Missing]) -> list[str]:
    """The names of those MISSING that can be fetched."""
    return [each.name for each in missing if each.name in PROVIDERS or each.name.startswith(images.PREFIX)]


def told(names: Iterable[str]) -> str:
    """What a person is told while NAMES are fetched."""
    by = {"npm" if each in PROVIDERS else "Docker": None for each in names}
    return f"Fetching {', '.join(names)} with {' and '.join(by)}, this once ..."


def provide(name: str, environ: dict[str, str], tell: Callable[[str], None]) -> Found | Missing:
    """Fetch NAME, which can be fetched, where it is not here; TELL is told how far it is, where that takes long."""
    if name.startswith(images.PREFIX):
        return images.provide(name, environ, tell)
    return PROVIDERS[name](environ)


def main() -> None:
    """Fetch what is named."""
    result = provide(sys.argv[1], dict(os.environ), lambda words: print(json.dumps({"words": words}), flush=True))
    if isinstance(result, Missing):
        print(json.dumps(asdict(result)))


if __name__ == "__main__":
    main()
