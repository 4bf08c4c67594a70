"""The command `learn`. Each command lives in a module of its own, imported only when it is used."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from runner.cli.terminal import say, suit_terminal
from runner.errors import LearnError

COMMANDS = {
    "watch": ("runner.cli.watch", "Check at every save, and unlock the next exercise."),
    "init": ("runner.cli.place", "Make a workspace."),
    "run": ("runner.cli.verdicts", "Check one exercise once."),
    "check-all": ("runner.cli.verdicts", "Check every exercise that is laid out."),
    "hint": ("runner.cli.hint", "Read the next hint."),
    "brief": ("runner.cli.reading", "Read what an exercise asks."),
    "doc": ("runner.cli.reading", "Read the half page behind an exercise, offline."),
    "solution": ("runner.cli.reading", "Read the right answers, once you have passed."),
    "list": ("runner.cli.roadmap", "List the exercises."),
    "status": ("runner.cli.roadmap", "Show the roadmap and how far you are."),
    "goto": ("runner.cli.place", "Go to an exercise."),
    "later": ("runner.cli.place", "Do an exercise later."),
    "skip": ("runner.cli.place", "Pass over an optional phase."),
    "language": ("runner.cli.language", "Show or change the language that you write in."),
    "reset": ("runner.cli.place", "Begin an exercise again; your work is kept."),
    "with": ("runner.cli.with_engines", "Run a command of yours with an engine, such as mongodb."),
    "doctor": ("runner.cli.doctor", "Show which engines are here."),
    "pack": ("runner.cli.pack", "Add and update packs; the tools of their authors."),
}
"""Each command: the module that holds it, and its line in the help."""


class Commands(click.Group):
    """A group whose commands are imported only when they are used."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names, in the order of a learner's day."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command NAME."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[name][0])
        command: click.Command = getattr(module, name.replace("-", "_") + "_command")
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table above, so that help imports none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown command is answered with the nearest one."""
        name = args[0]
        if name not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            advice = f"learn {near[0]}" if near else "learn --help"
            raise click.UsageError(f"There is no command {name!r}. Next: {advice}", context)
        return super().resolve_command(context, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--workspace", type=click.Path(path_type=Path), envvar="LEARN_WORKSPACE", help="The workspace's folder.")
@click.version_option(package_name="backendlings")
@click.pass_context
def learn(context: click.Context, workspace: Path | None) -> None:
    """Learn backend skills by small exercises, checked at every save."""
    context.obj = workspace


def main() -> NoReturn:
    """Run the command line; every failure ends in one message and its exit code."""
    suit_terminal()
    code = _run()
    with contextlib.suppress(OSError):  # told by `_run`, or nobody reads any more
        sys.stdout.flush()
    os._exit(code)  # Python would first take itself apart, for an eighth of a short command's time


def _run() -> int:
    """The exit code of the command, once all it says is said."""
    try:
        code = learn.main(standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show(sys.stderr)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except LearnError as error:
        say(f"{_sign(error)} {error}", error=True)
        return error.exit_code
    except BrokenPipeError:
        return 0
    except OSError as error:
        say(_trouble(error), error=True)
        return 2


def _sign(error: LearnError) -> str:
    try:
        error.sign.encode(sys.stderr.encoding or "ascii")
    except UnicodeEncodeError:
        return "!"
    return error.sign


def _trouble(error: OSError) -> str:
    """A file system's refusal in words."""
    import errno

    # A copy of several files that failed has its reasons in its words alone.
    codes = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EDQUOT)
    code = error.errno or next((each for each in codes if os.strerror(each) in str(error)), 0)
    in_the_way = ("Something else has that name.", "move it away, then run the same command again")
    known = {
        errno.EEXIST: in_the_way,
        errno.EISDIR: in_the_way,
        errno.ENOTDIR: in_the_way,
        errno.ENOSPC: ("The disk is full.", "free some space, then run the same command again"),
        errno.EROFS: ("The file system is read-only.", "use a workspace in a folder that you may write"),
        errno.EACCES: ("The file or folder is not yours to use.", "ls -ld the path above, and mend its permissions"),
        errno.EPERM: ("The file or folder may not be changed.", "ls -ld the path above, and mend its permissions"),
        errno.EDQUOT: ("Your disk quota is used up.", "free some space, then run the same command again"),
    }
    words, advice = known.get(code, (f"{error.strerror or error}.", "learn doctor"))
    where = f"\n  where     {error.filename}" if error.filename else ""
    return f"! {words}{where}\n  next      {advice}"
