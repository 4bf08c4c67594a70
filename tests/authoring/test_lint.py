"""What the gates say of files that no learner could read."""

from __future__ import annotations

from runner.authoring.gates import check_pack
from runner.packs.load import load
from tests.packs import exercise_folder, make_pack


def test_a_brief_that_is_not_utf8_is_a_finding_and_no_crash(tmp_path):
    root = make_pack(tmp_path)
    brief = exercise_folder(root, "shell/upper") / "README.md"
    brief.write_bytes(brief.read_bytes() + b"caf\xe9\n")
    report = check_pack(load(root), ["shell/upper"], [1], 1)
    assert [(each.gate, each.where) for each in report.findings] == [("brief", "README.md")]
    assert "not UTF-8" in report.findings[0].found
