"""`learn pack add`, `update`, `remove`, `list`, `build`, as an author and a learner use them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from runner.packs.content import folder_of
from tests.cli.conftest import LEARN, environment, run_learn
from tests.packs import PHASE, add_exercise, answer_folder, change, exercise_folder, make_pack, put, read, toml
from tests.repositories import commit, git

Run = Callable[..., Any]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace with one pack, `tiny`, at its first exercise."""
    run_learn("init", "work", "--pack", str(make_pack(tmp_path / "tiny")), cwd=tmp_path)
    return tmp_path / "work"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The author's repository of another pack, `shop`, at the tag v1."""
    root = make_pack(tmp_path / "author" / "shop", name="shop")
    change(root / "pack.toml", authors=["Ana Reyes"], license="MIT")
    commit(root, tag="v1")
    return root


@pytest.fixture
def run(home: Path) -> Run:
    """`learn pack ARGS` in the workspace; demands the exit CODE and returns all that is printed."""

    def call(*args: str, code: int = 0, **options: Any) -> str:
        done = run_learn("pack", *map(str, args), cwd=home, **options)
        assert done.returncode == code, done.stdout + done.stderr
        return str(done.stdout + done.stderr)

    return call


def learn(home: Path, *args: str, code: int = 0) -> str:
    done = run_learn(*args, cwd=home)
    assert done.returncode == code, done.stdout + done.stderr
    return str(done.stdout)


def state(home: Path) -> dict[str, str]:
    """All that a command may change: the settings, the lock file, the names in the store."""
    own = home / ".learn"
    files = {name: (own / name).read_text() for name in ("workspace.json", "packs.lock.json") if (own / name).exists()}
    return {**files, "store": " ".join(sorted(os.listdir(own / "packs"))) if (own / "packs").exists() else ""}


def solve(home: Path, pack_folder: str, exercise: str, answer: Path) -> Path:
    """Hand in ANSWER for EXERCISE and have it checked; returns the learner's file."""
    learn(home, "goto", f"{pack_folder}/{exercise}")
    file = home / pack_folder / exercise / "double.py"
    file.write_text((answer / "double.py").read_text() + "# mine\n")
    learn(home, "run", f"{pack_folder}/{exercise}")
    return file


def passed(home: Path, exercise: str) -> bool:
    rows = json.loads(learn(home, "list", "--json"))["exercises"]
    return next(each["state"] == "passed" for each in rows if f"{each['pack']}/{each['id']}" == exercise)


def test_what_is_shown_before_anything_is_added(run: Run, home: Path, shop: Path):
    before = state(home)
    words = " ".join(run("add", f"{shop}@v1", code=2).split())
    for each in (
        "shop: A tiny pack",
        "by Ana Reyes; license MIT",
        "3 exercises in 1 phase",
        "3 files of checks and 1 setup.py",
        "run on this machine with your rights",
        "isolation",
        "engines bash, git",
        "There is nobody here to ask.",
        f"learn pack add {shop}@v1 --yes",
    ):
        assert each in words
    assert state(home) == before
    assert "There is nobody here" in run("add", f"{shop}@v1", code=2, input="y\n")


def test_a_missing_engine_is_told_and_no_obstacle(run: Run, shop: Path, tmp_path: Path):
    only_git = tmp_path / "bin"
    only_git.mkdir()
    git_path = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    (only_git / "git").symlink_to(git_path)
    words = " ".join(run("add", f"{shop}@v1", "--yes", env={"PATH": str(only_git)}).split())
    assert "engines git missing bash: there is no bash on PATH" in words


def test_the_question_in_a_terminal(home: Path, shop: Path):
    for answer, code, end in (("n", 1, "Nothing is added."), ("y", 0, "shop is added.")):
        child = pexpect.spawn(
            str(LEARN),
            ["pack", "add", f"{shop}@v1"],
            cwd=home,
            env=environment(TERM="xterm"),
            timeout=60,
            encoding="utf-8",
        )
        child.expect_exact("Add shop? [y/N]")
        child.sendline(answer)
        child.expect_exact(end)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == code


def archive(run: Run, shop: Path, tmp_path: Path, ending: str = ".tar.gz") -> str:
    made = tmp_path / f"shop{ending}"
    run("build", shop, "--output", made)
    return str(made)


@pytest.mark.parametrize("how", ["repository", "archive", "zip", "folder"])
def test_added_packs_are_played(how: str, run: Run, home: Path, shop: Path, tmp_path: Path):
    source = {
        "repository": lambda: f"{shop}@v1",
        "archive": lambda: archive(run, shop, tmp_path),
        "zip": lambda: archive(run, shop, tmp_path, ".zip"),
        "folder": lambda: str(shop),
    }[how]()
    run("add", source, "--yes")
    solve(home, "shop", "start/double", answer_folder(shop, "start/double", "right/times"))
    assert passed(home, "shop/start/double")
    assert not passed(home, "tiny/start/double")
    listed = json.loads(run("list", "--json"))["packs"]
    assert [(each["name"], each["exercises"], each["fault"]) for each in listed] == [("tiny", 3, ""), ("shop", 3, "")]
    assert bool(listed[1]["pinned"]) == (how != "folder")
    assert f"{shop}"[:8] in run("list")


def newer(shop: Path, tag: str = "") -> None:
    """The author's next version: an exercise renamed, one removed, one new, one with other starting files."""
    head = read(shop / "pack.toml")
    topics = {topic["id"]: topic for topic in head["phases"][0]["topics"]}
    topics["start"]["order"] = ["twice"]
    head["phases"][0]["topics"] = [topics["start"], topics["shell"]]
    put(shop / "pack.toml", toml(head))
    for root in ("exercises", "solutions"):
        (shop / root / PHASE / "start" / "double").rename(shop / root / PHASE / "start" / "twice")
        subprocess.run(["rm", "-r", shop / root / PHASE / "git"], check=True)
    change(exercise_folder(shop, "start/twice") / "exercise.toml", was=["start/double"])
    add_exercise(shop, "start/triple")
    put(exercise_folder(shop, "shell/upper") / "starter" / "upper.sh", "# TODO(learn): in capitals\n")
    commit(shop, tag=tag)


def test_an_update_keeps_the_learners_work_and_can_be_undone(run: Run, home: Path, shop: Path):
    run("add", f"{shop}@main", "--yes")
    file = solve(home, "shop", "start/double", answer_folder(shop, "start/double", "right/times"))
    learn(home, "goto", "shop/git/one-commit")
    learn(home, "goto", "shop/shell/upper")
    before = state(home)
    newer(shop)
    words = " ".join(run("update", "shop", code=2).split())
    assert "new start/triple" in words
    assert "renamed start/double is start/twice" in words
    assert "shell/upper (starting files)" in words
    assert "removed git/one-commit" in words
    assert state(home) == before
    words = run("update", "--yes")
    assert "start/double is called start/twice now" in words.replace("\n", " ")
    assert (home / "shop" / "start" / "twice" / "double.py").read_text().endswith("# mine\n")
    assert (home / "shop" / "git" / "one-commit" / "repo").is_dir()
    assert passed(home, "shop/start/twice")
    learn(home, "run", "shop/start/twice")
    assert "1 passed on 1 day." in learn(home, "status"), "one exercise under two names is one"
    assert "new starting files" in " ".join(run_learn("goto", "shop/shell/upper", cwd=home).stderr.split())
    assert "in capitals" in (home / "shop" / "shell" / "upper" / "upper.sh").read_text()
    assert "shop is up to date" in run("update", "shop")
    run("update", "shop", "--undo")
    assert file.read_text().endswith("# mine\n")
    assert passed(home, "shop/start/double")
    assert "capital letters" in (exercise_folder(store_of(home), "shell/upper") / "starter" / "upper.sh").read_text()
    assert "There is no update of shop to undo." in run("update", "shop", "--undo", code=2)
    assert state(home)["workspace.json"] == before["workspace.json"]
    run("update", "shop", "--yes")
    assert passed(home, "shop/start/twice")


def store_of(home: Path) -> Path:
    """The folder of the pack `shop` in the store."""
    pin = json.loads((home / ".learn" / "packs.lock.json").read_text())["packs"]["shop"]["now"]
    return folder_of(home / ".learn" / "packs", pin["sha256"])


def test_another_revision(run: Run, home: Path, shop: Path):
    run("add", f"{shop}@v1", "--yes")
    assert "newest" not in run("update", "shop")
    newer(shop, tag="v2")
    git(shop, "tag", "v10")
    git(shop, "tag", "a-lesson")
    words = run("update", "shop")
    assert "shop is up to date" in words
    assert "It stays at the tag v1; the newest is v10: learn pack update shop@v10" in words
    assert "learn pack update shop@v2" in run("add", f"{shop}@v2", "--yes", code=2)
    run("update", "shop@v2", "--yes")
    assert "start/triple" in learn(home, "list")
    assert "learn pack update shop@v2" in run("update", "--undo")


def test_a_tag_that_moved_is_refused(run: Run, home: Path, shop: Path):
    run("add", f"{shop}@v1", "--yes")
    before = state(home)
    newer(shop, tag="v1")
    words = run("update", "shop", "--yes", code=2)
    assert "The tag v1 was moved since shop was added." in words
    assert "--accept" in words
    assert state(home) == before
    run("update", "shop", "--accept", "--yes")
    assert "start/triple" in learn(home, "list")


def test_another_archive_of_the_same_name_is_refused(run: Run, home: Path, shop: Path, tmp_path: Path):
    path = archive(run, shop, tmp_path)
    run("add", path, "--yes")
    before = state(home)
    newer(shop)
    archive(run, shop, tmp_path)
    assert f"The archive {path} is another one since shop was added." in run("update", "--yes", code=2)
    assert state(home) == before
    other = archive(run, shop, tmp_path, "-2.zip")
    run("update", "shop", "--from", other, "--yes")
    assert "start/triple" in learn(home, "list")


def test_edited_files_in_the_store_block_and_are_mended(run: Run, home: Path, shop: Path):
    run("add", f"{shop}@v1", "--yes")
    learn(home, "goto", "shop/start/double")
    learn(home, "run", code=1)
    check = exercise_folder(store_of(home), "start/double") / "checks" / "test_double.py"
    put(check, check.read_text().replace("==", "!="))
    done = run_learn("run", cwd=home)
    assert done.returncode == 3
    assert "are not those that were" in " ".join(done.stdout.split())
    assert "learn pack update shop" in done.stdout
    assert json.loads(learn(home, "run", "--json", code=3))["status"] == "blocked"
    assert "blocked" in learn(home, "check-all", code=3)
    assert "learn pack update shop" in run_learn("reset", "--yes", cwd=home).stderr
    assert "are not those that were added" in " ".join(run("list", code=4).split())
    assert "The files of shop are mended." in run("update", "shop")
    learn(home, "run", code=1)
    subprocess.run(["rm", "-r", store_of(home)], check=True)
    done = run_learn("run", cwd=home)
    assert done.returncode == 2
    assert "learn pack update shop" in done.stderr
    run("update", "shop")
    learn(home, "run", code=1)


def test_removed_packs_keep_the_work(run: Run, home: Path, shop: Path):
    run("add", f"{shop}@v1", "--yes")
    file = solve(home, "shop", "start/double", answer_folder(shop, "start/double", "right/times"))
    words = run("remove", "shop")
    assert f"Your work on it stays in {home / 'shop'}." in words
    assert "You are at" in words
    assert "shop" not in learn(home, "list")
    assert os.listdir(home / ".learn" / "packs") == []
    assert file.is_file()
    run("add", str(shop), "--yes")
    assert passed(home, "shop/start/double")
    assert "tiny is removed" in run("remove", "tiny")
    assert "shop is the only pack here." in run("remove", "shop", code=2)
    run("add", str(home.parent / "tiny"), "--yes")
    assert (home / "start" / "double").is_dir()
    assert not (home / "tiny").exists()
    rows = json.loads(run("list", "--json"))["packs"]
    assert [each["folder"] for each in rows] == [str(home / "shop"), str(home)]


def test_a_pack_that_is_gone_can_be_removed(run: Run, home: Path, shop: Path):
    run("add", str(shop), "--yes")
    shop.rename(shop.with_name("elsewhere"))
    assert "learn pack remove shop" in run_learn("list", cwd=home).stderr
    assert "learn pack remove shop" in " ".join(run("list", code=4).split())
    run("remove", "shop")
    assert "tiny" in run("list")


def test_names_are_there_once(run: Run, home: Path, tmp_path: Path):
    other = make_pack(tmp_path / "other")
    before = state(home)
    assert "A pack called tiny is here already." in run("add", str(other), "--yes", code=2)
    assert state(home) == before
    done = run_learn("init", "new", "--pack", "other", "--pack", "tiny", cwd=tmp_path)
    assert done.returncode == 2
    assert "Two packs are called tiny." in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_folder_of_the_packs_name_is_taken_already(run: Run, home: Path, tmp_path: Path):
    run("add", str(make_pack(tmp_path / "git-pack", name="git")), "--yes")
    assert json.loads(run("list", "--json"))["packs"][1]["folder"] == str(home / "git-2"), "git is a topic of tiny's"


def test_a_pack_with_faults_is_refused(run: Run, home: Path, shop: Path):
    run("add", f"{shop}@main", "--yes")
    before = state(home)
    change(exercise_folder(shop, "start/double") / "exercise.toml", stars=9, odd=1)
    commit(shop)
    words = run("update", "shop", "--yes", code=4)
    assert f"The pack at {shop}@main has 2 faults and is not used." in words
    assert "stars: found 9" in words
    assert state(home) == before
    change(shop / "pack.toml", name="other")
    change(exercise_folder(shop, "start/double") / "exercise.toml", stars=1, odd=None)
    commit(shop)
    assert "That is another pack: other." in run("update", "shop", "--yes", code=2)
    assert state(home) == before


def test_wrong_uses(run: Run, home: Path, tmp_path: Path):
    for args in (
        ("add", "nowhere"),
        ("add", str(tmp_path)),
        ("update", "nowhere"),
        ("update", "tiny"),
        ("update", "--undo"),
        ("update", "@v1"),
        ("update", "tiny", "--undo"),
        ("remove", "nowhere"),
        ("build", "--output", "x.rar", str(tmp_path / "tiny")),
    ):
        assert "next" in run(*args, code=2), args
    assert "nothing to update" in run("update")
    assert "There is no workspace here." in run_learn("pack", "list", cwd=tmp_path).stderr
    for damage in ("{", "[]", '{"schema": 1, "packs": {"tiny": {"now": null, "before": null}}}', "[" * 100_000):
        put(home / ".learn" / "packs.lock.json", damage)
        assert "lock file of the packs cannot be read" in run("list", code=2)
    put(home / ".learn" / "packs.lock.json", '{"schema": 2, "packs": {}}')
    assert "used with a newer learn" in run("list", code=2)


def test_a_damaged_archive_leaves_nothing_behind(run: Run, home: Path, shop: Path, tmp_path: Path):
    path = Path(archive(run, shop, tmp_path))
    path.write_bytes(path.read_bytes()[:-100])
    before = state(home)
    assert "a damaged archive" in run("add", str(path), "--yes", code=4)
    assert state(home) == before


def test_a_pack_without_solutions(run: Run, home: Path, shop: Path, tmp_path: Path):
    right = answer_folder(shop, "start/double", "right/times")
    run("build", shop, "--output", tmp_path / "s.zip", "--without-solutions")
    assert "no solutions" in run("add", tmp_path / "s.zip", "--yes")
    solve(home, "shop", "start/double", right)
    done = run_learn("solution", "shop/start/double", cwd=home)
    assert done.returncode == 2
    assert "The pack shop brings no solutions." in done.stderr
    assert "It brings no solutions" in run("check", store_of(home), code=3)
    blocked = json.loads(run("check", store_of(home), "--json", code=3))["blocked"]
    assert list(blocked) == ["start/double", "shell/upper", "git/one-commit"]


def test_a_password_is_never_shown(run: Run, home: Path):
    words = run("add", "https://ana:secret-word@127.0.0.1:9/shop.git", "--yes", code=2)
    assert "127.0.0.1:9/shop.git" in words
    assert "secret-word" not in words


def test_git_that_is_not_there(run: Run, shop: Path):
    assert "Git is needed for that" in run("add", f"{shop}@v1", "--yes", code=2, env={"PATH": "/nowhere"})


def test_two_at_once_leave_one(home: Path, shop: Path):
    """Two programs add the same pack at the same time: one succeeds, the other is told, and all is whole."""
    both = [
        subprocess.Popen(
            [LEARN, "pack", "add", f"{shop}@v1", "--yes"],
            cwd=home,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    done = [each.communicate(timeout=60) for each in both]
    assert sorted(each.returncode for each in both) == [0, 2], done
    assert len(os.listdir(home / ".learn" / "packs")) == 1
    learn(home, "run", "shop/start/double", code=1)


def test_a_moved_workspace_keeps_its_packs(run: Run, home: Path, shop: Path):
    run("add", f"{shop}@v1", "--yes")
    there = home.rename(home.with_name("there"))
    learn(there, "run", "shop/start/double", code=1)
    assert git(shop, "status", "--porcelain") == ""


def test_an_update_that_is_killed_at_any_moment(run: Run, home: Path, shop: Path):
    """After each SIGKILL the pack is whole, as it was or as it will be, and the learner's work is in its place."""
    run("add", f"{shop}@v1", "--yes")
    file = solve(home, "shop", "start/double", answer_folder(shop, "start/double", "right/times"))
    newer(shop, tag="v2")
    twice = file.parents[1] / "twice" / file.name
    ended = set()
    for step in range(12):
        args = ["update", "shop@v2", "--yes"] if step % 2 else ["update", "shop", "--undo"]
        process = subprocess.Popen(
            [LEARN, "pack", *args], cwd=home, env=environment(), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        try:
            process.wait(0.15 * step)
        except subprocess.TimeoutExpired:
            process.kill()
        ended.add(process.wait())
        rows = json.loads(learn(home, "list", "--json"))["exercises"]
        states = {each["id"]: each["state"] for each in rows if each["pack"] == "shop"}
        assert states.get("start/double", states.get("start/twice")) == "passed"
        assert (twice if "start/twice" in states else file).read_text().endswith("# mine\n")
        assert json.loads(run("list", "--json"))["packs"][1]["fault"] == ""
    assert -9 in ended
    run("update", "shop@v2", "--yes")
    assert twice.read_text().endswith("# mine\n")
    assert len(os.listdir(home / ".learn" / "packs")) <= 2
