"""Mistakes in Python: found in the syntax tree, made in the text, so that only the mistake differs."""

from __future__ import annotations

import ast
import codecs
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from runner.authoring.mutation.edits import Edit, apply

Edits = Iterator[Edit]

COMPARED: dict[type[ast.cmpop], tuple[str, str, str]] = {
    ast.Lt: ("<", "<=", "limit moved"),
    ast.LtE: ("<=", "<", "limit moved"),
    ast.Gt: (">", ">=", "limit moved"),
    ast.GtE: (">=", ">", "limit moved"),
    ast.Eq: ("==", "!=", "test turned round"),
    ast.NotEq: ("!=", "==", "test turned round"),
    ast.In: ("in", "not in", "test turned round"),
    ast.NotIn: ("not in", "in", "test turned round"),
    ast.Is: ("is", "is not", "test turned round"),
    ast.IsNot: ("is not", "is", "test turned round"),
}
"""An operator of a comparison, what is written for it, and what kind of mistake that is."""

CALCULATED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "*"),
    ast.Pow: ("**", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.BitXor: ("^", "&"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}

EXCHANGED = {
    "all": "any",
    "any": "all",
    "append": "extend",
    "ceil": "floor",
    "endswith": "startswith",
    "extend": "append",
    "find": "rfind",
    "floor": "ceil",
    "lower": "upper",
    "lstrip": "rstrip",
    "max": "min",
    "min": "max",
    "rfind": "find",
    "rstrip": "lstrip",
    "startswith": "endswith",
    "upper": "lower",
}
"""Functions and methods that are taken for each other."""

WHOLE = (ast.Name, ast.Call, ast.Attribute, ast.Subscript, ast.Constant, ast.List, ast.Dict, ast.Set)
"""Expressions that need no brackets wherever they stand."""

SMALL = 10
"""Numbers below this are tried one higher and one lower; larger ones, such as a status, one higher."""


def edits(text: bytes) -> Iterator[Edit]:
    """The mistakes that can be made in TEXT: those that leave it a program, and another one than it was.

    Yields nothing for a text that is no Python.
    """
    tree = _parsed(text)
    if tree is None:
        return
    original = _meaning(tree)
    file = _File(text, tree)
    for node in file.nodes():
        for edit in file.edits_of(node):
            changed = _parsed(apply(edit, text))
            if changed is not None and not _same(changed, tree, original):
                yield edit


def _parsed(text: bytes) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as `"x" is y`, which a learner writes too
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _meaning(tree: ast.Module) -> object:
    """What the compiler makes of TREE; a program that it refuses means nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return compile(tree, "answer", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _same(changed: ast.Module, tree: ast.Module, original: object) -> bool:
    """Whether CHANGED does not compile, or is the same program as TREE, which compiles to ORIGINAL."""
    code = _meaning(changed)
    return code is None or code == original or ast.dump(changed) == ast.dump(tree)


class _File:
    """The text of a file with its tree: where each node stands, and what can be written for it."""

    def __init__(self, text: bytes, tree: ast.Module) -> None:
        self.text = text
        self._tree = tree
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        if text.startswith(codecs.BOM_UTF8):
            self._starts[0] = len(codecs.BOM_UTF8)
        self._imported = {
            (alias.asname or alias.name).split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        self._parents: dict[ast.AST, ast.AST] = {}

    def nodes(self) -> Iterator[ast.AST]:
        """The nodes that are mutated, as they stand in the file: no docstrings, types, imports or `__main__`."""
        yield from self._below(self._tree)

    def edits_of(self, node: ast.AST) -> Edits:
        """The mistakes that can be made at NODE."""
        for kind, make in _MAKERS:
            if isinstance(node, kind):
                yield from make(self, node)

    def _below(self, node: ast.AST) -> Iterator[ast.AST]:
        for child in ast.iter_child_nodes(node):
            if _left_alone(child, node):
                continue
            self._parents[child] = node
            yield child
            if not isinstance(child, ast.JoinedStr):  # before Python 3.12 places in it are wrong
                yield from self._below(child)

    def parent(self, node: ast.AST) -> ast.AST:
        """The node that NODE stands in."""
        return self._parents[node]

    def of_module(self, node: ast.expr) -> bool:
        """Whether NODE is the name of an imported module."""
        return isinstance(node, ast.Name) and node.id in self._imported

    def span(self, node: Any) -> tuple[int, int]:
        """The bytes of NODE: start and end."""
        start = self._starts[node.lineno - 1] + node.col_offset
        return start, self._starts[node.end_lineno - 1] + node.end_col_offset

    def start(self, node: Any) -> int:
        """Where NODE begins."""
        return self.span(node)[0]

    def end(self, node: Any) -> int:
        """Where NODE ends."""
        return self.span(node)[1]

    def written(self, node: Any) -> bytes:
        """NODE as it is written."""
        start, end = self.span(node)
        return self.text[start:end]

    def whole(self, node: ast.expr) -> bytes:
        """NODE as it is written, in brackets where it could fall apart at another place."""
        written = self.written(node)
        return written if isinstance(node, WHOLE) else b"(" + written + b")"

    def side(self, node: ast.expr) -> bytes:
        """One of several conditions: a comparison needs no brackets in the place of them all."""
        return self.written(node) if isinstance(node, (ast.Compare, ast.UnaryOp)) else self.whole(node)

    def instead(self, node: Any, text: bytes | str, kind: str) -> Edit:
        """TEXT in the place of NODE."""
        start, end = self.span(node)
        return Edit(start, end, text if isinstance(text, bytes) else text.encode(), kind)

    def lines(self, first: int, last: int) -> tuple[int, int]:
        """The bytes of the lines FIRST to LAST, numbered from 1."""
        return self._starts[first - 1], self._starts[last]

    def operator(self, left: ast.expr, right: ast.expr) -> tuple[int, int]:
        """Where the operator stands between LEFT and RIGHT."""
        start = self.end(left)
        gap = self.text[start : self.start(right)]
        word = gap.strip(b" \t\r\n\\()")  # with a comment in it, it is no operator that anybody looks for
        begin = start + gap.index(word)
        return begin, begin + len(word)

    def without(self, items: Sequence[Any], index: int, kind: str) -> Edit:
        """The list of ITEMS, which commas part, without the one at INDEX."""
        if index:
            return Edit(self.end(items[index - 1]), self.end(items[index]), b"", kind)
        end = self.start(items[1]) if len(items) > 1 else self.end(items[0])
        return Edit(self.start(items[0]), end, b"", kind)


def _left_alone(node: ast.AST, parent: ast.AST) -> bool:
    """Whether nothing is changed in NODE, since no mistake of a learner's stands there."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return True
    if isinstance(parent, (ast.arg, ast.AnnAssign)) and node is parent.annotation:
        return True
    if isinstance(parent, (ast.FunctionDef, ast.AsyncFunctionDef)) and node is parent.returns:
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    return isinstance(node, ast.If) and "__name__" in ast.dump(node.test)


def _compare(file: _File, node: ast.Compare) -> Edits:
    sides = [node.left, *node.comparators]
    for (left, right), operator in zip(pairwise(sides), node.ops, strict=True):
        old, new, kind = COMPARED[type(operator)]
        start, end = file.operator(left, right)
        if file.text[start:end].split() == old.encode().split():
            yield Edit(start, end, new.encode(), kind)


def _binary(file: _File, node: ast.BinOp) -> Edits:
    old, new = CALCULATED.get(type(node.op), ("", ""))
    start, end = file.operator(node.left, node.right)
    if old and file.text[start:end] == old.encode():
        yield Edit(start, end, new.encode(), "operator exchanged")


def _augmented(file: _File, node: ast.AugAssign) -> Edits:
    old, new = CALCULATED.get(type(node.op), ("", ""))
    start, end = file.operator(node.target, node.value)
    if old and file.text[start:end] == f"{old}=".encode():
        yield Edit(start, end, f"{new}=".encode(), "operator exchanged")
        yield Edit(start, end, b"=", "operator exchanged")
    yield file.instead(node, "pass", "statement left out")


def _logic(file: _File, node: ast.BoolOp) -> Edits:
    old, new = (b"and", b"or") if isinstance(node.op, ast.And) else (b"or", b"and")
    for left, right in pairwise(node.values):
        start, end = file.operator(left, right)
        if file.text[start:end] == old:
            yield Edit(start, end, new, "and/or exchanged")
    for index in range(len(node.values)):
        rest = [file.side(each) for position, each in enumerate(node.values) if position != index]
        yield file.instead(node, (b" " + old + b" ").join(rest), "condition left out")


def _unary(file: _File, node: ast.UnaryOp) -> Edits:
    if isinstance(node.op, ast.Not):
        yield file.instead(node, file.whole(node.operand), "test turned round")
    if isinstance(node.op, ast.USub):
        yield file.instead(node, file.whole(node.operand), "operator exchanged")


def _if(file: _File, node: ast.If | ast.IfExp) -> Edits:
    yield file.instead(node.test, "False", "guard left out")
    yield file.instead(node.test, "True", "guard left out")


def _filter(file: _File, node: ast.comprehension) -> Edits:
    for test in node.ifs:
        yield file.instead(test, "True", "condition left out")


def _constant(file: _File, node: ast.Constant) -> Edits:
    value = node.value
    if isinstance(value, bool):
        yield file.instead(node, str(not value), "flag turned round")
    elif isinstance(value, int):
        yield file.instead(node, str(value + 1), "number changed")
        if 0 < value < SMALL:
            yield file.instead(node, str(value - 1), "number changed")
    elif isinstance(value, float):
        yield file.instead(node, repr(value + 1), "number changed")
    elif isinstance(value, str):
        yield file.instead(node, '""' if value else '"x"', _kind_of_text(file, node))
    elif isinstance(value, bytes):
        yield file.instead(node, 'b""' if value else 'b"x"', "text changed")


def _format(file: _File, node: ast.JoinedStr) -> Edits:
    yield file.instead(node, '""', _kind_of_text(file, node))


def _kind_of_text(file: _File, node: ast.expr) -> str:
    around = file.parent(node)
    while isinstance(around, ast.expr | ast.keyword | ast.comprehension):
        around = file.parent(around)
    return "words of an error changed" if isinstance(around, ast.Raise) else "text changed"


def _slice(file: _File, node: ast.Slice) -> Edits:
    for bound in (node.lower, node.upper):
        if bound is None:
            continue
        yield file.instead(bound, b"", "off by one")
        if not isinstance(bound, ast.Constant):
            yield from _shifted(file, bound)
    if node.step:
        yield file.instead(node.step, b"", "argument left out")


def _shifted(file: _File, node: ast.expr) -> Edits:
    yield file.instead(node, file.whole(node) + b" + 1", "off by one")
    yield file.instead(node, file.whole(node) + b" - 1", "off by one")


def _subscript(file: _File, node: ast.Subscript) -> Edits:
    """`x[:]` without the slice: a copy that is none."""
    if isinstance(node.slice, ast.Slice) and not (node.slice.lower or node.slice.upper or node.slice.step):
        yield file.instead(node, file.written(node.value), "call left out")


def _call(file: _File, node: ast.Call) -> Edits:
    positional = [each for each in node.args if not isinstance(each, ast.Starred)]
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        for each in positional:
            if not isinstance(each, ast.Constant):
                yield from _shifted(file, each)
    items = sorted([*node.args, *node.keywords], key=file.start)
    for index, item in enumerate(items):
        if isinstance(item, ast.keyword) or 0 < index == len(node.args) - 1:
            yield file.without(items, index, "argument left out")
    any_order = isinstance(node.func, ast.Name) and node.func.id in ("max", "min")
    for left, right in [] if any_order else pairwise(positional):
        between = file.text[file.end(left) : file.start(right)]
        text = file.written(right) + between + file.written(left)
        yield Edit(file.start(left), file.end(right), text, "arguments exchanged")
    yield from _left_out(file, node)


def _left_out(file: _File, node: ast.Call) -> Edits:
    """`f(x)` or `x.f(...)` as `x`."""
    if isinstance(file.parent(node), (ast.Expr, ast.Raise)):
        return
    if isinstance(node.func, ast.Attribute) and not file.of_module(node.func.value):
        yield file.instead(node, file.whole(node.func.value), "call left out")
    elif len(node.args) == 1 and not node.keywords and not isinstance(node.args[0], ast.Starred):
        yield file.instead(node, file.whole(node.args[0]), "call left out")


def _name(file: _File, node: ast.Name) -> Edits:
    parent = file.parent(node)
    if node.id in EXCHANGED and isinstance(parent, ast.Call) and parent.func is node:
        yield file.instead(node, EXCHANGED[node.id], "function exchanged")


def _attribute(file: _File, node: ast.Attribute) -> Edits:
    if node.attr in EXCHANGED:
        end = file.end(node)
        yield Edit(end - len(node.attr), end, EXCHANGED[node.attr].encode(), "function exchanged")


def _elements(file: _File, node: ast.List | ast.Tuple | ast.Set) -> Edits:
    unpacked = isinstance(node, ast.Tuple) and isinstance(file.parent(node), ast.Assign)
    if isinstance(getattr(node, "ctx", ast.Load()), ast.Load) and len(node.elts) > 1 and not unpacked:
        for index in range(len(node.elts)):
            yield file.without(node.elts, index, "entry left out")


def _dictionary(file: _File, node: ast.Dict) -> Edits:
    for index, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
        if index:
            yield Edit(file.end(node.values[index - 1]), file.end(value), b"", "entry left out")
        elif key:
            following = node.keys[1] if len(node.keys) > 1 else None
            end = file.start(following) if following else file.end(value)
            yield Edit(file.start(key), end, b"", "entry left out")


def _statement(file: _File, node: ast.stmt) -> Edits:
    yield file.instead(node, "pass", "statement left out")


def _assign(file: _File, node: ast.Assign) -> Edits:
    """Left out where the name is there without it as well."""
    if all(isinstance(each, (ast.Attribute, ast.Subscript)) for each in node.targets):
        yield file.instead(node, "pass", "statement left out")


def _return(file: _File, node: ast.Return) -> Edits:
    if node.value is not None:
        yield file.instead(node.value, "None", "result left out")


def _raise(file: _File, node: ast.Raise) -> Edits:
    yield file.instead(node, "pass", "statement left out")
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    if isinstance(raised, ast.Name) and raised.id[:1].isupper():
        yield file.instead(raised, "Exception", "error of another kind")
    if node.exc and node.cause:
        yield Edit(file.end(node.exc), file.end(node.cause), b"", "argument left out")


def _loop_word(file: _File, node: ast.Break | ast.Continue) -> Edits:
    yield file.instead(node, "continue" if isinstance(node, ast.Break) else "break", "break/continue exchanged")
    yield file.instead(node, "pass", "statement left out")


def _handler(file: _File, node: ast.ExceptHandler) -> Edits:
    """One that catches nothing, and one that catches too much."""
    word = file.start(node) + len("except")
    if node.type is None:
        yield Edit(word, word, b" ()", "handler left out")
        return
    yield file.instead(node.type, "()", "handler left out")
    if file.written(node.type) not in (b"Exception", b"BaseException"):
        yield file.instead(node.type, "Exception", "wider error")


def _with(file: _File, node: ast.With | ast.AsyncWith) -> Edits:
    if len(node.items) == 1 and node.items[0].optional_vars is None:
        yield Edit(file.start(node), file.end(node.items[0].context_expr), b"if True", "with left out")


def _await(file: _File, node: ast.Await) -> Edits:
    yield file.instead(node, file.whole(node.value), "await left out")


def _parameters(file: _File, node: ast.arguments) -> Edits:
    plain = [*node.posonlyargs, *node.args]
    pairs = [*zip(plain[len(plain) - len(node.defaults) :], node.defaults, strict=True)]
    pairs += [(name, default) for name, default in zip(node.kwonlyargs, node.kw_defaults, strict=True) if default]
    for name, default in pairs:
        yield Edit(file.end(name), file.end(default), b"", "default left out")


def _decorated(file: _File, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Edits:
    for each in node.decorator_list:
        start, end = file.lines(each.lineno, each.end_lineno or each.lineno)
        yield Edit(start, end, b"", "decorator left out")


_MAKERS: list[tuple[Any, Callable[[_File, Any], Edits]]] = [
    (ast.Compare, _compare),
    (ast.BinOp, _binary),
    (ast.AugAssign, _augmented),
    (ast.BoolOp, _logic),
    (ast.UnaryOp, _unary),
    ((ast.If, ast.IfExp), _if),
    (ast.comprehension, _filter),
    (ast.Constant, _constant),
    (ast.JoinedStr, _format),
    (ast.Slice, _slice),
    (ast.Subscript, _subscript),
    (ast.Call, _call),
    (ast.Name, _name),
    (ast.Attribute, _attribute),
    ((ast.List, ast.Tuple, ast.Set), _elements),
    (ast.Dict, _dictionary),
    ((ast.Expr, ast.Delete, ast.Assert), _statement),
    (ast.Assign, _assign),
    (ast.Return, _return),
    (ast.Raise, _raise),
    ((ast.Break, ast.Continue), _loop_word),
    (ast.ExceptHandler, _handler),
    ((ast.With, ast.AsyncWith), _with),
    (ast.Await, _await),
    (ast.arguments, _parameters),
    ((ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef), _decorated),
]
"""What is done at each kind of node."""
