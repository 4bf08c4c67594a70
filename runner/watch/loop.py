"""The loop: waits for saves, keys, the checker and signals, asks the reducer, and does what it answers."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Any

from runner.engines import Found, Missing
from runner.engines.provide import fetchable, told
from runner.errors import LearnError
from runner.packs.models import Exercise
from runner.screen.summary import Summary, summarise
from runner.verify.client import Checker
from runner.verify.trial import Trial, blocked, engines_of, new_seed, tools_of, versions_of
from runner.verify.verdict import Verdict
from runner.watch import state as loop_state
from runner.watch.answers import read_routes
from runner.watch.faces import Face, editor_command
from runner.watch.files import SWEEP, Events, Files
from runner.watch.reduce import reduce
from runner.watch.state import Desk, Effect, Event, State
from runner.workspace.workspace import Workspace

REDRAW = 0.03
"""Seconds from a save to the first frame, and between two while results stream in; the verdict is drawn at once."""

ENDING = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
"""Signals that end the loop, and the exit codes that shells give them."""


class Loop:
    """One `learn watch`, from its first exercise to its end."""

    def __init__(self, workspace: Workspace, face: Face, *, auto_next: bool = False, seed: int | None = None) -> None:
        self._workspace = workspace
        self._noted = False
        self._face = face
        self._seed = seed
        self._selector = selectors.DefaultSelector()
        self._wake_read, self._wake_write = os.pipe()
        for end in (self._wake_read, self._wake_write):
            os.set_blocking(end, False)
        self._selector.register(self._wake_read, selectors.EVENT_READ, "wake")
        self._events = Events(self._poke)
        self._engines: dict[tuple[str, str], dict[str, Found]] = {}
        self._checkers: dict[tuple[str, str], Checker] = {}
        self._checker: Checker | None = None
        self._trial: Trial | None = None
        self._files: Files | None = None
        self._editor: subprocess.Popen[bytes] | None = None
        self._fetching: subprocess.Popen[bytes] | None = None
        self._signals: list[int] = []
        self._code: int | None = None
        self._drawn_at = 0.0
        self._looked_at = 0.0
        self._undrawn = False
        self._progress_seen = (0, 0)
        self._auto_next = auto_next
        self._state: State | None = None

    def run(self, exercise: Exercise) -> int:
        """Work on EXERCISE and what follows until the learner quits; returns the exit code."""
        before = {each: signal.signal(each, self._caught) for each in (*ENDING, signal.SIGWINCH, signal.SIGTSTP)}
        old_wakeup = signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        try:
            first = self._entered(exercise, jump=True)
            self._state = State(first.desk, first.summary, first.following, auto_next=self._auto_next)
            self._face.open()
            keys = self._face.keys_from()
            if keys is not None:
                self._selector.register(keys, selectors.EVENT_READ, "keys")
            self._take(first)
            while self._code is None:
                self._turn()
        finally:
            self._face.close()
            signal.set_wakeup_fd(old_wakeup)
            for each, handler in before.items():
                signal.signal(each, handler)
            self._close()
        return self._code

    @property
    def state(self) -> State:
        """The state as it is."""
        assert self._state is not None
        return self._state

    # One turn

    def _turn(self) -> None:
        surely = False
        for key, _ in self._selector.select(self._patience()):
            if key.data == "wake":
                surely = self._drain_wake() or surely
            elif key.data == "keys":
                self._read_keys()
            elif self._checker is not None and key.data is self._checker:
                self._hear(self._checker)
            else:
                self._hear_early(key.data)
        self._obey_signals()
        self._look(surely)
        self._follow_others()
        self._poll_editor()
        self._poll_fetching()
        self._tell_notes()
        if self._undrawn and time.monotonic() - self._drawn_at >= REDRAW:
            self._show(None)

    def _patience(self) -> float:
        pause = self._files.pause() if self._files else SWEEP
        return min(pause, REDRAW) if self._undrawn else pause

    def _drain_wake(self) -> bool:
        with contextlib.suppress(BlockingIOError):
            while os.read(self._wake_read, 4096):
                pass
        return True

    def _poke(self) -> None:
        """Called from watchdog's thread."""
        with contextlib.suppress(OSError):
            os.write(self._wake_write, b"\0")

    def _caught(self, number: int, frame: FrameType | None) -> None:
        self._signals.append(number)

    def _obey_signals(self) -> None:
        while self._signals:
            number = self._signals.pop(0)
            if number in ENDING and (self._editor is None or number != signal.SIGINT):
                self._code = ENDING[signal.Signals(number)]
            elif number == signal.SIGWINCH:
                self._show(None)
            elif number == signal.SIGTSTP:
                self._stop()

    def _stop(self) -> None:
        """Ctrl-Z: give the terminal back while stopped, take it again afterwards."""
        self._face.close()
        os.kill(os.getpid(), signal.SIGSTOP)
        if self._editor is None:
            self._face.open()
            self._show(None)

    def _read_keys(self) -> None:
        if self._editor is not None:
            time.sleep(0.01)  # the keys are the editor's
            return
        keys = self._face.keys()
        for key in keys or []:
            self._take(loop_state.Key(key, self._face.lowest))

    def _look(self, surely: bool) -> None:
        now = time.monotonic()
        if self._files is None or (not surely and now - self._looked_at < SWEEP):
            return
        self._looked_at = now
        content = self._files.look(surely=surely)
        if content is not None:
            self._take(loop_state.Saved(content))
        if self._files.stale_lock and self._files.stale_lock.name not in self.state.notice:
            self._take(
                loop_state.Told(f"A git lock was left behind. If no git command runs: rm {self._files.stale_lock}")
            )

    def _follow_others(self) -> None:
        """Go where another program, such as `learn goto`, has moved the learner's place."""
        with contextlib.suppress(OSError):
            status = self._workspace.place.progress.stat()
            seen = (status.st_mtime_ns, status.st_ino)  # two writes can have the same time
            if seen == self._progress_seen:
                return
            self._progress_seen = seen
            if self._workspace.look_again():
                self._follow_packs()
            current = self._workspace.progress().current
            if current:
                self._take(loop_state.Moved(*current))
            desk = self.state.desk
            if self._workspace.language(desk.exercise) != desk.language:
                self._take(self._desk_of(desk.exercise))

    def _follow_packs(self) -> None:
        """Go on with other packs, or others' content: the exercise at work may be another one, or gone."""
        here = self._workspace.current(self._workspace.progress())
        if here == self.state.desk.exercise:
            if not self.state.running:
                self._take(loop_state.Recorded(*self._rows(here)))
            return
        for checker in list(self._checkers.values()):
            self._discard(checker)
        self._engines.clear()
        try:
            self._take(self._entered(here, jump=True))
        except (LearnError, OSError) as error:
            self._take(loop_state.Told(_in_one_line(error)))

    def _tell_notes(self) -> None:
        """Tell what the workspace has to say of itself, such as that its progress was damaged and made again."""
        if self._workspace.notes:
            words = " ".join(self._workspace.notes)
            self._workspace.notes.clear()
            self._take(loop_state.Told(words))

    def _poll_editor(self) -> None:
        if self._editor is not None and self._editor.poll() is not None:
            self._editor = None
            self._face.open()
            self._take(loop_state.EditorEnded())

    # What is fetched

    def _fetch(self, names: list[str]) -> None:
        """Have the first of NAMES fetched; the run that waits for it begins when it is here."""
        if self._fetching is None:
            self._take(loop_state.Told(told(names)))
            command = [sys.executable, "-P", "-m", "runner.engines.provide", names[0]]
            self._fetching = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            assert self._fetching.stdout is not None
            os.set_blocking(self._fetching.stdout.fileno(), False)

    def _poll_fetching(self) -> None:
        if self._fetching is None:
            return
        lines = self._words_of_fetching()
        for words in (each["words"] for each in lines if "words" in each):
            self._take(loop_state.Told(words))
        if self._fetching.poll() is None:
            return
        lines += self._words_of_fetching()
        self._fetching.communicate()
        self._fetching = None
        desk = self.state.desk
        if not self.state.running or self._trial is not None:
            return  # the learner has gone elsewhere
        if missing := [Missing(**each) for each in lines if "reason" in each]:
            self._take(loop_state.Ended(blocked(desk.exercise, desk.language, missing)))
        else:
            self._start_run()

    def _words_of_fetching(self) -> list[dict[str, str]]:
        """The lines that have come from what fetches; each is written whole."""
        assert self._fetching is not None and self._fetching.stdout is not None
        try:
            data = os.read(self._fetching.stdout.fileno(), 1 << 16)
        except BlockingIOError:
            return []
        return [json.loads(line) for line in data.splitlines()]

    # The checker

    def _hear(self, checker: Checker) -> None:
        for event in checker.events():
            if event["event"] == "ready":
                self._take(loop_state.Ready(tuple(checker.claims)))
                self._tell_once(checker.note)
            if self._trial:
                seen = len(self._trial.results)
                verdict = self._trial.take(event)
                for result in self._trial.results[seen:]:
                    self._take(loop_state.Result(result))
                if verdict:
                    self._trial = None
                    self._take(loop_state.Ended(verdict))
            if event["event"] == "gone":
                self._discard(checker)
                return

    def _tell_once(self, note: str) -> None:
        """Tell why runs are less isolated than they could be, with the first checker that says so."""
        if note and not self._noted:
            self._noted = True
            self._take(loop_state.Told(f"Your programs run with less isolation than usual: learn doctor. {note}"))

    def _hear_early(self, checker: Checker) -> None:
        """Events of a checker that warms up for the next exercise."""
        if any(event["event"] == "gone" for event in checker.events()):
            self._discard(checker)

    def _checker_for(self, exercise: Exercise, language: str, tools: dict[str, str]) -> Checker:
        key = (exercise.id, language)
        if key not in self._checkers:
            checker = Checker(exercise, language, tools, [self._workspace.root])
            self._checkers[key] = checker
            self._selector.register(checker.fileno(), selectors.EVENT_READ, checker)
        return self._checkers[key]

    def _discard(self, checker: Checker) -> None:
        self._selector.unregister(checker.fileno())
        checker.close()
        self._checkers = {key: each for key, each in self._checkers.items() if each is not checker}
        if self._checker is checker:
            self._checker = None

    def _close(self) -> None:
        if self._editor:
            self._editor.send_signal(signal.SIGHUP)  # as when its terminal goes away: editors then keep what is unsaved
        if self._fetching:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._fetching.pid, signal.SIGTERM)
            self._fetching.communicate()
        self._events.close()
        for checker in list(self._checkers.values()):
            self._discard(checker)
        self._selector.close()
        os.close(self._wake_read)
        os.close(self._wake_write)

    # Events and effects

    def _take(self, event: Event) -> None:
        self._state, effects = reduce(self.state, event)
        if isinstance(event, loop_state.Saved):
            self._drawn_at = time.monotonic()  # drawing would hold up the run; a verdict within a blink replaces it
        frequent = isinstance(event, loop_state.Saved | loop_state.Result)
        if self._face.draws and frequent and time.monotonic() - self._drawn_at < REDRAW:
            self._undrawn = True
        else:
            self._show(event)
        for effect in effects:
            try:
                self._do(effect)
            except (LearnError, OSError) as error:
                words = _in_one_line(error)
                if isinstance(effect, loop_state.Record):
                    words = f"This verdict could not be recorded: {words}. Mend that, then press r."
                self._take(loop_state.Told(words))

    def _show(self, event: Event | None) -> None:
        self._face.show(self.state, event)
        self._drawn_at = time.monotonic()
        self._undrawn = False

    def _do(self, effect: Effect) -> None:
        match effect:
            case loop_state.StartRun():
                self._start_run()
            case loop_state.Look(verdict):
                assert self._files is not None
                self._files.look(surely=True)
                self._take(loop_state.Looked(self._files.content, verdict))
            case loop_state.Record(verdict):
                self._record(verdict)
            case loop_state.Enter(pack, name, jump):
                self._take(self._entered(self._find(pack, name), jump=jump))
            case loop_state.ReadHint():
                self._read_hint()
            case loop_state.ReadSolution():
                desk = self.state.desk
                self._take(loop_state.SolutionRead(read_routes(desk.exercise, desk.language, desk.folder)))
            case loop_state.Reset():
                self._reset()
            case loop_state.OpenEditor():
                self._open_editor()
            case loop_state.Quit(code):
                self._code = code

    def _start_run(self) -> None:
        desk = self.state.desk
        engines, missing = self._engines_of(desk.exercise, desk.language)
        if fetchable(missing):
            self._fetch(fetchable(missing))
            return
        if amiss := self._workspace.amiss(desk.exercise):
            missing = [amiss]
        if missing:
            self._take(loop_state.Ended(blocked(desk.exercise, desk.language, missing)))
            return
        checker = self._checker_for(desk.exercise, desk.language, tools_of(engines))
        self._checker = checker
        if checker.ready and not self.state.claims:
            self._take(loop_state.Ready(tuple(checker.claims)))
        elif checker.starting:
            self._take(loop_state.Starting(checker.starting))
        seed = new_seed() if self._seed is None else self._seed
        given = self._workspace.laid(desk.exercise).given
        run = checker.run(desk.folder, seed, given)
        self._trial = Trial(desk.exercise, desk.language, seed, run, versions_of(engines))

    def _record(self, verdict: Verdict) -> None:
        self._workspace.record(verdict)
        summary, following = self._rows(self.state.desk.exercise)
        if verdict.passed and following:
            self._workspace.lay_out(following)
            self._warm(following)
        self._take(loop_state.Recorded(summary, following))

    def _warm(self, exercise: Exercise) -> None:
        """Have the next exercise's checks collected before the learner goes there."""
        language = self._workspace.language(exercise)
        engines, missing = self._engines_of(exercise, language)
        if not missing and not self._workspace.amiss(exercise):
            self._checker_for(exercise, language, tools_of(engines))

    def _engines_of(self, exercise: Exercise, language: str) -> tuple[dict[str, Found], list[Missing]]:
        """The engines of a run, asked for once: a program takes as long to tell its version as a whole run does."""
        key = (exercise.id, language)
        if key not in self._engines:
            engines, missing = engines_of(exercise, language)
            if missing:
                return engines, missing
            self._engines[key] = engines
        return self._engines[key], []

    def _find(self, pack: str, name: str) -> Exercise:
        return self._workspace.find(f"{pack}/{name}")

    def _entered(self, exercise: Exercise, *, jump: bool) -> loop_state.Entered:
        """Go to EXERCISE: lay it out, follow its files, let go of other exercises' checkers."""
        self._workspace.enter(exercise, jump=jump)
        return self._desk_of(exercise)

    def _desk_of(self, exercise: Exercise) -> loop_state.Entered:
        workspace = self._workspace
        folder = workspace.folder(exercise)
        self._events.follow(folder)
        self._files = Files(folder)
        self._trial = None
        language = workspace.language(exercise)
        for key, checker in list(self._checkers.items()):
            if key != (exercise.id, language):
                self._discard(checker)
        record = workspace.progress().known(exercise.pack, exercise.id)
        desk = Desk(
            exercise=exercise,
            language=language,
            root=workspace.root,
            folder=folder,
            files=tuple(workspace.files_to_edit(exercise)),
            starting_content=workspace.laid(exercise).content,
            brief=exercise.brief.read_text(encoding="utf-8", errors="replace"),
            hints=exercise.manifest.hints[: record.hints],
            passed=bool(record.passed),
            stages_done=workspace.stages_done(exercise),
        )
        summary, following = self._rows(exercise)
        notice = " ".join(workspace.notes)
        workspace.notes.clear()
        return loop_state.Entered(desk, summary, following, self._files.content, notice)

    def _rows(self, exercise: Exercise) -> tuple[Summary, Exercise | None]:
        progress = self._workspace.progress()
        return summarise(self._workspace.packs, progress), self._workspace.following(progress, exercise)

    def _read_hint(self) -> None:
        exercise = self.state.desk.exercise
        before = len(self.state.desk.hints)
        count = self._workspace.read_hint(exercise) if self.state.show_hints or not before else before
        held = count == before and self.state.show_hints and count < len(exercise.manifest.hints)
        self._take(loop_state.HintRead(exercise.manifest.hints[:count], held))

    def _reset(self) -> None:
        exercise = self.state.desk.exercise
        kept = self._workspace.reset(exercise)
        event = self._desk_of(exercise)
        # A shell in the folder goes along with it when it is moved.
        moved = f" Your old work is in {kept}; a shell in the folder needs a cd." if kept else ""
        entered = loop_state.Entered(event.desk, event.summary, event.following, event.content, f"Begun again.{moved}")
        self._take(entered)

    def _open_editor(self) -> None:
        command = editor_command(self.state.desk.files[0], dict(os.environ))
        self._face.close()
        try:
            self._editor = subprocess.Popen(command)
        except OSError as error:
            self._face.open()
            notice = f"{command[0]} could not be started ({error.strerror}); set VISUAL to your editor."
            self._take(loop_state.EditorEnded(notice))


def _in_one_line(error: Any) -> str:
    if isinstance(error, LearnError):
        advice = next((text for label, text in error.rows if label == "next"), "")
        return f"{error.problem} {advice}".strip()
    return f"{error.strerror or error}: {error.filename or ''}".strip(": ")
