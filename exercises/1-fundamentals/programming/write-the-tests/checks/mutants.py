"""Broken implementations: the given one with a change, by the words that end "an implementation that ...".

Each is a list of `(old, new)` for Python and one for JavaScript.
"""

MUTANTS = {
    "ignores the minutes when hours are given": (
        [("_seconds(hours, minutes, seconds)\n", "_seconds(hours, 0 if hours else minutes, seconds)\n")],
        [("return _seconds(hours, minutes, ", "return _seconds(hours, hours ? 0 : minutes, ")],
    ),
    "ignores the seconds": (
        [("_seconds(hours, minutes, seconds)\n", "_seconds(hours, minutes, 0)\n")],
        [("return _seconds(hours, minutes, seconds)", "return _seconds(hours, minutes, 0)")],
    ),
    "refuses more than 59 minutes or seconds": (
        [("    return _sec", "    if max(minutes, seconds) > 59:\n        raise ValueError(text)\n    return _sec")],
        [("  return _sec", "  if (Math.max(minutes, seconds) > 59) throw new RangeError(text);\n  return _sec")],
    ),
    "refuses a duration of zero": (
        [
            (
                "    return _sec",
                "    if not (hours or minutes or seconds):\n        raise ValueError(text)\n    return _sec",
            )
        ],
        [("  return _sec", "  if (!hours && !minutes && !seconds) throw new RangeError(text);\n  return _sec")],
    ),
    "takes an empty text for 0 seconds": (
        [("if not found or not text:", "if not found:")],
        [('if (!found || found[0] === "")', "if (!found)")],
    ),
    "ignores what stands after the last good part": (
        [("_PARTS.fullmatch(text)", "_PARTS.match(text)"), ("or not text:", "or not found.group():")],
        [("s)?$/", "s)?/")],
    ),
    "takes a number without a unit for seconds": (
        [("(?:([0-9]+)s)?", "(?:([0-9]+)s?)?")],
        [("(?:([0-9]+)s)?", "(?:([0-9]+)s?)?")],
    ),
    "takes the parts in any order": (
        [
            ("_PARTS.fullmatch(text)", 're.fullmatch(r"([0-9]+[hms])*", text)'),
            (
                "(int(part or 0) for part in found.groups())",
                '(sum(int(n) for n, u in re.findall("([0-9]+)(.)", text) if u == unit) for unit in "hms")',
            ),
        ],
        [
            ("PARTS.exec(text)", "/^([0-9]+[hms])*$/.exec(text)"),
            (
                "found.slice(1).map((part) => Number(part ?? 0))",
                '[..."hms"].map((unit) => [...text.matchAll(/([0-9]+)(.)/g)]'
                ".reduce((all, [, n, u]) => all + (u === unit ? Number(n) : 0), 0))",
            ),
        ],
    ),
}


def broken(given, language):
    """The text of each broken implementation, by its words, made of the text of the GIVEN one."""
    found = {}
    for words, changes in MUTANTS.items():
        text = given
        for old, new in changes[language == "javascript"]:
            before, there, after = text.rpartition(old)  # the last of them, in the function itself
            assert there, f"{words}: {old!r} is not in the given code"
            text = before + new + after
        found[words] = text
    return found
