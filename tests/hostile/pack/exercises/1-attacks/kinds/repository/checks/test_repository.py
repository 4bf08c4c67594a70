"""What the answers in `answers/repository/` attack: most that the kit ever asks git is asked here."""


def test_answers(repo, given, shell):
    """the newest commit on main adds word.txt with the words"""
    repo.settled()
    assert repo.changed("HEAD") == ["word.txt"]
    assert repo.text("HEAD", "word.txt") == given["words"]
    assert repo.patch_id("HEAD") and not repo.marked() and repo.reflog("HEAD")
    assert (repo.export("HEAD", shell.folder() / "out") / "word.txt").is_file()


def test_other(repo, given):
    """the commit that was there before is part of main"""
    repo.keeps(given["base"], 'the commit "Begin"')
    assert given["base"] in [each.oid for each in repo.commits("refs/heads/main")]
