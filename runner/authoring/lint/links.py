"""Links: of a form that browsers take, by https, to files and headings that are there; with a network, answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from runner.authoring.findings import Finding, inside, line_of
from runner.packs.models import Exercise

AT_A_TIME = 8
"""Addresses that are asked at once."""

PATIENCE = 15.0
"""Seconds that one address has to answer."""

GONE = (404, 410)
"""Statuses by which a server says that a page is not there; others may be about us."""


@dataclass(frozen=True)
class Link:
    """A link in a file of an exercise."""

    exercise: Exercise
    file: Path
    line: int
    target: str

    def finding(self, found: str, todo: str) -> Finding:
        """A fault of this link."""
        return Finding(self.exercise.id, "links", inside(self.exercise, self.file), found, todo, self.line)


def links(exercise: Exercise) -> Iterator[Finding]:
    """The faults of the links of EXERCISE that can be seen without a network."""
    for link in links_of(exercise):
        found = _fault(link)
        if found:
            todo = "write a whole https:// address, or a file or #heading that is there"
            yield link.finding(f"{link.target}: {found}", todo)


def links_of(exercise: Exercise) -> Iterator[Link]:
    """The links of the brief, of SUMMARY.md, and of the manifest."""
    manifest = exercise.folder / "exercise.toml"
    for target in exercise.manifest.links:
        yield Link(exercise, manifest, line_of(manifest, target), target)
    for file in (exercise.brief, exercise.folder / "SUMMARY.md"):
        if file.is_file():
            for line, target in _in_markdown(file.read_text(encoding="utf-8", errors="replace")):
                yield Link(exercise, file, line, target)


def unanswered(exercises: Iterable[Exercise]) -> tuple[list[Finding], list[str]]:
    """Ask the network for each address that the EXERCISES name, once.

    Returns:
        the findings of pages that are gone, and a line for each address that could not be asked.
    """
    known: dict[str, list[Link]] = {}
    for exercise in exercises:
        for link in links_of(exercise):
            if urlsplit(link.target).scheme in ("http", "https"):
                known.setdefault(link.target.partition("#")[0], []).append(link)
    with ThreadPoolExecutor(AT_A_TIME) as workers:
        answers = dict(zip(known, workers.map(_ask, known), strict=True))
    gone = [
        link.finding(f"{link.target}: the server answers {answers[url]}", "link to a page that is there")
        for url, each in known.items()
        for link in each
        if answers[url] in GONE
    ]
    silent = [f"{url}: {answer}" for url, answer in answers.items() if isinstance(answer, str)]
    return gone, silent


def _ask(url: str) -> int | str:
    """The status that URL answers, or why it gave none."""
    import httpx

    try:
        # By GET, since some servers refuse HEAD; the page itself is not read.
        with httpx.stream("GET", url, timeout=PATIENCE, follow_redirects=True) as reply:
            return reply.status_code
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def _in_markdown(text: str) -> Iterator[tuple[int, str]]:
    """The links of a Markdown TEXT, each as its line and its target."""
    from markdown_it import MarkdownIt

    lines = text.splitlines()
    for block in MarkdownIt().parse(text):
        for token in block.children or ():
            target = token.attrGet("href") or token.attrGet("src")
            if target is not None:
                begin, end = block.map or (0, 1)
                # A target is written in another way where it holds signs that an address may not have.
                exact = (number for number in range(begin, end) if str(target) in lines[number])
                yield next(exact, begin) + 1, str(target)


def _fault(link: Link) -> str:
    """What is wrong with a link, in words; empty where nothing is."""
    try:
        parts = urlsplit(link.target)
        host = parts.hostname or ""
    except ValueError as error:
        return f"no address ({error})"
    if parts.scheme in ("http", "https"):
        local = host in ("localhost", "127.0.0.1")
        if not (local or "." in host) or re.search(r"\s", unquote(link.target)):
            return "no address of a page"
        return "" if parts.scheme == "https" or local else "http where https is asked"
    if parts.scheme or parts.netloc or link.file.name == "exercise.toml":
        return "no https:// address"
    return _inside(link.file, unquote(parts.path), unquote(parts.fragment))


def _inside(file: Path, path: str, heading: str) -> str:
    """What is wrong with a link from FILE to PATH beside it and to a HEADING there."""
    target = (file.parent / path).resolve() if path else file
    if not target.is_relative_to(file.parent.resolve()) and path:
        return "a file outside of the exercise's folder, which no learner has"
    if not target.exists():
        return "no such file"
    if heading and target.suffix == ".md" and heading not in _headings(target.read_text(encoding="utf-8")):
        return f"no heading for #{heading}"
    return ""


def _headings(text: str) -> set[str]:
    """The anchors of the headings of a Markdown TEXT, as GitHub and GitLab name them."""
    titles = re.findall(r"^#+ +(.*?)\s*$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
