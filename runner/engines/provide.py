"""Fetching engines that can be fetched; as a program, so that who must not wait for it can start it.

`python -m runner.engines.provide NAME` prints nothing where NAME is here at the end, else one line of JSON: why not.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import partial

from runner.engines import Found, Missing, azurite
from runner.engines.packages import PACKAGES, provide

PROVIDERS: dict[str, Callable[[dict[str, str]], Found | Missing]] = {
    **{name: partial(provide, name) for name in PACKAGES},
    azurite.NAME: azurite.provide,
}


def fetchable(missing: Iterable[Missing]) -> list[str]:
    """The names of those MISSING that can be fetched."""
    return [each.name for each in missing if each.name in PROVIDERS]


def told(names: Iterable[str]) -> str:
    """What a person is told while NAMES are fetched."""
    return f"Fetching {', '.join(names)} with npm, this once ..."


def main() -> None:
    """Fetch what is named."""
    result = PROVIDERS[sys.argv[1]](dict(os.environ))
    if isinstance(result, Missing):
        print(json.dumps(asdict(result)))


if __name__ == "__main__":
    main()
