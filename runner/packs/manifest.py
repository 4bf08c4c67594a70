"""Reading `pack.toml` and `exercise.toml` into their models, with every fault told at once."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from runner.errors import Fault
from runner.packs.models import HINTS, LIMITS

Model = TypeVar("Model")


def read(path: Path, shape: type[Model], name: str) -> tuple[Model | None, list[Fault]]:
    """Read the TOML file PATH as SHAPE.

    Args:
        name: how faults call the file, usually its path inside the pack.

    Returns:
        the model and no faults, or None and every fault of the file.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None, [Fault(name, "", "no such file", f"a file named {path.name}")]
    except UnicodeDecodeError as error:
        return None, [Fault(name, "", f"a byte that is not UTF-8 at offset {error.start}", "UTF-8 text")]
    except OSError as error:
        return None, [Fault(name, "", f"an unreadable file ({error.strerror})", "a file you may read")]
    except tomllib.TOMLDecodeError as error:
        return None, [Fault(name, "", f"TOML that does not parse: {error}", "valid TOML")]
    return _validate(data, shape, name)


def _validate(data: dict[str, Any], shape: Any, name: str) -> tuple[Any, list[Fault]]:
    faults = [Fault(name, *each) for each in _walk(data, shape, "")]
    try:
        # Through JSON, because there strict validation takes a list for a tuple but never "3" for 3.
        model = _adapter(shape).validate_json(json.dumps(data, default=_dated), strict=True)
    except ValidationError as error:
        return None, faults + [_fault(name, each) for each in error.errors(include_url=False)]
    return (None, faults) if faults else (model, [])


# Making one of these takes many times as long as using it, and a pack has a manifest for each exercise.


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


@cache
def _hints(shape: Any) -> dict[str, Any]:
    return get_type_hints(shape)


def _dated(value: object) -> dict[str, str]:
    """A date of TOML's for JSON, which has none: something that no key of a manifest takes."""
    return {"date": str(value)}


def _walk(data: dict[str, Any], shape: Any, path: str) -> Iterator[tuple[str, str, str]]:
    """What types alone cannot tell of the table DATA and the tables in it: (key, found, allowed) for each fault."""
    hints = _hints(shape)
    required = [each.name for each in fields(shape) if each.default is MISSING and each.default_factory is MISSING]
    for key, value in data.items():
        if key not in hints:
            yield path + key, "a key that is not known", f"one of {', '.join(hints)}"
        if key in required and value in ("", []):
            yield path + key, json.dumps(value), "something: this key may not be empty"
        if key in LIMITS and type(value) in (int, float) and not LIMITS[key][0] <= value <= LIMITS[key][1]:
            yield path + key, str(value), "a number from {:g} to {:g}".format(*LIMITS[key])
        if key == "hints" and isinstance(value, list) and len(value) != HINTS:
            yield path + key, f"{len(value)} hints", f"{HINTS}: look, idea, steps"
        inner = next((each for each in get_args(hints.get(key)) if is_dataclass(each)), None)
        if inner and isinstance(value, list):
            for index, each in enumerate(value):
                if isinstance(each, dict):
                    yield from _walk(each, inner, f"{path}{key}[{index}].")


def _fault(name: str, error: ErrorDetails) -> Fault:
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"]).lstrip(".")
    if error["type"] == "missing":
        return Fault(name, key, "nothing", "this key is required")
    found = json.dumps(error["input"], ensure_ascii=False, default=str)
    return Fault(name, key, found if len(found) <= 60 else found[:57] + "...", _allowed(error))


def _allowed(error: ErrorDetails) -> str:
    message = error["msg"]
    return message.removeprefix("Input should be ").removeprefix("a valid ") if message else error["type"]
