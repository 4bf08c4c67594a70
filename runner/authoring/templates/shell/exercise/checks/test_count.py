"""Folders are made for each check; the numbers of files in them are drawn from the seed."""

from runner.kit import not_yet


def test_counts_files(shell, rng):
    """the number of files in a folder is printed"""
    compare(shell, filled(shell, "photos", rng.randrange(3, 20)))


def test_folders_do_not_count(shell, rng):
    """folders and what lies in them are not counted"""
    folder = filled(shell, "photos", rng.randrange(3, 9))
    for name in ("2019", "2020"):
        (folder / name).mkdir()
        (folder / name / "inside.jpg").write_text("x", encoding="utf-8")
    compare(shell, folder, {5: "folders below it were counted, or files in them"})


def test_any_name(shell, rng):
    """a folder with blanks in its name is counted as any other"""
    compare(shell, filled(shell, "my old photos", rng.randrange(3, 9)), {0: "`$1` without quotes is several words"})


def filled(shell, name, count):
    """A folder of that name with COUNT files in it."""
    folder = shell.folder() / name
    folder.mkdir()
    for number in range(count):
        (folder / f"picture {number}.jpg").write_text("x", encoding="utf-8")
    return folder


def compare(shell, folder, mistakes=None):
    """End the check where count.sh prints another number; MISTAKES names what it means to be wrong by that much."""
    wanted = sum(each.is_file() for each in folder.iterdir())
    done = shell.run("count.sh", folder.name, cwd=folder.parent)
    got = done.stdout.strip()
    if got == str(wanted):
        return
    means = ""
    for more, words in (mistakes or {}).items():
        wrong = not got or got == "0" if more == 0 else got.isdigit() and wanted < int(got) < wanted + more
        means = words if wrong else means
    not_yet(expected=str(wanted), got=got[:80] or "nothing", stderr=done.stderr.strip()[-200:], means=means)
