"""The JSON schema of a verdict: `python -m runner.verify.schema > docs/verdict.schema.json` keeps it in the project."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from runner.verify.verdict import Verdict


def schema() -> dict[str, Any]:
    """What `learn run --json` prints, as a JSON schema: every key is always there, and no other."""
    found = TypeAdapter(Verdict).json_schema(mode="serialization")
    for shape in (found, *found["$defs"].values()):
        shape["required"] = list(shape["properties"])
        shape["additionalProperties"] = False
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


if __name__ == "__main__":
    print(json.dumps(schema(), indent=2))
