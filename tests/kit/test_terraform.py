"""Stacks of a learner's configuration on a real Terraform: what plans and errors say; no two meet."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runner.engines import Missing, programs
from runner.engines.find import find
from runner.engines.terraform import PROGRAM, WHEEL
from runner.kit.outcomes import CouldNotRun, NotYet, RanTooLong
from runner.kit.terraform import Terraform
from tests.conftest import absent

BOX = """
variable "names" { type = set(string) }
variable "size" {
  type    = number
  default = 1
  validation {
    condition     = var.size > 0
    error_message = "A box has a size."
  }
}
resource "terraform_data" "box" {
  for_each         = var.names
  input            = { name = each.key, size = var.size }
  triggers_replace = var.size > 9
}
output "ids" { value = { for name, box in terraform_data.box : name => box.id } }
"""

Make = Callable[..., Terraform]


@pytest.fixture(params=["program", "wheel"])
def make(request, make_context) -> Iterator[Make]:
    """Makes the fixture for a configuration, on what is found here and on the wheel."""
    found = find("terraform")
    if isinstance(found, Missing):
        absent(found.reason)
    path = found.path if request.param == "program" else str(PROGRAM)
    if request.param == "wheel" and not programs.version(path, "version"):
        absent(f"{WHEEL} is not installed")

    def making(files: dict[str, str] | str, **facts: object) -> Terraform:
        files = {"main.tf": files} if isinstance(files, str) else files
        context = make_context(files, language="", timeout=40.0, **facts)
        context.tools["terraform"] = path
        made.append(Terraform(context))
        made[-1].prepare()
        return made[-1]

    made: list[Terraform] = []
    yield making
    for each in made:
        each.close()


def test_a_stack_goes_from_nothing_to_nothing(make):
    stack = make(BOX).stack()
    plan = stack.plan(names=["a", "b"])
    assert [change.words for change in plan.effects] == [
        'create terraform_data.box["a"]',
        'create terraform_data.box["b"]',
    ]
    assert not plan.empty and plan.outputs == {"ids": "create"}
    state = stack.apply(names=["a", "b"])
    assert state.outputs["ids"]["a"] == state.resources['terraform_data.box["a"]']["id"]
    plan = stack.plan(names=["a", "b"])
    assert plan.empty and not plan.effects and plan.words == "nothing"
    assert [change.verb for change in plan.changes] == ["no-op", "no-op"]
    assert stack.destroy(names=["a", "b"]).resources == {}


def test_a_plan_says_what_becomes_of_each_resource(make):
    stack = make(BOX).stack()
    stack.apply(names=["a", "b", "c"])
    assert [change.verb for change in stack.plan(names=["a", "c"]).changes] == ["no-op", "delete", "no-op"]
    assert [change.verb for change in stack.plan(names=["a"], size=2).effects] == ["update", "delete", "delete"]
    change = stack.plan(names=["a", "b", "c"], size=10).effects[0]
    assert (change.verb, change.before["input"]["size"], change.after["input"]["size"]) == ("replace", 1, 10)


def test_a_move_keeps_its_old_address_and_removed_forgets(make):
    terraform = make('resource "terraform_data" "old" {}\nresource "terraform_data" "left" {}\n')
    stack = terraform.stack()
    stack.apply()
    stack.folder.joinpath("main.tf").write_text(
        'resource "terraform_data" "new" {}\n'
        "moved {\n  from = terraform_data.old\n  to = terraform_data.new\n}\n"
        "removed {\n  from = terraform_data.left\n  lifecycle {\n    destroy = false\n  }\n}\n"
    )
    found = {change.address: (change.verb, change.previous_address) for change in stack.plan().changes}
    assert found == {
        "terraform_data.new": ("no-op", "terraform_data.old"),
        "terraform_data.left": ("forget", ""),
    }


def test_stacks_do_not_meet_and_begin_without_the_learners_own_state(make):
    terraform = make({"main.tf": BOX, "terraform.tfstate": "no state", ".terraform/environment": "elsewhere"})
    one, other = terraform.stack(), terraform.stack()
    one.apply(names=["a"])
    assert other.state().resources == {}
    assert [change.verb for change in other.plan(names=["a"]).changes] == ["create"]


@pytest.mark.parametrize(
    ("text", "word", "where"),
    [
        ('resource "terraform_data" "x" {\n', "Unclosed configuration block", "main.tf, line 1: resource"),
        ('\noutput "x" { value = terraform_data.none.id }\n', "undeclared resource", "main.tf, line 2: output"),
        ('resource "random_pet" "x" {}\n', "hashicorp/random", ""),
        ('module "x" { source = "./none" }\n', "nreadable module directory", ""),
    ],
)
def test_an_error_comes_in_terraforms_words_with_its_place(make, text, word, where):
    with pytest.raises(CouldNotRun) as failed:
        make(text).stack().plan()
    rows = dict(failed.value.rows)
    assert word in rows["got"]
    assert rows.get("where", "").startswith(where)


def test_an_error_after_a_plan_that_worked_is_not_yet(make):
    stack = make(BOX).stack()
    stack.plan(names=["a"])
    with pytest.raises(NotYet) as failed:
        stack.plan(names=["a"], size=0)
    assert "A box has a size." in dict(failed.value.rows)["got"]
    assert [error.summary for error in stack.errors(names=["a"], size=0)] == ["Invalid value for variable"]
    assert stack.errors(names=["a"]) == []


def test_inputs_reach_terraform_as_they_are(make):
    types = 'variable "it" { type = any }\noutput "it" { value = var.it }\n'
    stack = make(types.replace("any", "map(list(string))")).stack()
    value = {"a b": ['say "hi"', "über", "line\nbreak"], "c": []}
    assert stack.apply(it=value).outputs == {"it": value}
    assert make(types.replace("any", "string")).stack().apply(it='a "b" $HOME').outputs == {"it": 'a "b" $HOME'}


def test_what_never_ends_is_ended(make, tmp_path):
    program = f"{sys.executable} -c 'import time; time.sleep(60)'"
    text = f'resource "terraform_data" "x" {{\n  provisioner "local-exec" {{ command = "{program}" }}\n}}\n'
    terraform = make(text)
    stack = terraform.stack()
    terraform._context.begin(1, {})
    terraform._context.deadline -= terraform._context.timeout - 3
    with pytest.raises(RanTooLong):
        stack.apply()


def test_the_persons_own_settings_play_no_part(make, monkeypatch, tmp_path):
    Path(tmp_path, "settings").write_text("nonsense {")
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(tmp_path / "settings"))
    monkeypatch.setenv("TF_VAR_size", "0")
    monkeypatch.setenv("TF_WORKSPACE", "elsewhere")
    assert make(BOX).stack().plan(names=["a"]).effects
    assert "TF_VAR_size" in os.environ
