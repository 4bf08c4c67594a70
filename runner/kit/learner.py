"""The fixture `learner`: calls into the learner's Python or JavaScript file as if they were plain calls."""

from __future__ import annotations

import contextlib
import json
import math
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from runner.kit.agent import Agent
from runner.kit.agents.python_agent import OPERATE
from runner.kit.context import Context
from runner.kit.outcomes import CouldNotRun, NotYet
from runner.kit.part import Part

MOST_SHOWN = 160


@dataclass(frozen=True)
class Failure:
    """An error that the learner's code raised (Python) or threw (JavaScript).

    Args:
        type: the name of its class.
        message: its text.
        bases: the names of its class and of those that this is made from.
        cause: the class of the error that it was raised from, or None.
        where: the learner's file and line that it came from.
    """

    type: str
    message: str
    bases: tuple[str, ...] = ()
    cause: str | None = None
    where: str = ""

    def of(self, *names: str) -> Failure:
        """Demand that it is an error of one of the classes NAMES, or of a class made from one; returns itself.

        Raises:
            NotYet: it is another one.
        """
        if not {self.type, *self.bases} & set(names):
            raise NotYet(expected=f"the error {' or '.join(names)}", got=str(self), where=self.where)
        return self

    def saying(self, pattern: str) -> Failure:
        """Demand that its message matches PATTERN (as `re.search` does); returns itself.

        Raises:
            NotYet: it does not.
        """
        if not re.search(pattern, self.message):
            raise NotYet(expected=f"an error whose text matches {pattern}", got=str(self), where=self.where)
        return self

    def __str__(self) -> str:
        return f"{self.type}: {self.message}" if self.message else self.type


@dataclass(frozen=True)
class Handle:
    """What an engine's handle is to a call: opened in the learner's process when it comes there, once for each.

    Args:
        kind: what to open, such as `sqlite`.
        order: what it takes to open it.
        name: the name that a message gives it.
    """

    kind: str
    order: dict[str, Any]
    name: str

    @property
    def asked(self) -> dict[str, Any]:
        """What the child that opens it is asked for."""
        return {"kind": self.kind, **self.order}

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Call:
    """One call as it went: the value, the arguments as they are afterwards, what it printed, milliseconds.

    Args:
        value: what came back.
        after: the arguments as they were when the call had ended.
        printed: what it wrote to stdout.
        ms: milliseconds that it took.
        cpu_ms: milliseconds of processor time, which other programs on a busy machine hardly lengthen: compare two
            sizes by it.
    """

    value: Any
    after: list[Any] = field(default_factory=list)
    printed: str = ""
    ms: float = 0.0
    cpu_ms: float = 0.0


class Foreign:
    """A value of the learner's that plain data has no word for: an object, a set, `undefined`.

    Its methods are called as if it were here. It equals nothing but itself, so a check that expects plain
    data never takes it for that.
    """

    def __init__(self, learner: Learner, ref: int, type_name: str, text: str) -> None:
        self._learner = learner
        self._ref = ref
        self._type_name = type_name
        self._text = text

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **named: self._learner._method(self, name, args, named)

    def get(self, name: str) -> Any:
        """The attribute NAME."""
        return self._learner._value({"op": "get", "ref": self._ref, "name": self._learner.named(name)}, name)

    def hold(self, name: str, *args: Any) -> Foreign:
        """Call the method NAME and keep what it returns in the learner's process, even a plain list.

        For finding out whether a list that was handed out is the object's own: `cart.hold("items").spoil()`.
        """
        held = self._learner._method(self, name, args, {}, hold=True)
        with self._learner._reading():
            return _foreign(held)

    def spoil(self) -> None:
        """Empty this list or dict in place, as careless code elsewhere might."""
        self._learner._value({"op": "spoil", "ref": self._ref}, "spoil")

    def refuses(self, name: str, *args: Any, **named: Any) -> Failure:
        """Call the method NAME and return the error it raises; not yet passed when it raises none."""
        return self._learner.failure(lambda: self._learner._method(self, name, args, named))

    def __repr__(self) -> str:
        return self._text


class Tuple(list[Any]):
    """A tuple in the learner's process: equal to the list of its values, since JSON has one word for both.

    What the learner's code returned as a tuple comes as one. To pass one as an argument, make one of a list:
    `learner.call("dominoes:chain", [Tuple([1, 2])])`; a plain tuple arrives there as a list. In JavaScript it is an
    array.
    """

    def __repr__(self) -> str:
        return repr(tuple(self))


class _Raised(NotYet):
    """The learner's code raised where a value was asked for."""

    failure: Failure


class Learner(Part):
    """Calls the learner's functions and classes in a child process.

    A target is `file:name`, the file without its suffix, names in snake_case; for JavaScript they are
    turned into camelCase. Arguments and results are plain JSON data: a tuple comes back as a list, and
    `True` is not `1` to the agent, though it is to Python's `==`. An error that the learner's code raises ends the
    check, unless it was asked for by `refuses` or `failure`.

    ```python
    assert learner.call("cart:total", [{"price": 2, "qty": 3}]) == 6
    cart = learner.new("cart:Cart", "EUR")
    cart.add("pen", 2)
    assert cart.count() == 2
    assert learner.refuses("cart:total", None).type == "ValueError"
    ```
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._agent = Agent(context)

    @property
    def language(self) -> str:
        """`python` or `javascript`."""
        return self._context.language

    def named(self, name: str) -> str:
        """NAME as the learner's language spells it: `to_cents` is `toCents` in JavaScript."""
        if self.language != "javascript":
            return name
        first, *rest = name.split("_")
        return first + "".join(part[:1].upper() + part[1:] for part in rest)

    def call(self, target: str, *args: Any, **named: Any) -> Any:
        """Call a function and return its value; NAMED are keyword arguments, which JavaScript has none of."""
        return self.trace(target, *args, **named).value

    def trace(self, target: str, *args: Any, **named: Any) -> Call:
        """Call a function and return all that could be seen of it."""
        before = len(self._agent.printed())
        self._context.last_call = self.shown(target, args, named)
        request = {"op": "call", "target": self._target(target), "args": _encode(list(args)), "after": True}
        reply = self._ask({**request, **self._keywords(named)})
        with self._reading():
            after = [self._native(each) for each in reply["after"]]
            value = self._native(reply["value"])
            return Call(value, after, self._agent.printed()[before:], float(reply["ms"]), float(reply["cpu_ms"]))

    def call_many(self, target: str, calls: list[list[Any]]) -> list[Any]:
        """Call a function once for each list of arguments, in one go, which is quicker than one by one.

        Args:
            calls: the arguments of each call.

        Returns:
            the values in that order; an error is a `Failure` in its place.
        """
        more = f" and {len(calls) - 1} more" if len(calls) > 1 else ""
        self._context.last_call = self.shown(target, calls[0]) + more
        return self._each(
            self._ask({"op": "many", "target": self._target(target), "calls": _encode(calls)}), len(calls)
        )

    def crowd(self, target: str, calls: list[list[Any]]) -> list[Any]:
        """Call a function for all CALLS at the same time in one process, as the requests of one service do.

        Python has 8 threads for it; JavaScript begins each call before the first has ended. An error is a `Failure`
        in its place.
        """
        self._context.last_call = f"{self.shown(target, calls[0])} and {len(calls) - 1} more at the same time"
        return self._each(
            self._ask({"op": "crowd", "target": self._target(target), "calls": _encode(calls)}), len(calls)
        )

    def _each(self, reply: dict[str, Any], count: int) -> list[Any]:
        """The values of a reply to `many`."""
        reply = self._checked(reply)
        with self._reading():
            results = [
                _failure(each["error"]) if "error" in each else self._native(each["value"]) for each in reply["replies"]
            ]
        if len(results) != count:
            raise CouldNotRun(expected=f"{count} answers", got=f"{len(results)}")
        return results

    def together(
        self, target: str, calls: list[list[list[Any]]], gate: AbstractContextManager[Any] | None = None
    ) -> list[list[Any]]:
        """Call a function from several processes at once, as several copies of a program would.

        Args:
            calls: for each process the lists of arguments that it calls the function with, one after the other.
            gate: what holds them up at some place, such as `mongo.gate`; entered when all processes are ready, left
                when all have been asked.

        Returns:
            For each process the values in the order of its calls; an error is a `Failure` in its place.
        """
        self._context.last_call = f"{self.shown(target, calls[0][0])} and more, by {len(calls)} processes at once"
        agents = [Agent(self._context) for _ in calls]
        try:
            for agent in agents:
                agent.ready()
            requests = [{"op": "many", "target": self._target(target), "calls": _encode(each)} for each in calls]
            with gate or contextlib.nullcontext():
                posted = [agent.post(request) for agent, request in zip(agents, requests, strict=True)]
            seconds = self._context.budget()
            replies = [agent.collect(number, seconds) for agent, number in zip(agents, posted, strict=True)]
        finally:
            for agent in agents:
                agent.close()
        return [self._each(reply, len(asked)) for reply, asked in zip(replies, calls, strict=True)]

    def execute(self, connection: Foreign, statement: str, *parameters: Any) -> list[list[Any]]:
        """Run a statement of SQL on a connection of the learner's to SQLite, and return its rows."""
        self._context.last_call = statement
        request = {"op": "execute", "ref": connection._ref, "sql": statement, "parameters": _encode(list(parameters))}
        rows: list[list[Any]] = self._value(request, "execute")
        return rows

    def refused(self, connection: Foreign, statement: str, *parameters: Any) -> Failure:
        """Run a statement that the database must refuse, and return its error; not yet passed when it takes it."""
        return self.failure(lambda: self.execute(connection, statement, *parameters))

    def statements(self) -> list[str]:
        """The statements of SQL that ran on connections which a check handed over, since the last time it asked."""
        found: list[str] = self._value({"op": "statements"}, "statements")
        return found

    def refuses(self, target: str, *args: Any, **named: Any) -> Failure:
        """Call a function and return the error it raises; not yet passed when it raises none."""
        return self.failure(lambda: self.call(target, *args, **named))

    def failure(self, action: Callable[[], Any]) -> Failure:
        """Do ACTION, which calls into the learner's code, and return the first error that this raises.

        For errors that may come from any of several steps, where `refuses` is for one call.

        Raises:
            NotYet: nothing in ACTION raised.
        """
        try:
            value = action()
        except _Raised as raised:
            return raised.failure
        raise NotYet(
            call=self._context.last_call,
            expected="an error",
            got=f"no error: it returned {self.literal(value)}",
        )

    def new(self, target: str, *args: Any, **named: Any) -> Foreign:
        """Make an object of the learner's class."""
        self._context.last_call = self.shown(target, args, named, new=True)
        request = {"op": "new", "target": self._target(target), "args": _encode(list(args))}
        made = self._value({**request, **self._keywords(named)}, "")
        with self._reading():
            return _foreign(made)

    def read(self, target: str) -> Any:
        """The value of a name in the learner's file, such as a constant: `learner.read("board:SIZE")`."""
        self._context.last_call = self.named(target.partition(":")[2])
        return self._value({"op": "read", "target": self._target(target)}, "")

    def operate(self, operation: str, *args: Any, **named: Any) -> Any:
        """Do one of Python's operations in the learner's process, where their objects are.

        What their class defines is what is used: `learner.operate("add", price, other)` is `price + other`, and
        `learner.operate("str", clock)` is `str(clock)`. An error that it raises is the learner's. Compare two of their
        objects by `eq`, but never theirs with an expected plain value: their `__eq__` would decide on itself.

        Args:
            operation: the name of a function of the module `operator` (`eq`, `lt`, `add`, `and_`, `getitem`,
                `contains`, `truth` ...) or of a built-in (`len`, `str`, `repr`, `list`, `sorted`, `hash`, `getattr`,
                `setattr` ...); or `method`, which takes a value of any kind, a method's name, and its arguments.
        """
        if self.language != "python":
            raise TypeError("operate is for Python alone")
        if operation not in OPERATE:
            raise ValueError(f"operate knows no {operation!r}, but {', '.join(OPERATE)}")
        shown = ", ".join(self.literal(each) for each in args)
        self._context.last_call = _short(f"{operation.rstrip('_')}({shown})")
        request = {"op": "operate", "name": operation, "args": _encode(list(args))}
        return self._value({**request, **self._keywords(named)}, operation)

    def members(self, value: Any) -> set[Any]:
        """The members of VALUE, a set that the learner's Python code returned.

        Raises:
            NotYet: it is no set.
        """
        if not isinstance(value, Foreign) or value._type_name not in ("set", "frozenset"):
            raise NotYet(call=self._context.last_call, expected="a set", got=self.literal(value))
        listed = self._value({"op": "operate", "name": "list", "args": [_encode(value)]}, "list")
        with self._reading():
            return {_hashable(each) for each in listed}

    def peak(self) -> float:
        """The most memory that the child has held at once since it started, in MB.

        Compare two peaks, before and after a call, in one child: what the interpreter itself takes is in both.
        """
        reply = self._ask({"op": "peak"})
        with self._reading():
            return float(reply["value"]) / 1_000_000

    def restart(self, zone: str = "UTC") -> None:
        """Begin again with a fresh process: nothing that the code kept in memory is left.

        Args:
            zone: the time zone of its machine, such as `Asia/Kathmandu`, where local time is never that of UTC.
        """
        with self._context.uncharged():
            self._agent.close()
            self._context.sweep()
            self._agent = Agent(self._context, env={"TZ": zone})

    def prepare(self) -> None:
        """Wait until the child has started."""
        self._agent.ready()

    def close(self) -> None:
        """End the child."""
        self._agent.close()

    def shown(self, target: str, args: Any, named: dict[str, Any] | None = None, *, new: bool = False) -> str:
        """A call as the learner would write it in their language."""
        keyword = "new " if new and self.language == "javascript" else ""
        return _short(f"{keyword}{self.named(target.partition(':')[2])}({self._inner(args, named or {})})")

    def literal(self, value: Any) -> str:
        """VALUE as a literal of the learner's language, shortened in the middle."""
        return _short(literal(value, self.language))

    def _target(self, target: str) -> str:
        file, _, name = target.partition(":")
        return f"{file}:{self.named(name)}"

    def _inner(self, args: Any, named: dict[str, Any]) -> str:
        """What stands between the parentheses of a call."""
        shown = [self.literal(each) for each in args]
        return ", ".join([*shown, *(f"{name}={self.literal(each)}" for name, each in named.items())])

    def _keywords(self, named: dict[str, Any]) -> dict[str, Any]:
        """Keyword arguments as a request has them."""
        if named and self.language != "python":
            raise TypeError("keyword arguments are for Python alone")
        return {"keywords": {name: _encode(each) for name, each in named.items()}} if named else {}

    def _method(self, owner: Foreign, name: str, args: Any, named: dict[str, Any], hold: bool = False) -> Any:
        shown = f"{owner._type_name.lower()}.{self.named(name)}({self._inner(args, named)})"
        self._context.last_call = _short(shown)
        request = {
            "op": "method",
            "ref": owner._ref,
            "name": self.named(name),
            "args": _encode(list(args)),
            "hold": hold,
            **self._keywords(named),
        }
        return self._value(request, name)

    def _value(self, request: dict[str, Any], name: str) -> Any:
        reply = self._ask(request)
        with self._reading():
            return self._native(reply["value"])

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            reply = self._agent.ask(request)
        except BaseException:
            # The child is gone or no longer to be trusted; the checks after this one get a fresh one.
            self.restart()
            raise
        return self._checked(reply)

    def _checked(self, reply: dict[str, Any]) -> dict[str, Any]:
        with self._reading():
            if "absent" in reply:
                raise _absent(reply["absent"])
            if "error" in reply:
                raise self._raised(_failure(reply["error"]), loading=bool(reply["error"].get("loading")))
        return reply

    def _raised(self, failure: Failure, loading: bool) -> NotYet | CouldNotRun:
        if loading:
            return CouldNotRun(expected="a file that can be loaded", got=str(failure), where=failure.where)
        raised = _Raised(call=self._context.last_call, expected="a value", got=str(failure), where=failure.where)
        raised.failure = failure
        return raised

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """While a reply is read: the learner's code can write what it likes there, and that is no fault of learn's."""
        try:
            yield
        except RecursionError:
            raise CouldNotRun(expected="an answer", got="values nested deeper than learn can read") from None
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
            self.restart()
            raise CouldNotRun(expected="an answer", got="a reply that learn cannot read") from None

    def _native(self, data: Any) -> Any:
        if isinstance(data, list):
            return [self._native(each) for each in data]
        if isinstance(data, dict):
            if "$ref" in data:
                return Foreign(self, data["$ref"], str(data.get("$type")), str(data.get("$repr")))
            if "$tuple" in data:
                return Tuple(map(self._native, data["$tuple"]))
            if "$float" in data:
                return float(data["$float"])
            if "$pairs" in data:
                return {_hashable(self._native(key)): self._native(each) for key, each in data["$pairs"]}
            return {key: self._native(each) for key, each in data.items()}
        return data


def literal(value: Any, language: str) -> str:
    """VALUE as a literal of LANGUAGE, or of Python where there is none."""
    if language != "javascript" or isinstance(value, Foreign):
        return repr(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value).replace("nan", "NaN").replace("inf", "Infinity")
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        return repr(value)


def _encode(value: Any) -> Any:
    if isinstance(value, Foreign):
        return {"$ref": value._ref}
    if isinstance(value, Handle):
        return {"$open": value.asked}
    if isinstance(value, Tuple):
        return {"$tuple": [_encode(each) for each in value]}
    if isinstance(value, set | frozenset):
        return {"$set": [_encode(each) for each in value]}
    if isinstance(value, list | tuple):
        return [_encode(each) for each in value]
    if isinstance(value, dict):
        if all(isinstance(key, str) and not key.startswith("$") for key in value):
            return {key: _encode(each) for key, each in value.items()}
        return {"$pairs": [[_encode(key), _encode(each)] for key, each in value.items()]}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": str(value)}
    return value


def _hashable(key: Any) -> Any:
    return tuple(map(_hashable, key)) if isinstance(key, list) else key


def _failure(error: dict[str, Any]) -> Failure:
    frames = error.get("frames") or []
    where = ""
    if frames:
        last = frames[-1]
        where = f"{last['file']}, line {last['line']}" + (f": {last['text']}" if last.get("text") else "")
    cause = error.get("cause")
    bases = tuple(map(str, error.get("bases", ())))
    return Failure(str(error["type"]), str(error["message"]), bases, None if cause is None else str(cause), where)


def _foreign(value: Any) -> Foreign:
    if not isinstance(value, Foreign):
        raise TypeError("an object was asked for")
    return value


def _absent(absent: dict[str, Any]) -> NotYet:
    missing, file = absent.get("missing"), absent.get("file")
    names = ", ".join(absent.get("names", [])[:8])
    if missing:
        verb = "exported" if str(file).endswith(".mjs") else "defined"
        got = f"only these names are {verb} there: {names}" if names else f"nothing is {verb} there"
        return NotYet(expected=f"`{missing}` in {file}", got=got, where=str(file))
    return NotYet(expected=f"a file {file}", got=f"no such file; the folder holds: {names or 'nothing'}")


def _short(text: str) -> str:
    if len(text) <= MOST_SHOWN:
        return text
    half = MOST_SHOWN // 2 - 2
    return f"{text[:half]} … {text[-half:]}"
