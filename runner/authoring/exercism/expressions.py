"""Expressions of a test module, with the learner's names in them, as expressions of a check.

Every value is in one of two processes. What a test writes down itself is HERE, in the checker. What the learner's code
made is THERE: the checker has it as plain data or as a handle, and whatever is done with it (an operator, a method, a
built-in) is asked for there by `learner.operate`, so that it ends in words and not in an error of the check's when the
value is not what it should be.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto


class NotCarried(Exception):
    """Something in a test has no true translation; the text says what."""


class Kind(Enum):
    """Where a value is: HERE in the checker, also a DATE, which does not travel; made THERE by the learner's code; an
    OBJECT of their class for certain; or an ERROR, which stands for what `assertRaises` caught."""

    HERE = auto()
    DATE = auto()
    THERE = auto()
    OBJECT = auto()
    ERROR = auto()


STAYING = {
    Kind.ERROR: "passes on an error that it caught",
    Kind.DATE: "passes a date to the learner's code",
}
"""What cannot be passed on, and the words for it."""


@dataclass(frozen=True)
class Value:
    """An expression of the check, and where what it gives is."""

    code: ast.expr
    kind: Kind = Kind.HERE

    @property
    def here(self) -> bool:
        """Whether the checker made it."""
        return self.kind is Kind.HERE


@dataclass(frozen=True)
class Imported:
    """A name that a test module imports from the learner's: its place as `file:name`, and whether it is a class."""

    target: str
    is_class: bool
    is_function: bool


@dataclass
class Names:
    """What names mean in a test: those of the learner's, of modules, and of variables.

    Args:
        learners: by the name in the test module.
        modules: the learner's modules that are imported whole, by name, with what they define.
        plain: constants and modules of the standard library that the checks may use as they are.
        dates: classes of the module `datetime`.
        variables: those of the test, with where their values are.
    """

    learners: dict[str, Imported] = field(default_factory=dict)
    modules: dict[str, dict[str, Imported]] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    variables: dict[str, Kind] = field(default_factory=dict)


BINARY = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.BitAnd: "and_",
    ast.BitOr: "or_",
    ast.BitXor: "xor",
    ast.MatMult: "matmul",
}
COMPARED = {ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge"}
UNARY = {ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "invert"}
ASKED = (
    *("abs", "float", "hash", "int", "iter", "len", "list", "max", "min", "next", "repr", "reversed", "set", "sorted"),
    *("str", "sum", "tuple"),
)
"""Built-ins that `learner.operate` knows by their own names."""

HARMLESS = (
    *ASKED,
    *("bool", "bytes", "dict", "divmod", "enumerate", "frozenset", "range", "round", "zip"),
    *("all", "any", "chr", "ord", "pow"),
)
"""Built-ins that a check may call on values of its own."""

OF_FOREIGN = ("get", "hold", "spoil", "refuses")
"""Methods that a handle has for check authors; one of the learner's by that name is called by `operate`."""

EXCEPTIONS = {
    name for name, each in vars(builtins).items() if isinstance(each, type) and issubclass(each, BaseException)
}


def call(function: str, *args: ast.expr, keywords: list[ast.keyword] | None = None) -> ast.expr:
    """A call of FUNCTION, such as `learner.call`."""
    return ast.Call(ast.parse(function, mode="eval").body, list(args), keywords or [])


def text(value: str) -> ast.expr:
    """A literal."""
    return ast.Constant(value)


def operate(operation: str, *args: ast.expr) -> Value:
    """OPERATION in the learner's process."""
    return Value(call("learner.operate", text(operation), *args), Kind.THERE)


class Expressions:
    """Translates the expressions of one test.

    Args:
        own: translates a call of one of the test's own methods.
    """

    def __init__(self, names: Names, own: Callable[[ast.Call, str], Value]) -> None:
        self.names = names
        self._own = own

    def value(self, node: ast.expr) -> Value:
        """NODE as an expression of a check.

        Raises:
            NotCarried: it has no true translation.
        """
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise NotCarried(f"uses {_named(node)}")
        value: Value = method(node)
        return value

    def code(self, node: ast.expr) -> ast.expr:
        """The translation of NODE for one that can be passed on."""
        value = self.value(node)
        if value.kind in STAYING:
            raise NotCarried(STAYING[value.kind])
        return value.code

    def _constant(self, node: ast.Constant) -> Value:
        if isinstance(node.value, bytes | complex) or node.value is Ellipsis:
            raise NotCarried(
                f"uses a value of type {type(node.value).__name__}, which does not travel between processes"
            )
        return Value(node)

    def _name(self, node: ast.Name) -> Value:
        if node.id in self.names.variables:
            return Value(node, self.names.variables[node.id])
        if node.id in self.names.learners:
            return self._read(self.names.learners[node.id])
        if node.id in self.names.plain:
            return Value(node)
        raise NotCarried(f"uses {node.id}")

    def _read(self, imported: Imported) -> Value:
        if imported.is_class or imported.is_function:
            raise NotCarried(f"passes {imported.target.partition(':')[2]} itself as a value")
        return Value(call("learner.read", text(imported.target)), Kind.THERE)

    def _list(self, node: ast.List) -> Value:
        return self._items(node.elts, lambda codes: ast.List(codes, ast.Load()))

    def _tuple(self, node: ast.Tuple) -> Value:
        # Only a Tuple reaches the learner's code as one; a plain tuple would arrive as a list.
        return self._items(node.elts, lambda codes: call("Tuple", ast.List(codes, ast.Load())))

    def _set(self, node: ast.Set) -> Value:
        found = self._items([_hashed(each) for each in node.elts], lambda codes: ast.Set(codes))
        if not found.here:
            raise NotCarried("puts values of the learner's into a set")
        return found

    def _items(self, nodes: list[ast.expr], make: Callable[[list[ast.expr]], ast.expr]) -> Value:
        values = [self.value(each) for each in nodes]
        kind = Kind.HERE if all(each.here for each in values) else Kind.THERE
        return Value(make([self.code(each) for each in nodes]), kind)

    def _starred(self, node: ast.Starred) -> Value:
        value = self.value(node.value)
        if not value.here:
            raise NotCarried("unpacks a value of the learner's into arguments")
        return Value(ast.Starred(value.code, ast.Load()))

    def _hashedtuple(self, node: HashedTuple) -> Value:
        return self._items(node.elts, lambda codes: ast.Tuple(codes, ast.Load()))

    def _dict(self, node: ast.Dict) -> Value:
        if any(key is None for key in node.keys):
            raise NotCarried("unpacks a dict into a dict")
        keys = [self.value(_hashed(key)) for key in node.keys if key is not None]
        values = [self.value(each) for each in node.values]
        if not all(each.here for each in keys):
            raise NotCarried("uses values of the learner's as the keys of a dict")
        kind = Kind.HERE if all(each.here for each in values) else Kind.THERE
        return Value(ast.Dict([each.code for each in keys], [self.code(each) for each in node.values]), kind)

    def _joinedstr(self, node: ast.JoinedStr) -> Value:
        parts = [each.value for each in node.values if isinstance(each, ast.FormattedValue)]
        if not all(self.value(each).here for each in parts):
            raise NotCarried("puts a value of the learner's into a text")
        return Value(node)

    def _unaryop(self, node: ast.UnaryOp) -> Value:
        value = self.value(node.operand)
        if value.here:
            return Value(ast.UnaryOp(node.op, value.code))
        if type(node.op) not in UNARY:
            raise NotCarried("uses `not` on a value of the learner's")
        return operate(UNARY[type(node.op)], self.code(node.operand))

    def _binop(self, node: ast.BinOp) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        if left.here and right.here:
            return Value(ast.BinOp(left.code, node.op, right.code))
        if type(node.op) not in BINARY:
            raise NotCarried(f"uses {_named(node.op)} on a value of the learner's")
        return operate(BINARY[type(node.op)], self.code(node.left), self.code(node.right))

    def _compare(self, node: ast.Compare) -> Value:
        values = [self.value(each) for each in (node.left, *node.comparators)]
        if all(each.here for each in values):
            return Value(ast.Compare(values[0].code, node.ops, [each.code for each in values[1:]]))
        if len(node.ops) != 1 or type(node.ops[0]) not in COMPARED:
            raise NotCarried("compares values of the learner's in a way that is not known")
        return operate(COMPARED[type(node.ops[0])], self.code(node.left), self.code(node.comparators[0]))

    def _subscript(self, node: ast.Subscript) -> Value:
        value = self.value(node.value)
        if isinstance(node.slice, ast.Slice):
            bounds = [each for each in (node.slice.lower, node.slice.upper, node.slice.step) if each]
            if not value.here or not all(self.value(each).here for each in bounds):
                raise NotCarried("takes a slice of a value of the learner's")
            return Value(ast.Subscript(value.code, node.slice, ast.Load()))
        index = self.value(_hashed(node.slice))
        if value.here and index.here:
            return Value(ast.Subscript(value.code, index.code, ast.Load()))
        return operate("getitem", self.code(node.value), self.code(node.slice))

    def _attribute(self, node: ast.Attribute) -> Value:
        path = self._path(node)
        if path:
            return Value(call("learner.read", text(path)), Kind.THERE)
        if isinstance(node.value, ast.Name) and node.value.id == "self":
            return self._name(ast.Name(f"self_{node.attr}", ast.Load()))
        if isinstance(node.value, ast.Name) and node.value.id in self.names.plain:
            return Value(node)
        value = self.value(node.value)
        if value.here:
            raise NotCarried(f"reads the attribute {node.attr} of a value of its own")
        if value.kind is Kind.OBJECT:
            return Value(ast.Call(ast.Attribute(value.code, "get", ast.Load()), [text(node.attr)], []), Kind.THERE)
        return operate("getattr", self.code(node.value), text(node.attr))

    def _path(self, node: ast.Attribute) -> str:
        """The target of a name behind a class or a module of the learner's; empty where it is neither."""
        if not isinstance(node.value, ast.Name) or node.value.id in self.names.variables:
            return ""
        owner = self.names.learners.get(node.value.id)
        if owner:
            return f"{owner.target}.{node.attr}" if owner.is_class else ""
        if node.value.id not in self.names.modules:
            return ""
        inner = self.names.modules[node.value.id].get(node.attr)
        if inner and (inner.is_class or inner.is_function):
            raise NotCarried(f"passes {node.attr} itself as a value")
        return inner.target if inner else f"{node.value.id}:{node.attr}"

    def _call(self, node: ast.Call) -> Value:
        imported = self._imported(node.func)
        if imported:
            kind = Kind.OBJECT if imported.is_class else Kind.THERE
            asked = "learner.new" if imported.is_class else "learner.call"
            return Value(call(asked, text(imported.target), *self._args(node), keywords=self._keywords(node)), kind)
        if isinstance(node.func, ast.Attribute):
            return self._method(node, node.func)
        if isinstance(node.func, ast.Name) and node.func.id in self.names.dates:
            return Value(self._of_module(node).code, Kind.DATE)
        if isinstance(node.func, ast.Name) and node.func.id not in self.names.variables:
            return self._builtin(node, node.func.id)
        raise NotCarried(f"calls {_named(node.func)}")

    def _imported(self, node: ast.expr) -> Imported | None:
        """The learner's function or class that NODE names."""
        if isinstance(node, ast.Name) and node.id not in self.names.variables:
            return self.names.learners.get(node.id)
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            return None
        owner = self.names.learners.get(node.value.id)
        if owner and owner.is_class:  # a static method or class method: what it makes is not known
            return Imported(f"{owner.target}.{node.attr}", False, True)
        inner = self.names.modules.get(node.value.id)
        return inner.get(node.attr) if inner else None

    def _args(self, node: ast.Call) -> list[ast.expr]:
        return [self.code(each) for each in node.args]

    def _keywords(self, node: ast.Call) -> list[ast.keyword]:
        if any(each.arg is None for each in node.keywords):
            raise NotCarried("unpacks a dict into keyword arguments")
        return [ast.keyword(each.arg, self.code(each.value)) for each in node.keywords]

    def _method(self, node: ast.Call, function: ast.Attribute) -> Value:
        if isinstance(function.value, ast.Name) and function.value.id == "self":
            return self._own(node, function.attr)
        if isinstance(function.value, ast.Name) and function.value.id in self.names.plain:
            return self._of_module(node)
        owner = self.value(function.value)
        if owner.kind is Kind.ERROR:
            raise NotCarried("calls a method of an error that it caught")
        if owner.here:
            if not all(self.value(each).here for each in node.args) or node.keywords:
                raise NotCarried(f"passes a value of the learner's to {function.attr}")
            return Value(ast.Call(ast.Attribute(owner.code, function.attr, ast.Load()), self._args(node), []))
        args, keywords = self._args(node), self._keywords(node)
        if owner.kind is Kind.OBJECT and function.attr not in OF_FOREIGN and not function.attr.startswith("_"):
            return Value(ast.Call(ast.Attribute(owner.code, function.attr, ast.Load()), args, keywords), Kind.THERE)
        asked = call("learner.operate", text("method"), owner.code, text(function.attr), *args, keywords=keywords)
        return Value(asked, Kind.THERE)

    def _of_module(self, node: ast.Call) -> Value:
        """A call of the standard library's."""
        if not all(self.value(each).here for each in node.args) or node.keywords:
            raise NotCarried(f"passes a value of the learner's to {ast.unparse(node.func)}")
        return Value(ast.Call(node.func, self._args(node), []))

    def _builtin(self, node: ast.Call, name: str) -> Value:
        if name not in HARMLESS or node.keywords:
            raise NotCarried(f"calls {name}" + (" with keyword arguments" if node.keywords else ""))
        values = [self.value(each) for each in node.args]
        if all(each.here for each in values):
            made = ast.Call(node.func, self._args(node), [])
            return Value(call("Tuple", made) if name == "tuple" else made)
        if name not in ASKED:
            raise NotCarried(f"calls {name} on a value of the learner's")
        return operate(name, *self._args(node))

    def _listcomp(self, node: ast.ListComp) -> Value:
        inner = Expressions(replace(self.names, variables=dict(self.names.variables)), self._own)
        generators = []
        for each in node.generators:
            if not inner.value(each.iter).here or each.is_async:
                raise NotCarried("goes through a value of the learner's in a comprehension")
            for name in ast.walk(each.target):
                if isinstance(name, ast.Name):
                    inner.names.variables[name.id] = Kind.HERE
            if not all(inner.value(test).here for test in each.ifs):
                raise NotCarried("asks the learner's code in the condition of a comprehension")
            tests = [inner.code(test) for test in each.ifs]
            generators.append(ast.comprehension(each.target, inner.code(each.iter), tests, 0))
        element = inner.value(node.elt)
        kind = Kind.HERE if element.here else Kind.THERE
        return Value(ast.ListComp(inner.code(node.elt), generators), kind)


class HashedTuple(ast.Tuple):
    """A tuple in a place that must be hashable: a key, a member of a set."""


def _hashed(node: ast.expr) -> ast.expr:
    return HashedTuple([_hashed(each) for each in node.elts], ast.Load()) if isinstance(node, ast.Tuple) else node


def _named(node: ast.AST) -> str:
    """What a part of a test is called in a report."""
    words = {"Lambda": "a function of its own as a value", "Await": "`await`", "GeneratorExp": "a generator"}
    return words.get(
        type(node).__name__, f"`{ast.unparse(node)[:40]}`" if isinstance(node, ast.expr) else "an operator"
    )
