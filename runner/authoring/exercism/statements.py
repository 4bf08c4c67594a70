"""The statements of one test, and what it asserts, as the body of a check."""

from __future__ import annotations

import ast
import copy
import re
import sys
from dataclasses import replace

from runner.authoring.exercism.expressions import (
    COMPARED,
    EXCEPTIONS,
    STAYING,
    Expressions,
    Kind,
    Names,
    NotCarried,
    Value,
    call,
    operate,
    text,
)

PLACES = 7
"""Decimal places that `assertAlmostEqual` looks at unless told; from the documentation of unittest."""

EQUAL = (
    "assertEqual",
    "assertEquals",
    "assertListEqual",
    "assertDictEqual",
    "assertTupleEqual",
    "assertMultiLineEqual",
)
ORDERED = {
    "assertNotEqual": ast.NotEq,
    "assertLess": ast.Lt,
    "assertLessEqual": ast.LtE,
    "assertGreater": ast.Gt,
    "assertGreaterEqual": ast.GtE,
}
RAISES = ("assertRaises", "assertRaisesRegex")


class Statements:
    """Translates one test.

    Args:
        names: what names mean at the top of the module.
        methods: the methods of the test's class, by name.
        helpers: those that were translated already, by name; others are added.
    """

    def __init__(self, names: Names, methods: dict[str, ast.FunctionDef], helpers: dict[str, str]) -> None:
        self._names = names
        self._methods = methods
        self._helpers = helpers
        self._expressions = Expressions(names, self._helped)
        self._asserted = False
        self._changeable: set[str] = set()
        self._asked: set[str] = set()
        self._attempts = 0
        self._raising = False

    def test(self, function: ast.FunctionDef) -> list[ast.stmt]:
        """The body of the check that FUNCTION becomes.

        Raises:
            NotCarried: there is no true translation.
        """
        if function.decorator_list:
            raise NotCarried(f"is decorated with {ast.unparse(function.decorator_list[0])[:40]}")
        if len(function.args.args) > (1 if self._methods else 0):
            raise NotCarried("has parameters")
        ready = self._methods.get("setUp")
        body = [*(ready.body if ready else []), *function.body]
        translated = self._block(body)
        if not self._asserted:
            raise NotCarried("asserts nothing about the learner's code")
        return translated

    def _block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        return [each for node in body for each in self._statement(node)]

    def _statement(self, node: ast.stmt) -> list[ast.stmt]:
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise NotCarried(f"has a statement `{type(node).__name__.lower()}`")
        found: list[ast.stmt] = method(node)
        return found

    def _pass(self, node: ast.Pass) -> list[ast.stmt]:
        return []

    def _expr(self, node: ast.Expr) -> list[ast.stmt]:
        if isinstance(node.value, ast.Constant):
            return []
        name = _of_self(node.value)
        if name and name not in self._methods:
            assert isinstance(node.value, ast.Call)
            return self._assertion(name, node.value)
        value = self._expressions.value(node.value)
        if value.here and not name:
            raise NotCarried(f"does `{ast.unparse(node.value)[:40]}`")
        self._note_arguments(node.value)
        return [ast.Expr(value.code)]

    def _assign(self, node: ast.Assign) -> list[ast.stmt]:
        if len(node.targets) != 1:
            raise NotCarried("assigns to several names at once")
        target = node.targets[0]
        value = self._any(node.value)
        if isinstance(target, ast.Attribute) and not _is_self(target.value):
            owner = self._expressions.code(target.value)
            return [ast.Expr(operate("setattr", owner, text(target.attr), value.code).code)]
        if isinstance(target, ast.Subscript):
            raise NotCarried("assigns to an item")
        if isinstance(target, ast.Tuple):
            return self._unpacked(target, value)
        name = f"self_{target.attr}" if isinstance(target, ast.Attribute) else ast.unparse(target)
        self._bind(name, value.kind)
        if value.here and not isinstance(value.code, ast.Constant):
            self._changeable.add(name)
        return [_let(name, value.code)]

    def _any(self, node: ast.expr) -> Value:
        value = self._expressions.value(node)
        if value.kind is Kind.ERROR:
            raise NotCarried(STAYING[value.kind])
        self._note_arguments(node)
        return value

    def _bind(self, name: str, kind: Kind) -> None:
        if name in ("learner", *self._names.plain) or name in self._names.modules:
            raise NotCarried(f"has a variable `{name}`, which means something else in a check")
        self._names.variables[name] = kind
        self._asked.discard(name)
        self._changeable.discard(name)

    def _unpacked(self, target: ast.Tuple, value: Value) -> list[ast.stmt]:
        """Names for the items of VALUE; where the learner made it, only when it has as many."""
        if not all(isinstance(each, ast.Name) for each in target.elts):
            raise NotCarried("unpacks nested values")
        names = [ast.unparse(each) for each in target.elts]
        for name in names:
            self._bind(name, Kind.HERE if value.here else Kind.THERE)
        if value.here:
            return [ast.Assign([_stored(names)], value.code, lineno=1)]
        if self._raising:  # it is the call that has to raise, and nothing after it is reached
            return [ast.Expr(value.code)]
        size = ast.Compare(ast.Call(ast.Name("len"), [ast.Name("items")], []), [ast.Eq()], [ast.Constant(len(names))])
        return [
            _let("items", operate("list", value.code).code),
            ast.Assert(size, text("another number of values came back")),
            ast.Assign([_stored(names)], ast.Name("items"), lineno=1),
        ]

    def _for(self, node: ast.For) -> list[ast.stmt]:
        if node.orelse:
            raise NotCarried("has a loop with `else`")
        value = self._any(node.iter)
        for each in ast.walk(node.target):
            if isinstance(each, ast.Name):
                self._bind(each.id, Kind.HERE if value.here else Kind.THERE)
        if not value.here and not isinstance(node.target, ast.Name):
            raise NotCarried("unpacks values of the learner's in a loop")
        items = value.code if value.here else operate("list", value.code).code
        return [ast.For(node.target, items, self._block(node.body), [], lineno=1)]

    def _return(self, node: ast.Return) -> list[ast.stmt]:
        raise NotCarried("returns a value")

    def _assert(self, node: ast.Assert) -> list[ast.stmt]:
        test = node.test
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            left, op, right = test.left, test.ops[0], test.comparators[0]
            if isinstance(op, ast.Eq):
                return self._equal(left, right)
            if isinstance(op, ast.Is | ast.IsNot):
                return self._same(left, right, op)
            if isinstance(op, ast.In | ast.NotIn):
                return self._contained(left, right, op)
            if type(op) in COMPARED:
                return self._compared(left, right, op)
        negative = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        return self._truth(test.operand if isinstance(test, ast.UnaryOp) and negative else test, not negative)

    def _assertion(self, name: str, node: ast.Call) -> list[ast.stmt]:
        """What `self.NAME(...)` asserts."""
        args = node.args
        if name in RAISES:
            return self._raises_call(name, node)
        if name == "assertAlmostEqual":
            return self._nearly(node)
        if name in EQUAL or name == "assertSetEqual":
            return self._equal(args[0], args[1])
        if name in ORDERED:
            return self._compared(args[0], args[1], ORDERED[name]())
        if name in ("assertTrue", "assertFalse"):
            return self._truth(args[0], name == "assertTrue")
        if name in ("assertIs", "assertIsNot"):
            return self._same(args[0], args[1], ast.Is() if name == "assertIs" else ast.IsNot())
        if name in ("assertIsNone", "assertIsNotNone"):
            return self._same(args[0], ast.Constant(None), ast.Is() if name == "assertIsNone" else ast.IsNot())
        if name in ("assertIn", "assertNotIn"):
            return self._contained(args[0], args[1], ast.In() if name == "assertIn" else ast.NotIn())
        if name in ("assertCountEqual", "assertItemsEqual"):
            return self._any_order(args[0], args[1])
        raise NotCarried(f"uses self.{name}")

    def _equal(self, first: ast.expr, second: ast.expr) -> list[ast.stmt]:
        caught = self._of_error(first, second) or self._of_error(second, first)
        if caught:
            return [caught]
        got, expected = self._sides(first, second)
        if expected.kind is Kind.DATE:
            shown = operate("repr", got.code).code
            return [self._demand(ast.Compare(shown, [ast.Eq()], [call("repr", expected.code)]))]
        if not expected.here:
            return [self._true(operate("eq", got.code, expected.code))]
        if isinstance(expected.code, ast.Set) or _is_set_call(expected.code):
            got = Value(call("learner.members", got.code), Kind.THERE)
        return [self._demand(ast.Compare(got.code, [ast.Eq()], [expected.code]))]

    def _sides(self, first: ast.expr, second: ast.expr) -> tuple[Value, Value]:
        """What came and what is expected; one side at least must come from the learner's code."""
        left, right = self._asserted_value(first), self._asserted_value(second)
        own = (Kind.HERE, Kind.DATE)
        if left.kind in own and right.kind in own:
            raise NotCarried("compares only values of its own")
        return (right, left) if left.kind in own else (left, right)

    def _asserted_value(self, node: ast.expr) -> Value:
        if isinstance(node, ast.Name) and node.id in self._asked:
            raise NotCarried(f"looks whether the learner's code changed its argument `{node.id}`")
        return self._any(node)

    def _demand(self, test: ast.expr, words: str = "") -> ast.stmt:
        self._asserted = True
        return ast.Assert(test, text(words) if words else None)

    def _true(self, asked: Value, wanted: bool = True) -> ast.stmt:
        """A demand on what the learner's process says; compared, so that its message is not the check's source."""
        return self._demand(ast.Compare(asked.code, [ast.Is()], [ast.Constant(wanted)]))

    def _compared(self, first: ast.expr, second: ast.expr, op: ast.cmpop) -> list[ast.stmt]:
        left, right = self._asserted_value(first), self._asserted_value(second)
        if left.here and right.here:
            raise NotCarried("compares only values of its own")
        return [self._true(operate(COMPARED[type(op)], left.code, right.code))]

    def _truth(self, node: ast.expr, wanted: bool) -> list[ast.stmt]:
        value = self._asserted_value(node)
        if value.here or value.kind is Kind.ERROR:
            raise NotCarried(f"asserts `{ast.unparse(node)[:40]}`")
        return [self._true(operate("truth", value.code), wanted)]

    def _same(self, first: ast.expr, second: ast.expr, op: ast.cmpop) -> list[ast.stmt]:
        got, expected = self._sides(first, second)
        if not expected.here:
            return [self._true(operate("is_" if isinstance(op, ast.Is) else "is_not", got.code, expected.code))]
        if not isinstance(expected.code, ast.Constant) or expected.code.value not in (None, True, False):
            raise NotCarried("asserts the identity of a value")
        return [self._demand(ast.Compare(got.code, [op], [expected.code]))]

    def _contained(self, item: ast.expr, items: ast.expr, op: ast.cmpop) -> list[ast.stmt]:
        inner, outer = self._asserted_value(item), self._asserted_value(items)
        if inner.here and outer.here:
            raise NotCarried("compares only values of its own")
        if outer.here:
            if not isinstance(outer.code, ast.List | ast.Name):
                raise NotCarried("looks for a value of the learner's in something that is no list")
            listed = call("list", outer.code)
            return [self._demand(ast.Compare(inner.code, [op], [listed]))]
        return [self._true(operate("contains", outer.code, inner.code), isinstance(op, ast.In))]

    def _any_order(self, first: ast.expr, second: ast.expr) -> list[ast.stmt]:
        got, expected = self._sides(first, second)
        if not expected.here:
            raise NotCarried("compares two collections of the learner's in any order")
        came = call("in_any_order", operate("list", got.code).code)
        return [self._demand(ast.Compare(came, [ast.Eq()], [call("in_any_order", call("list", expected.code))]))]

    def _nearly(self, node: ast.Call) -> list[ast.stmt]:
        got, expected = self._sides(node.args[0], node.args[1])
        options: dict[str | None, ast.expr] = {each.arg: each.value for each in node.keywords}
        options |= {"places": node.args[2]} if len(node.args) > 2 else {}
        if not expected.here or not all(isinstance(each, ast.Constant) for each in options.values()):
            raise NotCarried("compares numbers nearly in a way that is not known")
        places = _number(options.get("places"), PLACES)
        within = _number(options.get("delta"), 0.5 * 10**-places)
        near = [ast.keyword("abs", ast.Constant(within)), ast.keyword("rel", ast.Constant(0))]
        return [self._demand(ast.Compare(got.code, [ast.Eq()], [call("approx", expected.code, keywords=near)]))]

    def _with(self, node: ast.With) -> list[ast.stmt]:
        if len(node.items) != 1:
            raise NotCarried("has a `with` of several things")
        manager, name = self._own_raises(node.items[0].context_expr), node.items[0].optional_vars
        if _of_self(manager) == "subTest":
            return self._block(node.body)
        if not isinstance(manager, ast.Call) or not (_of_self(manager) in RAISES or _is_pytest_raises(manager)):
            raise NotCarried(f"uses `with {ast.unparse(manager)[:40]}`")
        variable = ast.unparse(name) if name else "failure"
        made = self._failure(variable, node.body, manager)
        self._bind(variable, Kind.ERROR)
        return made

    def _own_raises(self, manager: ast.expr) -> ast.expr:
        """What MANAGER stands for, where it is a method of the test's own that returns `self.assertRaises...(...)`."""
        method = self._methods.get(_of_self(manager))
        last = method.body[-1] if method else None
        if not method or not isinstance(last, ast.Return) or last.value is None or _of_self(last.value) not in RAISES:
            return manager
        assert isinstance(manager, ast.Call)
        given = dict(zip([each.arg for each in method.args.args[1:]], manager.args, strict=False))
        return _Replaced(given).visit(copy.deepcopy(last.value))  # type: ignore[no-any-return]

    def _failure(self, variable: str, body: list[ast.stmt], manager: ast.Call) -> list[ast.stmt]:
        """The lines after which VARIABLE is the error that BODY raised in the learner's code, as MANAGER wants it."""
        self._raising = True
        block = self._block(body)
        self._raising = False
        if any(isinstance(each, ast.Assert) for node in block for each in ast.walk(node)):
            raise NotCarried("asserts inside the block that is to raise")
        self._asserted = True
        if len(block) == 1 and isinstance(block[0], ast.Expr):
            action: ast.expr = ast.Lambda(_parameters(), block[0].value)
            return [_let(variable, self._demanded(call("learner.failure", action), manager))]
        self._attempts += 1
        name = f"attempt_{self._attempts}" if self._attempts > 1 else "attempt"
        failure = self._demanded(call("learner.failure", ast.Name(name)), manager)
        return [function(name, [], block), _let(variable, failure)]

    def _demanded(self, failure: ast.expr, manager: ast.Call) -> ast.expr:
        """FAILURE with what the arguments of `assertRaises`, `assertRaisesRegex` or `pytest.raises` demand of it."""
        kinds = manager.args[0].elts if isinstance(manager.args[0], ast.Tuple) else [manager.args[0]]
        names = [text(self._exception(each)) for each in kinds]
        failure = ast.Call(ast.Attribute(failure, "of", ast.Load()), names, [])
        for pattern in [*manager.args[1:2], *(each.value for each in manager.keywords if each.arg == "match")]:
            failure = ast.Call(ast.Attribute(failure, "saying", ast.Load()), [_pattern(pattern)], [])
        return failure

    def _exception(self, node: ast.expr) -> str:
        name = ast.unparse(node).rpartition(".")[2]
        known = name in EXCEPTIONS or name in self._names.learners or isinstance(node, ast.Attribute)
        if not known or not isinstance(node, ast.Name | ast.Attribute):
            raise NotCarried(f"expects an exception that is not known: {ast.unparse(node)[:40]}")
        return name

    def _raises_call(self, name: str, node: ast.Call) -> list[ast.stmt]:
        """`self.assertRaises(Error, function, *args)`."""
        own = 1 if name == "assertRaises" else 2
        if len(node.args) <= own:
            raise NotCarried(f"uses self.{name} in a way that is not known")
        asked = ast.Call(node.args[own], node.args[own + 1 :], node.keywords)
        made = self._failure("failure", [ast.Expr(asked)], ast.Call(node.func, node.args[:own], []))
        self._bind("failure", Kind.ERROR)
        return made

    def _of_error(self, node: ast.expr, other: ast.expr) -> ast.stmt | None:
        """A demand on the type or the text of an error that was caught; None where NODE is neither."""
        words = ast.unparse(node)
        if words.endswith(("exception", "value")):
            return None
        found = re.fullmatch(
            r"type\((\w+)\.(exception|value)\)|(str\()?(\w+)\.(exception|value)(\.args\[0\])?\)?", words
        )
        variable = found and (found[1] or found[4])
        if not variable or self._names.variables.get(variable) is not Kind.ERROR:
            return None
        caught = ast.Name(variable)
        if words.startswith("type("):
            asked = ast.Attribute(caught, "type", ast.Load())
            return self._demand(ast.Compare(asked, [ast.Eq()], [text(self._exception(other))]))
        expected = self._expressions.value(other)
        if not expected.here or (isinstance(expected.code, ast.Constant) and not isinstance(expected.code.value, str)):
            raise NotCarried("compares an error's argument with something that is no text")
        message = ast.Attribute(caught, "message", ast.Load())
        return self._demand(ast.Compare(message, [ast.Eq()], [expected.code]))

    def _helped(self, node: ast.Call, name: str) -> Value:
        """A call of a method of the test's own class, which becomes a function beside the checks."""
        method = self._methods.get(name)
        if method is None:
            raise NotCarried(f"uses self.{name}")
        parameters = [each.arg for each in method.args.args[1:]]
        given = dict(zip(parameters, node.args, strict=False)) | {str(each.arg): each.value for each in node.keywords}
        if (
            method.decorator_list
            or len(node.args) + len(node.keywords) != len(parameters)
            or set(given) != set(parameters)
        ):
            raise NotCarried(f"calls its own method {name} in a way that is not known")
        values = [self._any(given[each]) for each in parameters]
        variables = dict(zip(parameters, [each.kind for each in values], strict=True))
        inner = _Helper(replace(self._names, variables=variables), {}, {})
        kind, source = inner.function(name, method)
        if self._helpers.setdefault(name, source) != source:
            raise NotCarried(f"calls its own method {name} with values of another kind")
        self._asserted = self._asserted or inner.asserts
        return Value(call(name, ast.Name("learner"), *(each.code for each in values)), kind)

    def _note_arguments(self, node: ast.expr) -> None:
        """Remember the variables whose value was passed on: a change to one there is not seen here."""
        for each in ast.walk(node):
            if isinstance(each, ast.Call):
                self._asked |= {arg.id for arg in each.args if isinstance(arg, ast.Name)} & self._changeable


class _Helper(Statements):
    """Translates a method of the test's class that tests call."""

    @property
    def asserts(self) -> bool:
        """Whether it asserts something."""
        return self._asserted

    def function(self, name: str, method: ast.FunctionDef) -> tuple[Kind, str]:
        """The kind of what it returns, and its source."""
        self._kind = Kind.HERE
        body = self._block(method.body)
        if not body:
            raise NotCarried(f"calls its own method {name}, which does nothing")
        made = function(name, ["learner", *(each.arg for each in method.args.args[1:])], body)
        return self._kind, ast.unparse(ast.fix_missing_locations(made))

    def _return(self, node: ast.Return) -> list[ast.stmt]:
        if node.value is None:
            raise NotCarried("returns nothing from a method of its own")
        value = self._any(node.value)
        self._kind = value.kind
        return [ast.Return(value.code)]


def function(name: str, parameters: list[str], body: list[ast.stmt]) -> ast.FunctionDef:
    """A function of that name."""
    made = ast.FunctionDef(name, _parameters(*parameters), body, [], lineno=1)
    if sys.version_info >= (3, 12):
        made.type_params = []
    return made


def _parameters(*names: str) -> ast.arguments:
    return ast.arguments([], [ast.arg(each) for each in names], None, [], [], None, [])


def _pattern(node: ast.expr) -> ast.expr:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        raise NotCarried("matches an error's text by a pattern that is computed")
    try:
        re.compile(node.value)
    except re.error:
        raise NotCarried("matches an error's text by a pattern that is not valid") from None
    return node


class _Replaced(ast.NodeTransformer):
    """Puts the arguments of a call in the place of the parameters."""

    def __init__(self, given: dict[str, ast.expr]) -> None:
        self._given = given

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """The argument for a parameter; any other name as it is."""
        return self._given.get(node.id, node)


def _of_self(node: ast.expr) -> str:
    """The name of the method where NODE is a call of one of the test's own; else empty."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_self(node.func.value):
        return node.func.attr
    return ""


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _is_pytest_raises(node: ast.Call) -> bool:
    return ast.unparse(node.func) in ("pytest.raises", "raises") and len(node.args) == 1


def _is_set_call(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("set", "frozenset")


def _let(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value, lineno=1)


def _stored(names: list[str]) -> ast.expr:
    return ast.Tuple([ast.Name(each, ast.Store()) for each in names], ast.Store())


def _number(node: ast.expr | None, usual: float) -> float:
    return float(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, int | float) else usual
