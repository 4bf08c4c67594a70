"""Entering an exercise into `pack.toml` without disturbing what its author wrote there."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from runner.errors import UsageError


def entered(text: str, phase: str, topic: str, slug: str) -> str:
    """The `pack.toml` TEXT with SLUG at the end of the order of TOPIC; a new topic comes last in PHASE.

    Comments and layout stay as they are.

    Raises:
        UsageError: tomlkit is not installed, or it cannot change this text without changing more.
    """
    try:
        import tomlkit
    except ImportError:
        advice = "pip install 'backendlings[authors]'"
        raise UsageError("Changing pack.toml needs the package tomlkit.", advice=advice) from None
    wanted = tomllib.loads(text)
    _enter(wanted, phase, topic, slug)
    document = tomlkit.parse(text)
    _enter(document, phase, topic, slug)
    new = tomlkit.dumps(document)
    if _read(new) != wanted:
        advice = f"enter the topic {topic} with {slug!r} in its order by hand"
        raise UsageError("pack.toml is written in a way that cannot be added to.", where="pack.toml", advice=advice)
    return new


def _enter(data: Any, phase: str, topic: str, slug: str) -> None:
    """Change DATA, which is plain or tomlkit's own."""
    (place,) = [each for each in data["phases"] if each["id"] == phase]
    for each in place.get("topics", []):
        if each["id"] == topic:
            _append(each["order"], slug)
            return
    title = topic.replace("-", " ").capitalize()
    made = _table(data, {"id": topic, "title": title, "order": [slug]})
    if "topics" in place:
        place["topics"].append(made)
    else:
        place["topics"] = _tables(data, made)


def _append(order: Any, slug: str) -> None:
    """Add SLUG to ORDER: on a line of its own, indented as the last one, where there are several lines."""
    lines = re.findall(r"\n([ \t]*)[^\s\]]", "" if type(order) is list else order.as_string())
    if lines:
        order.add_line(slug, indent=lines[-1])
    else:
        order.append(slug)


def _table(data: Any, values: dict[str, Any]) -> Any:
    """VALUES as a table of the kind that DATA is made of."""
    if type(data) is dict:
        return values
    import tomlkit

    table = tomlkit.table()
    table.update(values)
    table.trivia.indent = "\n"  # an empty line before it
    return table


def _tables(data: Any, table: Any) -> Any:
    """A list of one TABLE, of the kind that DATA is made of."""
    if type(data) is dict:
        return [table]
    import tomlkit

    tables = tomlkit.aot()
    tables.append(table)
    return tables


def _read(text: str) -> Any:
    """TEXT as data; None where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
