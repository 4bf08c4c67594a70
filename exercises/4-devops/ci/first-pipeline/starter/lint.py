"""The style of this project: no line is longer than 80 characters or ends with a space."""

import pathlib
import sys


def faults(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if len(line) > 80:
            yield f"{path}:{number}: longer than 80 characters"
        if line != line.rstrip():
            yield f"{path}:{number}: a space at the end"


files = [path for path in sorted(pathlib.Path().rglob("*.py")) if path.name != "lint.py"]
found = [fault for path in files for fault in faults(path)]
print(*found, f"style: {len(files)} files, {len(found)} faults", sep="\n")
sys.exit(1 if found else 0)
