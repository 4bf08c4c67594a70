"""Mistakes in JavaScript: found in tree-sitter's syntax tree, made in the text, so that only the mistake differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from runner.authoring.mutation.edits import Edit, apply

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

Edits = Iterator[Edit]

OPERATORS: dict[str, tuple[tuple[str, str], ...]] = {
    "<": (("<=", "limit moved"),),
    "<=": (("<", "limit moved"),),
    ">": ((">=", "limit moved"),),
    ">=": ((">", "limit moved"),),
    "===": (("!==", "test turned round"),),
    "!==": (("===", "test turned round"),),
    "==": (("!=", "test turned round"),),
    "!=": (("==", "test turned round"),),
    "&&": (("||", "and/or exchanged"),),
    "||": (("&&", "and/or exchanged"),),
    "??": (("||", "and/or exchanged"), ("&&", "and/or exchanged")),
    "+": (("-", "operator exchanged"),),
    "-": (("+", "operator exchanged"),),
    "*": (("/", "operator exchanged"),),
    "/": (("*", "operator exchanged"),),
    "%": (("*", "operator exchanged"),),
    "**": (("*", "operator exchanged"),),
    "+=": (("-=", "operator exchanged"), ("=", "operator exchanged")),
    "-=": (("+=", "operator exchanged"), ("=", "operator exchanged")),
    "*=": (("/=", "operator exchanged"),),
    "/=": (("*=", "operator exchanged"),),
    "??=": (("||=", "and/or exchanged"), ("=", "operator exchanged")),
    "||=": (("=", "operator exchanged"),),
    "&&=": (("=", "operator exchanged"),),
    "++": (("--", "operator exchanged"),),
    "--": (("++", "operator exchanged"),),
}
"""An operator, and what is written for it: the text and the kind of mistake."""

LOGIC = ("&&", "||", "??")

EXCHANGED = {
    "ceil": "floor",
    "endsWith": "startsWith",
    "every": "some",
    "floor": "ceil",
    "indexOf": "lastIndexOf",
    "lastIndexOf": "indexOf",
    "max": "min",
    "min": "max",
    "pop": "shift",
    "push": "unshift",
    "replaceAll": "replace",
    "round": "floor",
    "shift": "pop",
    "some": "every",
    "startsWith": "endsWith",
    "toLowerCase": "toUpperCase",
    "toUpperCase": "toLowerCase",
    "trimEnd": "trimStart",
    "trimStart": "trimEnd",
    "trunc": "ceil",
    "unshift": "push",
}
"""Methods that are taken for each other."""

WHOLE = (
    "identifier",
    "member_expression",
    "subscript_expression",
    "call_expression",
    "number",
    "string",
    "array",
    "this",
    "template_string",
    "parenthesized_expression",
)
"""Expressions that need no brackets wherever they stand."""

OBJECTS = ("Array", "Buffer", "JSON", "Math", "Number", "Object", "Promise", "String")
"""Names whose functions are called on them; without the call nothing is left that makes sense."""

SMALL = 10
"""Numbers below this are tried one higher and one lower; larger ones, such as a status, one higher."""


def parser() -> Parser:
    """The parser.

    Raises:
        ImportError: the packages of the extra `authors` are not installed.
    """
    import tree_sitter
    import tree_sitter_javascript

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_javascript.language()))


def edits(text: bytes) -> Iterator[Edit]:
    """The mistakes that can be made in TEXT, those that leave it a program.

    Yields nothing for a text that is no JavaScript.

    Raises:
        ImportError: the packages of the extra `authors` are not installed.
    """
    reader = parser()
    tree = reader.parse(text)
    if tree.root_node.has_error:
        return
    for node in _below(tree.root_node):
        for edit in _MAKERS.get(node.type, _nothing)(node):
            if not reader.parse(apply(edit, text)).root_node.has_error:
                yield edit


def _below(node: Node) -> Iterator[Node]:
    for child in node.named_children:
        if child.type != "import_statement":
            yield child
            yield from _below(child)


def _nothing(node: Node) -> Edits:
    return iter(())


def _text(node: Node | None) -> bytes:
    return (node.text if node else None) or b""


def _field(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    assert found is not None, f"{node.type} without {name}"
    return found


def _whole(node: Node) -> bytes:
    return _text(node) if node.type in WHOLE else b"(" + _text(node) + b")"


def _side(node: Node) -> bytes:
    """A side of `&&`, `||` or `??`: a comparison needs no brackets in the place of the whole."""
    operator = node.child_by_field_name("operator")
    compared = node.type == "binary_expression" and operator and operator.type not in LOGIC
    return _text(node) if compared or node.type == "unary_expression" else _whole(node)


def _instead(node: Node, text: bytes | str, kind: str) -> Edit:
    return Edit(node.start_byte, node.end_byte, text if isinstance(text, bytes) else text.encode(), kind)


def _without(items: list[Node], index: int, kind: str) -> Edit:
    """The list of ITEMS, which commas part, without the one at INDEX."""
    if index:
        return Edit(items[index - 1].end_byte, items[index].end_byte, b"", kind)
    end = items[1].start_byte if len(items) > 1 else items[0].end_byte
    return Edit(items[0].start_byte, end, b"", kind)


def _operator(node: Node) -> Edits:
    operator = _field(node, "operator")
    for text, kind in OPERATORS.get(operator.type, ()):
        yield _instead(operator, text, kind)


def _binary(node: Node) -> Edits:
    left, right, operator = (_field(node, name) for name in ("left", "right", "operator"))
    yield from _operator(node)
    if operator.type in LOGIC:
        yield _instead(node, _side(left), "condition left out")
        yield _instead(node, _side(right), "condition left out")


def _unary(node: Node) -> Edits:
    operator, argument = _field(node, "operator"), _field(node, "argument")
    if operator.type == "!":
        yield _instead(node, _whole(argument), "test turned round")
    if operator.type == "-":
        yield _instead(node, _whole(argument), "operator exchanged")
    if operator.type == "delete" and node.parent and node.parent.type == "expression_statement":
        yield _instead(node.parent, ";", "statement left out")


def _if(node: Node) -> Edits:
    condition = _field(node, "condition")
    brackets = condition.type == "parenthesized_expression"
    for word in ("false", "true"):
        yield _instead(condition, f"({word})" if brackets else word, "guard left out")


def _number(node: Node) -> Edits:
    written = _text(node).decode()
    if not written.isdecimal():
        return
    value = int(written)
    yield _instead(node, str(value + 1), "number changed")
    if 0 < value < SMALL:
        yield _instead(node, str(value - 1), "number changed")


def _string(node: Node) -> Edits:
    yield _instead(node, '""' if len(_text(node)) > 2 else '"x"', _kind_of_text(node))


def _template(node: Node) -> Edits:
    if node.parent and node.parent.type != "call_expression":  # a tag's own text is no text of the learner's
        yield _instead(node, '""', _kind_of_text(node))


def _kind_of_text(node: Node) -> str:
    around = node.parent
    while around and not around.type.endswith(("_statement", "_declaration", "statement_block", "class_body")):
        around = around.parent
    return "words of an error changed" if around and around.type == "throw_statement" else "text changed"


def _flag(node: Node) -> Edits:
    yield _instead(node, "false" if node.type == "true" else "true", "flag turned round")


def _regex(node: Node) -> Edits:
    flags = node.child_by_field_name("flags")
    if flags:
        yield _instead(flags, b"", "argument left out")


def _arguments(node: Node) -> Edits:
    items = [each for each in node.named_children if each.type != "comment"]
    callee = node.parent.child_by_field_name("function") if node.parent else None
    any_order = bool(callee) and _text(callee) in (b"Math.max", b"Math.min")
    for index in range(1, len(items)):
        left, right = items[index - 1], items[index]
        if index == len(items) - 1:
            yield _without(items, index, "argument left out")
        if "spread_element" not in (left.type, right.type) and not any_order:
            start = node.start_byte
            between = _text(node)[left.end_byte - start : right.start_byte - start]
            yield Edit(left.start_byte, right.end_byte, _text(right) + between + _text(left), "arguments exchanged")
    if callee and _text(callee.child_by_field_name("property")) in (b"slice", b"substring", b"subarray"):
        for item in items:
            if item.type != "number":
                yield _instead(item, _whole(item) + b" + 1", "off by one")
                yield _instead(item, _whole(item) + b" - 1", "off by one")


def _call(node: Node) -> Edits:
    """`f(x)` or `x.f(...)` as `x`."""
    parent, function, given = node.parent, _field(node, "function"), _field(node, "arguments")
    if parent and parent.type in ("expression_statement", "throw_statement"):
        return
    if function.type == "member_expression" and _text(_field(function, "object")).decode() not in OBJECTS:
        yield _instead(node, _whole(_field(function, "object")), "call left out")
    elif given.type == "arguments" and len(given.named_children) == 1:
        yield _instead(node, _whole(given.named_children[0]), "call left out")


def _member(node: Node) -> Edits:
    name = _field(node, "property")
    if name.text and name.text.decode() in EXCHANGED:
        yield _instead(name, EXCHANGED[name.text.decode()], "function exchanged")
    if node.child_by_field_name("optional_chain"):
        yield _instead(_field(node, "optional_chain"), ".", "guard left out")


def _subscript(node: Node) -> Edits:
    if node.child_by_field_name("optional_chain"):
        yield _instead(_field(node, "optional_chain"), b"", "guard left out")


def _elements(node: Node) -> Edits:
    items = [each for each in node.named_children if each.type != "comment"]
    if len(items) == 1 and items[0].type == "spread_element" and node.type == "array":
        yield _instead(node, _text(items[0]).removeprefix(b"..."), "call left out")
    if len(items) > 1 or node.type == "object":
        for index in range(len(items)):
            yield _without(items, index, "entry left out")


def _statement(node: Node) -> Edits:
    """A call, an assignment to a part of something, a step: left out."""
    [expression, *_] = node.named_children
    target = expression.child_by_field_name("left")
    if expression.type == "assignment_expression" and target and target.type == "identifier":
        return
    if expression.type != "string":  # such as "use strict"
        yield _instead(node, ";", "statement left out")


def _return(node: Node) -> Edits:
    if node.named_children:
        yield _instead(node, "return;", "result left out")


def _throw(node: Node) -> Edits:
    yield _instead(node, ";", "statement left out")
    thrown = node.named_children[0]
    name = thrown.child_by_field_name("constructor")
    if name and _text(name) != b"Error":
        yield _instead(name, "Error", "error of another kind")


def _loop_word(node: Node) -> Edits:
    around = node.parent
    while around and not around.type.endswith(("for_statement", "for_in_statement", "while_statement", "do_statement")):
        if around.type == "switch_statement" or node.named_children:
            return
        around = around.parent
    word = "continue" if node.type == "break_statement" else "break"
    yield _instead(node, f"{word};", "break/continue exchanged")
    yield _instead(node, ";", "statement left out")


def _catch(node: Node) -> Edits:
    """A handler that handles nothing."""
    parameter, body = node.child_by_field_name("parameter"), _field(node, "body")
    if parameter is None:
        yield Edit(node.start_byte, body.end_byte, b"catch (error) { throw error; }", "handler left out")
    elif parameter.type == "identifier":
        yield _instead(body, b"{ throw " + _text(parameter) + b"; }", "handler left out")


def _await(node: Node) -> Edits:
    if node.parent and node.parent.type == "expression_statement":
        yield Edit(node.start_byte, node.named_children[0].start_byte, b"", "await left out")
    else:
        yield _instead(node, _whole(node.named_children[0]), "await left out")


def _default(node: Node) -> Edits:
    yield _instead(node, _text(_field(node, "left")), "default left out")


_MAKERS: dict[str, Callable[[Node], Edits]] = {
    "binary_expression": _binary,
    "augmented_assignment_expression": _operator,
    "update_expression": _operator,
    "unary_expression": _unary,
    "if_statement": _if,
    "ternary_expression": _if,
    "number": _number,
    "string": _string,
    "template_string": _template,
    "true": _flag,
    "false": _flag,
    "regex": _regex,
    "arguments": _arguments,
    "call_expression": _call,
    "member_expression": _member,
    "subscript_expression": _subscript,
    "array": _elements,
    "object": _elements,
    "expression_statement": _statement,
    "return_statement": _return,
    "throw_statement": _throw,
    "break_statement": _loop_word,
    "continue_statement": _loop_word,
    "catch_clause": _catch,
    "await_expression": _await,
    "assignment_pattern": _default,
    "object_assignment_pattern": _default,
}
"""What is done at each kind of node."""
