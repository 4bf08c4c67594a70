"""Seeing saves: watchdog's events make the look early, a sweep of the files' `stat` makes it certain."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from runner.verify import snapshot

SWEEP = 0.05
"""Seconds between two sweeps while the learner is at work."""

IDLE_SWEEP = 0.2
"""Seconds between two sweeps when nothing has happened for `IDLE_AFTER`, to leave the core to others."""

IDLE_AFTER = 30.0
"""Seconds without a save after which the learner counts as idle."""

SETTLE = 0.05
"""Seconds that a file emptied a moment ago may take to be filled: editors truncate, then write."""

LOCK_PATIENCE = 10.0
"""Seconds that a git lock is waited for before it counts as left behind."""

RECENT = 2.0
"""Seconds during which a file's times cannot be trusted to tell two writes apart, so that bytes are compared."""


WANTED = (
    "DirCreatedEvent",
    "DirDeletedEvent",
    "DirMovedEvent",
    "FileClosedEvent",
    "FileCreatedEvent",
    "FileDeletedEvent",
    "FileModifiedEvent",
    "FileMovedEvent",
)
"""watchdog's events that may be a save."""


class Files:
    """The files of one exercise: says when their content has changed."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder = folder
        self.content = snapshot.content(folder)
        self.stale_lock: Path | None = None
        self._clock = clock
        self._signature = snapshot.signature(folder)
        self._changed_at = clock()
        self._sizes = _sizes(self._signature)
        self._emptied_at: float | None = None
        self._locked_at: float | None = None

    def pause(self) -> float:
        """Seconds to wait for an event before the next sweep."""
        return IDLE_SWEEP if self._clock() - self._changed_at > IDLE_AFTER else SWEEP

    def look(self, *, surely: bool = False) -> str | None:
        """The new content hash if the content has changed since the last look, else None.

        Args:
            surely: compare the bytes even where `stat` tells of no change.
        """
        now = self._clock()
        signature = snapshot.signature(self.folder)
        if signature != self._signature:
            self._signature = signature
            self._changed_at = now
        elif not surely and now - self._changed_at > RECENT and self._emptied_at is None and self._locked_at is None:
            return None
        if self._locked(now) or self._filling(signature, now):
            return None
        self._sizes = _sizes(signature)
        content = snapshot.content(self.folder)
        if content == self.content:
            return None
        self.content = content
        return content

    def _locked(self, now: float) -> bool:
        """Whether a git command is at work; a lock held for too long no longer counts."""
        lock = snapshot.held_lock(self.folder)
        if lock is None:
            self._locked_at = self.stale_lock = None
            return False
        self._locked_at = now if self._locked_at is None else self._locked_at
        if now - self._locked_at < LOCK_PATIENCE:
            return True
        self.stale_lock = lock
        return False

    def _filling(self, signature: Any, now: float) -> bool:
        """Whether a file that held something is empty since a moment ago, and so may be half saved."""
        emptied = any(size == 0 and self._sizes.get(name) for name, size in _sizes(signature).items())
        if not emptied:
            self._emptied_at = None
            return False
        self._emptied_at = now if self._emptied_at is None else self._emptied_at
        if now - self._emptied_at < SETTLE:
            return True
        self._emptied_at = None
        return False


def _sizes(signature: Any) -> dict[str, int]:
    return {name: size for name, _, size, *_ in signature}


class Events:
    """watchdog on the exercise's folder; calls POKE from its own thread whenever something may have changed."""

    def __init__(self, poke: Callable[[], None]) -> None:
        self._poke = poke
        self._observer: Any = None

    def follow(self, folder: Path) -> None:
        """Watch FOLDER instead of what was watched before. A system without events is not an error: sweeps remain."""
        import warnings

        from watchdog import events
        from watchdog.observers import Observer

        self.close()
        # A folder that goes and comes back, as at a git checkout, makes it warn in the middle of the screen.
        warnings.filterwarnings("ignore", message="Callback with id", category=RuntimeWarning)
        handler = events.FileSystemEventHandler()
        handler.on_any_event = self._tell  # type: ignore[method-assign]
        # Opening and closing are left out: our own sweeps would be told to us.
        wanted = [getattr(events, name) for name in WANTED]
        with contextlib.suppress(OSError):
            observer = Observer()
            observer.schedule(handler, str(folder), recursive=True, event_filter=wanted)
            observer.start()
            self._observer = observer

    def close(self) -> None:
        """Stop watching."""
        if self._observer:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    def _tell(self, event: Any) -> None:
        self._poke()
