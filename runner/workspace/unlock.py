"""What is unlocked and what comes next; pure functions of a pack and of progress."""

from __future__ import annotations

from runner.packs.models import Exercise, Pack
from runner.workspace.progress import Progress

MOST_LATER = 3
"""Exercises that may be postponed at a time."""


def passed(progress: Progress, exercise: Exercise) -> bool:
    """Whether EXERCISE was passed, in any language."""
    return bool(progress.known(exercise.pack, exercise.id).passed)


def skipped(progress: Progress, pack: str, phase: str) -> bool:
    """Whether the phase called PHASE of the pack called PACK is passed over."""
    return f"{pack}/{phase}" in progress.skipped


def _behind(progress: Progress, exercise: Exercise) -> bool:
    """Whether EXERCISE no longer holds anything back."""
    record = progress.known(exercise.pack, exercise.id)
    passed_over = skipped(progress, exercise.pack, exercise.phase)
    return bool(record.passed) or record.later or exercise.manifest.extra or passed_over


def _topic(pack: Pack, topic: str) -> list[Exercise]:
    return [each for each in pack.exercises.values() if each.topic == topic]


def topic_done(progress: Progress, pack: Pack, topic: str) -> bool:
    """Whether TOPIC holds nothing back: its core is passed or postponed, or its last core exercise is passed.

    The last exercise of a topic is the way to test out of it.
    """
    core = [each for each in _topic(pack, topic) if not each.manifest.extra]
    tested_out = bool(core) and passed(progress, core[-1])
    return tested_out or all(_behind(progress, each) for each in core)


def unlocked(progress: Progress, pack: Pack) -> set[str]:
    """The ids of the exercises that the learner may work on."""
    found: set[str] = set()
    for name, topic in pack.topics().items():
        open_topic = all(topic_done(progress, pack, needed) for needed in topic.requires)
        for exercise in _topic(pack, name):
            record = progress.known(exercise.pack, exercise.id)
            needs = (pack.exercises[needed] for needed in exercise.manifest.requires)
            if open_topic and all(_behind(progress, needed) for needed in needs):
                found.add(exercise.id)
            if record.passed or record.opened:
                found.add(exercise.id)
            # What stands after an exercise that is not done yet stays locked.
            open_topic = open_topic and _behind(progress, exercise)
    return found


def following(progress: Progress, pack: Pack, after: str | None) -> Exercise | None:
    """The exercise to do next: the first open one behind AFTER, else the first open one, else a postponed one."""
    free = unlocked(progress, pack)
    todo = [each for each in pack.exercises.values() if each.id in free and not passed(progress, each)]
    todo = [each for each in todo if each.id != after and not skipped(progress, each.pack, each.phase)]
    now = [each for each in todo if not progress.known(each.pack, each.id).later]
    order = list(pack.exercises)
    behind = [each for each in now if after in order and order.index(each.id) > order.index(after)]
    return next(iter([*behind, *now, *todo]), None)
