"""The catalogue: packs as commands use them, kept as JSON so that most commands need not validate again."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from runner import __version__
from runner.files import write_whole
from runner.isolation import higher
from runner.packs.models import CheckSpec, Exercise, ExerciseManifest, Pack, PackManifest, Phase, Topic


def builtin_root() -> Path:
    """The built-in pack's folder: inside the installed package, or the source tree around it."""
    inside = Path(__file__).parent.parent / "builtin"
    return inside if (inside / "pack.toml").is_file() else Path(__file__).parents[2]


def open_pack(root: Path, cache: Path) -> Pack:
    """The pack in the folder ROOT, from the file CACHE when no manifest changed since it was written.

    Raises:
        PackError: the pack has faults.
    """
    stamp = _stamp(root)
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        kept = json.loads(cache.read_text(encoding="utf-8"))
        if kept["stamp"] == stamp:
            return _unpack(root, kept)
    from runner.packs.load import load  # with pydantic behind it, so only when something changed

    pack = load(root)
    with contextlib.suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        write_whole(cache, _packed(pack, stamp))
    return pack


def _stamp(root: Path) -> list[Any]:
    """What tells that a manifest changed: this program's version and each manifest's place, time and size."""
    seen: list[Any] = [__version__, str(root)]
    for path in (root / "pack.toml", *sorted(root.glob("exercises/*/*/*/exercise.toml"))):
        with contextlib.suppress(OSError):
            status = os.stat(path)
            seen.append([path.as_posix(), status.st_mtime_ns, status.st_size])
    return seen


def _packed(pack: Pack, stamp: list[Any]) -> str:
    manifests = {each.id: [each.phase, each.manifest] for each in pack.exercises.values()}
    # In one line and with `vars` rather than `asdict`: a pack of a thousand exercises takes a third of the time so.
    return json.dumps({"stamp": stamp, "manifest": pack.manifest, "exercises": manifests}, default=vars)


def _unpack(root: Path, kept: dict[str, Any]) -> Pack:
    head = kept["manifest"]
    phases = tuple(_phase(each) for each in head.pop("phases"))
    pack = Pack(str(root), PackManifest(phases=phases, **_tuples(head)))
    for name, (phase, manifest) in kept["exercises"].items():
        topic, slug = name.split("/")
        checks = tuple(CheckSpec(**_tuples(each)) for each in manifest.pop("checks"))
        spec = ExerciseManifest(checks=checks, **_tuples(manifest))
        isolation = higher(pack.manifest.isolation, spec.isolation)
        pack.exercises[name] = Exercise(pack.name, phase, topic, slug, str(root), spec, isolation)
    return pack


def _phase(data: dict[str, Any]) -> Phase:
    topics = tuple(Topic(**_tuples(each)) for each in data.pop("topics"))
    return Phase(topics=topics, **data)


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
