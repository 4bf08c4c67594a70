"""The texts of an imported exercise: brief, summary and hints in this project's form, in the words of the track."""

from __future__ import annotations

import ast
import itertools
import re
import textwrap

from runner.authoring.exercism.track import Practice
from runner.packs.models import HINTS

WIDTH = 80
"""Characters in a line of a brief, as the gates ask."""

NO_HINT = "Nobody has written this hint yet. Read the contract in the brief again, then the first check that fails."
NO_REASON = "This is a practice exercise of Exercism's: one problem, which you solve in your own way."

FENCE = re.compile(r"\s*(```|~~~)")
ITEM = re.compile(r"(\s*)([-*+]|\d+[.)])\s+")
CODE = re.compile(r"^([ \t]*```.*?^[ \t]*```[ \t]*$)", re.MULTILINE | re.DOTALL)
REFERENCE = re.compile(r"^\[([^\]]+)\]:\s*(\S+).*$", re.MULTILINE)


def address(practice: Practice) -> str:
    """The exercise's page at Exercism."""
    return f"https://exercism.org/tracks/python/exercises/{practice.listed.slug}"


def brief(practice: Practice, claims: list[str]) -> str:
    """The brief: the seven parts, with the track's instructions as the contract."""
    files = " and ".join(f"`{name}`" for name in practice.answer)
    first = next(iter(practice.answer))
    parts = [
        f"# {practice.listed.name}",
        _folded(f"**Goal.** {practice.blurb}"),
        _folded("**Why it matters.** " + (_body(practice.introduction) or NO_REASON)),
        _folded(f"**Do.** Open {files} and write what the contract asks for, in any way you like."),
        "**Contract**",
        "\n".join(_folded(f"- {line}") for line in _signatures(practice)),
        _folded(_body(practice.instructions)),
        "**Done when**",
        "\n".join(_folded(f"- {claim}") for claim in claims),
        _folded(f"**Try it yourself.** In that folder, type `python -i {first}`, then call what you wrote."),
        _folded(f"**Read.** {_links(practice)}"),
        _folded("From Exercism's Python track; who wrote it, and its licence, stand in the pack's NOTICE.md."),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def summary(practice: Practice) -> str:
    """The half page that `learn doc` shows: what the track says about the exercise."""
    parts = [f"# {practice.listed.name}", _folded(practice.blurb), _folded(_body(practice.introduction))]
    return "\n\n".join(filter(None, [*parts, _folded(f"More: {_links(practice)}")])) + "\n"


def hints(practice: Practice) -> list[str]:
    """Three hints, from vague to near, of what `hints.md` has; a sentence that says so for each that it has not."""
    items = [each for each in re.split(r"\n(?=[-*] )|\n\s*\n", _body(practice.hints)) if re.search(r"\w", each)]
    items = [each for each in items if not re.fullmatch(r"\*\*[^*]+\*\*", each.strip())]
    count = min(HINTS, len(items)) or 1
    bounds = [len(items) * number // count for number in range(count + 1)]
    groups = [
        "\n".join(each.strip() for each in items[start:end]) for start, end in itertools.pairwise(bounds) if items
    ]
    return [*groups, *[NO_HINT] * HINTS][:HINTS]


def _links(practice: Practice) -> str:
    words = practice.source.replace("[", "(").replace("]", ")")
    found = [f"[{practice.listed.name} at Exercism]({address(practice)})"]
    if practice.source_url:
        found.append(f"[{words or 'where it comes from'}]({practice.source_url})")
    return " · ".join(found)


def _signatures(practice: Practice) -> list[str]:
    """What each file of a solution defines, for the contract: from the stub, or from the answer where that is bare."""
    found = []
    for name, source in practice.answer.items():
        defined = _defined(practice.starter[name]) or _defined(source)
        found.append(f"`{name}` defines {', '.join(defined)}" if defined else f"`{name}` holds your code")
    return found


def _defined(source: str) -> list[str]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return []
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found.append(f"`{node.name}({_parameters(node)})`")
        if isinstance(node, ast.ClassDef):
            makers = [each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"]
            found.append(f"the class `{node.name}`" + "".join(f" with `{node.name}({_parameters(e)})`" for e in makers))
    return found


def _parameters(node: ast.FunctionDef) -> str:
    return ast.unparse(node.args).removeprefix("self").removeprefix(", ")


def _body(text: str) -> str:
    """Exercism's Markdown as a terminal shows it: links in their places, headings in bold, notes as quotations."""
    targets = {key.lower(): target for key, target in REFERENCE.findall(text)}
    parts = CODE.split(text.replace("\r\n", "\n"))  # every second one is code, which stays as it is
    shown = [part if index % 2 else _prose(part, targets) for index, part in enumerate(parts)]
    return re.sub(r"\n{3,}", "\n\n", "".join(shown)).strip()


def _prose(text: str, targets: dict[str, str]) -> str:
    lines = text.split("\n")
    quoted, plain = False, []
    for line in lines:
        if line.startswith("~~~~"):
            quoted = line.startswith("~~~~exercism/")
            continue
        plain.append(f"> {line}".rstrip() if quoted else line)
    text = re.sub(r"^\[//\]: .*$|<!--.*?-->", "", "\n".join(plain), flags=re.MULTILINE)
    text = REFERENCE.sub("", text)
    text = re.sub(r"^# .*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^#{2,} (.*)$", r"**\1**", text, flags=re.MULTILINE)
    text = re.sub(r"\[concept:[^/\]]*/([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\[([^\]]*)\]", lambda found: _link(found[1], found[2] or found[1], targets), text)
    text = re.sub(r"(?<!!)\[([^\]]+)\](?![\[(:])", lambda found: _link(found[1], found[1], targets, found[0]), text)
    return text.replace("![", "[picture: ")


def _link(words: str, key: str, targets: dict[str, str], otherwise: str = "") -> str:
    target = targets.get(key.lower())
    return f"[{words}]({target})" if target else otherwise or words


def _folded(text: str) -> str:
    """TEXT in lines of at most WIDTH characters; code and tables keep theirs."""
    lines: list[str] = []
    block: list[str] = []
    fenced = False
    for line in [*text.split("\n"), ""]:
        fence = FENCE.match(line)
        if fenced or fence or not line.strip() or line.lstrip().startswith(("|", ">")) or line.startswith("**"):
            lines += _wrapped(block)
            block = []
            if line.startswith("**") and not fenced:
                block = [line]
            elif line.startswith(">") and not fenced:
                lines += _quoted(line)
            else:
                lines.append(line)
            fenced = fenced is not bool(fence)
        elif ITEM.match(line):
            lines += _wrapped(block)
            block = [line]
        else:
            block.append(line)
    return "\n".join([*lines[:-1], *_wrapped(block)]).rstrip()


def _quoted(line: str) -> list[str]:
    return textwrap.wrap(
        line[1:].strip(), WIDTH, initial_indent="> ", subsequent_indent="> ", break_long_words=False
    ) or [">"]


def _wrapped(block: list[str]) -> list[str]:
    if not block:
        return []
    item = ITEM.match(block[0])
    indent = " " * len(item[0]) if item else " " * (len(block[0]) - len(block[0].lstrip()))
    words = " ".join(line.strip() for line in block)
    first = item[1] if item else indent
    return textwrap.wrap(
        words, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
