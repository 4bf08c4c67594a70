"""A list of names that changes; what each change would do is read from the plan, by the address in each input."""

import json
import re

import pytest

from runner.kit import not_yet
from runner.kit.terraform import listed

RESOURCE = "terraform_data.mailbox"

NAMES = ("ana", "ben", "cleo", "dora", "emil", "fritz", "gina", "hugo", "ida", "jon", "kai", "lea")

BY_PLACE = "they are known by a number, their place in the list, and all behind the changed one have another"


class Office:
    """A stack in which the mailboxes of `names` are applied."""

    def __init__(self, stack):
        self.stack = stack
        self.names = []
        self.state = None

    def plan(self, names):
        """What would be done for NAMES."""
        return self.stack.plan(mailboxes=names)


@pytest.fixture(scope="session")
def office(terraform):
    return Office(terraform.stack())


@pytest.fixture
def names(office, rng):
    """The names that are applied; in the order of the alphabet each has another place."""
    if not office.names:
        drawn = sorted(f"{name}{rng.randint(1, 99)}" for name in rng.sample(NAMES, 5))
        office.names = drawn[3:] + drawn[:3]
        office.state = office.stack.apply(mailboxes=office.names)
    return office.names


def test_one_each(office, names):
    """each name has one mailbox"""
    found = {address: values.get("input") for address, values in office.state.resources.items()}
    mailboxes = [value for address, value in found.items() if key_of(address) is not None]
    if sorted(map(str, mailboxes)) != sorted(map(email, names)):
        others = [address for address in found if key_of(address) is None]
        not_yet(
            expected=f"instances of {RESOURCE} with the inputs {', '.join(map(email, names))}",
            got=listed([value if isinstance(value, str) else json.dumps(value) for value in mailboxes]),
            means=f"these do not count: {listed(others)}" if others and not mailboxes else "",
        )


def test_output(office, names):
    """the output addresses maps each name to its address"""
    got = office.state.outputs.get("addresses")
    wanted = {name: email(name) for name in names}
    if got != wanted:
        not_yet(
            expected=f"addresses = {json.dumps(wanted)}",
            got=f"addresses = {json.dumps(got)[:300]}" if "addresses" in office.state.outputs else "no such output",
            means="this is a list, which has no names" if isinstance(got, list) else "",
            look="terraform output",
        )


def test_removed(office, names, rng):
    """a name less: its mailbox is deleted, no other is touched"""
    gone = names[rng.choice([2, 3])]  # neither the last of the list, nor of the alphabet
    demand(office.plan([name for name in names if name != gone]), [("delete", gone)], f"without {gone}")


def test_added(office, names, rng):
    """a name more, in front: one mailbox is created, no other is touched"""
    new = f"new{rng.randint(100, 999)}"
    demand(office.plan([new, *names]), [("create", new)], f"with {new} in front")


def test_order(office, names):
    """another order of the names changes nothing"""
    demand(office.plan(sorted(names)), [], "sorted")


def test_twice(office, names, rng):
    """a name that is there twice has one mailbox"""
    name = rng.choice(names)
    demand(office.plan([*names, name]), [], f"{name} twice")


def demand(plan, wanted, what):
    """Demand that of the mailboxes a plan touches those WANTED alone, each a verb and a name; WHAT was changed."""
    found = [(change.verb, change) for change in plan.effects]
    told = sorted((verb, str(holder(change))) for verb, change in found)
    if told != sorted((verb, email(name)) for verb, name in wanted):
        expected = ", ".join(f"{verb} {email(name)}" for verb, name in wanted) or "nothing"
        not_yet(
            expected=f"{expected}   (the names: {what})",
            got=listed([told_of(change) for _, change in found]),
            means=BY_PLACE if any(by_place(change.address) for _, change in found) else "",
            look="terraform plan",
        )


def holder(change):
    """Whose mailbox a change touches: the one that is there, else the one to come."""
    return (change.before or change.after).get("input")


def told_of(change):
    before, after = (side.get("input") for side in (change.before, change.after))
    moved = f" ({before} to {after})" if isinstance(before, str) and isinstance(after, str) and before != after else ""
    return f"{change.verb} {change.address.removeprefix('terraform_data.')}{moved}"


def key_of(address):
    """What stands in the brackets of an instance of the resource; empty for a single one, None for any other."""
    found = re.fullmatch(re.escape(RESOURCE) + r"(?:\[(.*)\])?", address, re.DOTALL)
    return None if found is None else found[1] or ""


def by_place(address):
    return re.fullmatch(r'"?\d+"?', key_of(address) or "") is not None


def email(name):
    return f"{name}@example.com"
