"""Dockerfiles: from a save to the verdict, beside `docker build` and `docker run` by hand on the same files."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import common
from benchmarks.common import FRAME_END, Failed, Terminal

CASES = {
    "docker/first-image": ("right/environment", "app.py", 4, 1, 3),
    "docker/layers-and-ignore": ("right/packages-first", "page.txt", 4, 3, 3),
}
"""For each exercise an answer, the file that is edited, and the number of its checks, their builds and containers."""

NAME = "backendlings-by-hand"
PATIENCE = 60.0
QUIET = 1.0
"""Seconds without a word on the terminal after which a run has tidied up, and the next one waits."""


def answer(exercise: str, folder: Path) -> Path:
    """Lay the right answer to EXERCISE over FOLDER; returns the file that is edited."""
    route, file, *_ = CASES[exercise]
    shutil.copytree(common.ROOT / "solutions" / "4-devops" / exercise / route, folder, dirs_exist_ok=True)
    return folder / file


def edit(file: Path, number: int) -> None:
    """One more save: a line that the layers after the packages alone depend on."""
    with file.open("a", encoding="utf-8") as text:
        text.write(f"# {time.time_ns()} {number}\n")


def by_hand(docker: str, folder: Path) -> tuple[float, float]:
    """The seconds of one build, and of one container from `docker run` until it answers."""
    began = time.monotonic()
    run([docker, "build", "--quiet", "--tag", NAME, "."], folder)
    built = time.monotonic()
    run(
        [docker, "run", "--detach", "--name", NAME, "--env", "HOST=0.0.0.0", "--publish", "127.0.0.1::8000", NAME],
        folder,
    )
    address = run([docker, "port", NAME, "8000"], folder).strip()
    while subprocess.run(
        ["curl", "--silent", "--output", os.devnull, f"http://{address}/tasks"], check=False
    ).returncode:
        if time.monotonic() > built + PATIENCE:
            raise Failed("the container does not answer")
    answered = time.monotonic()
    run([docker, "rm", "--force", NAME], folder)
    run([docker, "rmi", "--force", NAME], folder)  # else the next build leaves it behind, without a name
    return built - began, answered - built


def run(command: list[str], folder: Path) -> str:
    """What COMMAND prints."""
    env = {**common.environment(), "DOCKER_BUILDKIT": "1"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


def builder() -> str:
    """A `docker` that can build with BuildKit: the first on PATH need not have the plugin for it."""
    for folder in common.environment()["PATH"].split(os.pathsep):
        program = shutil.which("docker", path=folder)
        env = {**common.environment(), "DOCKER_BUILDKIT": "1"}
        if program and not subprocess.run([program, "build", "--help"], env=env, capture_output=True).returncode:
            done = subprocess.run(
                [program, "build", "-"], input=b"FROM scratch\nLABEL a=1\n", env=env, capture_output=True
            )
            if not done.returncode:
                return program
    raise Failed("there is no docker on PATH that builds")


@dataclass(frozen=True)
class Row:
    """Seconds: from each save to the verdict, of one build and run by hand, and of as many as the checks do (COUNT)."""

    title: str
    verdicts: list[float]
    one: list[float]
    same: list[float]
    count: str


def measure(exercise: str, folder: Path, rounds: int) -> Row:
    """ROUNDS saves for EXERCISE, in turns with the same by hand; the first warms up.

    Raises:
        Failed: there is no Docker that builds, or it refuses.
    """
    docker = builder()
    _, _, checks, builds, containers = CASES[exercise]
    work = common.make_workspace(common.ROOT, folder / "work", exercise)
    hand = folder / "hand"
    shutil.copytree(common.ROOT / "exercises" / "4-devops" / exercise / "starter", hand)
    files = answer(exercise, work), answer(exercise, hand)
    terminal = Terminal([common.learn(), "watch", str(folder / "work")], common.ROOT, common.environment())
    shows = f"{checks} of {checks} checks pass".encode() + FRAME_END
    ours, theirs = [], []
    try:
        terminal.until(shows, PATIENCE)
        for number in range(rounds + 1):
            terminal.quiet(QUIET)
            common.wait_for_calm()
            terminal.forget()
            began = time.monotonic()
            edit(files[0], number)
            seconds = terminal.until(shows, PATIENCE) - began
            edit(files[1], number)
            built, answered = by_hand(docker, hand)
            if number:
                ours.append(seconds)
                theirs.append((built, answered))
    finally:
        terminal.close()
        subprocess.run([docker, "rmi", "--force", NAME], capture_output=True, check=False)
    one = [built + answered for built, answered in theirs]
    same = [builds * built + containers * answered for built, answered in theirs]
    return Row(exercise, ours, one, same, f"{builds} and {containers}")
