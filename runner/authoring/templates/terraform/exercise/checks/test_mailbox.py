"""The configuration is planned and applied for people that are drawn from the seed; the plan's JSON is looked at."""

import pytest

from runner.kit import not_yet
from runner.kit.terraform import listed

ADDRESS = "terraform_data.mailbox"
PEOPLE = ("ana", "bo", "cleo", "dana", "emil")


@pytest.fixture(scope="session")
def stack(terraform):
    """One copy of the learner's configuration, for all checks."""
    return terraform.stack()


@pytest.fixture
def person(given_person, rng):
    """Whose mailbox it is; the same in each check of a run."""
    given_person.setdefault("name", f"{rng.choice(PEOPLE)}{rng.randrange(100)}")
    return given_person["name"]


@pytest.fixture(scope="session")
def given_person():
    return {}


def test_planned(stack, person):
    """a plan creates the mailbox of the person, and nothing else"""
    effects = stack.plan(person=person).effects
    found = [change.words for change in effects]
    if found != [f"create {ADDRESS}"]:
        not_yet(expected=f"create {ADDRESS}", got=listed(found), means="" if found else "no resource is described yet")
    got = effects[0].after.get("input")
    if got != f"{person}@example.com":
        means = "the input is the same for everybody" if got == "ana@example.com" else ""
        not_yet(expected=f'input = "{person}@example.com"', got=f"input = {str(got)[:100]}", means=means)


def test_output(stack, person):
    """the output address follows the person"""
    got = stack.apply(person=person).outputs.get("address")
    if got != f"{person}@example.com":
        means = "it does not follow the person" if got == "somebody@example.com" else ""
        not_yet(expected=f"address = {person}@example.com", got=f"address = {str(got)[:100]}", means=means)


def test_settled(stack, person):
    """after an apply, a second plan changes nothing"""
    stack.apply(person=person)
    plan = stack.plan(person=person)
    if not plan.empty:
        told = [change.words for change in plan.effects]
        means = "a value that is another one at each run, such as timestamp(), is a change at each run"
        not_yet(expected="no changes", got=listed(told), means=means, look="terraform apply, then terraform plan")
