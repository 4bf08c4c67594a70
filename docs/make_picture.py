"""Makes docs/watch.svg, the picture of the watch screen in the README: `python docs/make_picture.py`.

Nothing in it is drawn by hand: a wrong answer of the built-in pack is checked for real, the frame is the loop's own.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from runner.packs.catalogue import builtin_root
from runner.packs.load import load
from runner.screen.console import Painter
from runner.screen.summary import summarise
from runner.verify.trial import run_once
from runner.verify.verdict import Verdict
from runner.watch.frame import draw
from runner.watch.state import Desk, State
from runner.workspace.progress import Progress

EXERCISE = "programming/boundaries"
ANSWER = "wrong/under-for-up-to"
LANGUAGE = "python"
SEED = 48213
WIDTH, HEIGHT = 80, 22


def main() -> None:
    """Check the answer, draw the frame, write the picture."""
    pack = load(builtin_root())
    exercise = pack.exercises[EXERCISE]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, exercise.topic, exercise.slug)
        shutil.copytree(exercise.starter(LANGUAGE), folder)
        shutil.copytree(exercise.answers / ANSWER, folder, dirs_exist_ok=True)
        verdict = run_once(exercise, folder, LANGUAGE, seed=SEED)
        files = (folder / next(exercise.starter(LANGUAGE).iterdir()).name,)
        desk = Desk(exercise, LANGUAGE, Path(place), folder, files, "", "", (), passed=False)
        progress = Progress()
        progress.record(pack.name, "start/hello-learn").passed["python"] = ""
        state = _state(desk, verdict, summarise([pack], progress))
        lines = draw(state, Painter("utf-8", color=True), WIDTH, HEIGHT)
    target = Path(__file__).parent / "watch.svg"
    target.write_text(_svg(lines), encoding="utf-8")
    print(f"wrote {target}")


def _state(desk: Desk, verdict: Verdict, summary: object) -> State:
    claims = tuple((each.id, each.claim) for each in verdict.checks)
    return State(desk, summary, None, content="x", claims=claims, results=verdict.checks, verdict=verdict)  # type: ignore[arg-type]


def _svg(lines: list[str]) -> str:
    console = Console(file=io.StringIO(), width=WIDTH, record=True, force_terminal=True, color_system="truecolor")
    for line in lines:
        console.print(Text.from_ansi(re.sub(r"\x1b\]8;[^\x1b]*\x1b\\", "", line)))
    picture = console.export_svg(title="learn watch", unique_id="learn")
    # Without its fonts from the network: a picture in a repository stands alone.
    return re.sub(r"@font-face \{.*?\}\n", "", picture, flags=re.DOTALL)


if __name__ == "__main__":
    main()
