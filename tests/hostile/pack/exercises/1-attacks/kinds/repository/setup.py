"""One commit, and the words that the learner is to add."""

from runner.kit.git_builder import Builder


def setup(folder, rng):
    words = f"word {rng.randrange(10**9)}\n"
    repo = Builder(folder / "repo")
    base = repo.commit("Begin", {"base.txt": "base\n"})
    (folder / "words.txt").write_text(words, encoding="utf-8")
    return {"base": base, "words": words}
