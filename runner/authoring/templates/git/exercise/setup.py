"""A repository with one commit, and two new files in its folder."""

from runner.kit.git_builder import Builder


def setup(folder, rng):
    """Fill the learner's folder; what is returned reaches the checks as `given`."""
    repo = Builder(folder / "repo")
    base = repo.commit("Start the cookbook", {"README.md": "# Cookbook\n"})
    repo.write("recipe.txt", f"Soup for {rng.randrange(2, 9)}\n")
    repo.write("shopping.txt", "salt\n")
    return {"base": base}
