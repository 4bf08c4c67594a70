"""Reading `pack.toml` and `exercise.toml` into their models, with every fault told at once."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from runner.errors import Fault

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


def _validate(data: dict[str, Any], shape: type[Model], name: str) -> tuple[Model | None, list[Fault]]:
    adapter = TypeAdapter(shape, config=None)
    unknown = [
        Fault(name, key, "a key that is not known", f"one of {allowed}") for key, allowed in _unknown(data, shape)
    ]
    try:
        # Through JSON, because there strict validation takes a list for a tuple but never "3" for 3.
        model = adapter.validate_json(json.dumps(data, default=str), strict=True)
    except ValidationError as error:
        return None, unknown + [_fault(name, each) for each in error.errors(include_url=False)]
    return (None, unknown) if unknown else (model, [])


def _unknown(data: Any, shape: Any, path: str = "") -> list[tuple[str, str]]:
    """Keys of DATA that the dataclass SHAPE lacks, as (path, allowed keys); looks into lists of tables too."""
    from dataclasses import fields
    from typing import get_args, get_type_hints

    hints = get_type_hints(shape)
    names = [each.name for each in fields(shape)]
    found = [(path + key, ", ".join(names)) for key in data if key not in names]
    for key, value in data.items():
        inner = [each for each in get_args(hints.get(key)) if hasattr(each, "__dataclass_fields__")]
        if inner and isinstance(value, list):
            for index, each in enumerate(value):
                if isinstance(each, dict):
                    found += _unknown(each, inner[0], f"{path}{key}[{index}].")
    return found


def _fault(name: str, error: ErrorDetails) -> Fault:
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"]).lstrip(".")
    if error["type"] == "missing":
        return Fault(name, key, "nothing", "this key is required")
    found = json.dumps(error["input"], ensure_ascii=False, default=str)
    return Fault(name, key, found if len(found) <= 60 else found[:57] + "...", _allowed(error))


def _allowed(error: ErrorDetails) -> str:
    message = error["msg"]
    return message.removeprefix("Input should be ").removeprefix("a valid ") if message else error["type"]
