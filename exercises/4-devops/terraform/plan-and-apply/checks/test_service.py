"""One service through its life: planned, applied, planned again, scaled, destroyed; all seen in Terraform's JSON."""

import json

import pytest

from runner.kit import not_yet
from runner.kit.terraform import listed

ADDRESS = "terraform_data.service"

NAMES = ("test", "staging", "production", "demo", "preview")

START = "this is the expected starting point: no resource is described yet"

NOT_THE_SAME = "a value that is another one at each run, such as timestamp() or uuid(), is a change at each run"


class Service:
    """A stack and the inputs that it was applied with."""

    def __init__(self, stack):
        self.stack = stack
        self.inputs = {}


@pytest.fixture(scope="session")
def first(terraform):
    return Service(terraform.stack())


@pytest.fixture(scope="session")
def second(terraform):
    return Service(terraform.stack())


@pytest.fixture(autouse=True)
def inputs(first, second, rng):
    """Draw inputs once for both, which differ in everything."""
    if not first.inputs:
        names, numbers = rng.sample(NAMES, 2), rng.sample(range(2, 20), 2)
        for each, name, number in zip((first, second), names, numbers, strict=True):
            each.inputs = {"environment": f"{name}{rng.randint(1, 99)}", "replicas": number}


def test_planned(first):
    """a first plan creates terraform_data.service and nothing else"""
    plan = first.stack.plan(**first.inputs)
    found = [change.words for change in plan.effects]
    if found != [f"create {ADDRESS}"]:
        not_yet(expected=f"create {ADDRESS}", got=listed(found), means=why_not(plan))
    known = plan.effects[0].after.get("input")
    wanted = {"name": f"shop-{first.inputs['environment']}", "replicas": first.inputs["replicas"]}
    held = {key: known[key] for key in wanted if key in known} if isinstance(known, dict) else known
    if not same(held, wanted):
        absent = sorted(wanted.keys() - held.keys()) if isinstance(held, dict) else []
        means = f"{' and '.join(absent)}: missing, or known after the apply only" if absent else ""
        not_yet(expected=f"input = {json.dumps(wanted)}", got=f"input = {json.dumps(known)[:300]}", means=means)


def test_outputs(first, second):
    """the outputs follow the inputs"""
    states = {each: each.stack.apply(**each.inputs) for each in (first, second)}
    addresses = [state.outputs.get("address") for state in states.values()]
    for each, state in states.items():
        wanted = {
            "address": f"{each.inputs['environment']}.shop.example.com",
            "id": state.resources.get(ADDRESS, {}).get("id"),
        }
        for name, value in wanted.items():
            got = state.outputs.get(name)
            if got != value:
                if name == "address":
                    means = "it is the same for two environments" if got and addresses[0] == addresses[1] else ""
                else:
                    means = "this is the id of something else" if isinstance(got, str) else ""
                not_yet(
                    expected=f"{name} = {json.dumps(value)}",
                    got=f"{name} = {json.dumps(got)[:200]}" if name in state.outputs else f"no output {name}",
                    means=means,
                    look="terraform output",
                )


def test_converges(first):
    """after an apply, a second plan changes nothing"""
    plan = first.stack.plan(**first.inputs)
    if not plan.empty:
        told = [f"{change.words} ({', '.join(differing(change))})" for change in plan.effects]
        told += [f"{verb} output.{name}" for name, verb in plan.outputs.items() if verb != "no-op"]
        not_yet(
            expected="no changes (the inputs are the same)",
            got=listed(told),
            means=NOT_THE_SAME,
            look="terraform apply, then terraform plan, both with the same -var",
        )


def test_scales(first):
    """another number of replicas updates the service in place"""
    more = {**first.inputs, "replicas": first.inputs["replicas"] + 1}
    plan = first.stack.plan(**more)
    found = [change.words for change in plan.effects]
    if found != [f"update {ADDRESS}"]:
        verbs = {change.address: change.verb for change in plan.changes}
        means = {
            "no-op": "the change is not seen: is it in ignore_changes?",
            "replace": "the service is destroyed and made again: does triggers_replace follow the replicas?",
        }.get(verbs.get(ADDRESS, ""), "")
        not_yet(expected=f"update {ADDRESS}", got=listed(found), means=means)


def test_destroyed(first):
    """a destroy leaves nothing"""
    left = first.stack.destroy(**first.inputs).resources
    if left:
        not_yet(expected="nothing in the state", got=listed(list(left)))


def why_not(plan):
    """What a first plan means that creates something else, where it tells."""
    addresses = [change.address for change in plan.effects]
    if not addresses:
        return START
    if any(each.startswith(f"{ADDRESS}[") for each in addresses):
        return "count and for_each make instances with a key; here it is one resource"
    return f"there is more than {ADDRESS}" if ADDRESS in addresses else f"no block is called {ADDRESS}"


def same(one, other):
    """Whether two values of JSON are equal, true and 1 told apart."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def differing(change):
    """The names of the attributes that a change changes, or that are not known before it."""
    before, after = change.before, change.after
    return sorted(name for name in before | after if name not in after or before.get(name) != after[name])
