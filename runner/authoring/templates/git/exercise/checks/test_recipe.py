"""The new commit is found by what lies before it; its message is free."""

from runner.kit import not_yet


def test_one_new_commit(repo, given):
    """there is exactly one new commit on main"""
    repo.settled()
    new = repo.commits(f"{given['base']}..HEAD")
    if len(new) != 1:
        means = "git add makes no commit by itself" if not new and "A  recipe.txt" in repo.dirty() else ""
        got = f"{len(new)} new commits" if new else "no new commit"
        not_yet(expected="1 new commit", got=got, means=means, look="git status; git log --oneline")


def test_only_the_recipe(repo, given, work):
    """it adds recipe.txt and nothing else"""
    new = sorted(repo.files("HEAD").keys() - repo.files(given["base"]).keys())
    if new != ["recipe.txt"]:
        means = "git add . takes every file below the folder" if "shopping.txt" in new else ""
        not_yet(expected="recipe.txt", got=", ".join(new[:5]) or "no file", means=means, look="git show --stat")
    if not (work / "repo" / "shopping.txt").is_file():
        not_yet(expected="shopping.txt in the folder, as it was", got="no such file", look="ls")
