"""Blocks to Markdown and back. Writing never fails and never varies; reading knows what we write."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from proposals.editing.domain.flat import Block, Run, address, visible

INDENT = 4
_ANYWHERE = re.compile(r"[\\`*_\[\]#]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"[-+>]|\d+(?=[.)])")
_TILDES = re.compile(r"~{2,}")


# -- the one form in which Markdown can say it ---------------------------------------------------------
def normal(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without what Markdown cannot say, such as empty blocks, double spaces and bold gaps."""
    tidy: list[Block] = []
    deepest = -1
    for block in blocks:
        runs = _tidy_runs(block.runs)
        if not runs:
            continue
        indent = min(block.indent, deepest + 1) if block.list else 0
        deepest = indent if block.list else -1
        tidy.append(replace(block, runs=runs, indent=indent))
    return tidy


def _tidy_runs(runs: Sequence[Run]) -> tuple[Run, ...]:
    letters = [replace(run, text=letter) for run in runs for letter in visible(run.text)]
    letters = _single_spaces(letters)
    while letters and letters[0].text.isspace():
        letters.pop(0)
    while letters and letters[-1].text.isspace():
        letters.pop()
    words = [_space(letters, at) if letter.text.isspace() else letter for at, letter in enumerate(letters)]
    grouped = groupby(words, key=lambda letter: letter.marks)
    return tuple(Run("".join(one.text for one in same), *marks) for marks, same in grouped)


def _single_spaces(letters: list[Run]) -> list[Run]:
    return [
        one for at, one in enumerate(letters) if not (one.text == " " and at and letters[at - 1].text == " ")
    ]


def _space(letters: list[Run], at: int) -> Run:
    """A space carries a mark only where the words on both sides carry the same ones."""
    space, before, after = letters[at], _word(letters, at, -1), _word(letters, at, 1)
    href = space.href if space.href == before.href == after.href else ""
    same = space.marks == before.marks == after.marks
    return Run(space.text, strong=space.strong and same, em=space.em and same, href=href)


def _word(letters: list[Run], at: int, step: int) -> Run:
    while letters[at].text.isspace():
        at += step
    return letters[at]


# -- writing -------------------------------------------------------------------------------------------
def serialise(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown, ending in a line break unless there are none."""
    parts: list[str] = []
    before: Block | None = None
    numbers: dict[int, int] = {}
    for block in normal(blocks):
        if before is not None:
            parts.append(_between(before, block))
        numbers = _count(numbers, block)
        parts.append(_prefix(block, numbers) + _line(block))
        before = block
    return "".join(parts) + ("\n" if parts else "")


def _between(before: Block, block: Block) -> str:
    if before.quote and block.quote:
        return "\n>\n"
    return "\n" if before.list and block.list else "\n\n"


def _count(numbers: dict[int, int], block: Block) -> dict[int, int]:
    """The number of the item at each depth; a shallower item forgets the deeper ones."""
    if not block.list:
        return {}
    kept = {depth: number for depth, number in numbers.items() if depth <= block.indent}
    kept[block.indent] = kept.get(block.indent, 0) + 1 if block.list == "number" else 0
    return kept


def _prefix(block: Block, numbers: dict[int, int]) -> str:
    if block.h:
        return "#" * block.h + " "
    if block.list:
        sign = "-" if block.list == "bullet" else f"{numbers[block.indent]}."
        return " " * INDENT * block.indent + sign.ljust(INDENT - 1) + " "
    return "> " if block.quote else ""


def _line(block: Block) -> str:
    written = (
        _LINE_START.sub(_escaped_start, _inline(block.runs), count=1)
        if not block.runs[0].marks[2]
        else _inline(block.runs)
    )
    return written


def _escaped_start(found: re.Match[str]) -> str:
    if found.start():
        return found[0]
    return found[0] + "\\" if found[0].isdigit() else "\\" + found[0]


def _inline(runs: Sequence[Run]) -> str:
    parts: list[str] = []
    for href, linked in groupby(runs, key=lambda run: run.href):
        words = "".join(_marked(run) for run in linked)
        if not href:
            parts.append(words)
            continue
        if parts and parts[-1].endswith("!"):
            parts[-1] = parts[-1][:-1] + "\\!"
        parts.append(f"[{words}]({href.replace('&', '&amp;')})")
    return "".join(parts)


def _marked(run: Run) -> str:
    sign = "*" * (run.em + 2 * run.strong)
    return sign + escaped(run.text) + sign


def escaped(text: str) -> str:
    """Text in which nothing means anything to Markdown, wherever it stands in a line but at its start."""
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    return _TILDES.sub(lambda found: "&#126;" * len(found[0]), _ANYWHERE.sub(r"\\\g<0>", text))


# -- reading -------------------------------------------------------------------------------------------
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_ITEM = re.compile(r"([ ]*)([-*+]|\d+\.)[ ]+(.*)")
_TOKEN = re.compile(
    r"\\(?P<literal>[!-/:-@\[-`{-~])|(?P<stars>\*+)|\[(?P<words>(?:\\.|[^\\\]])*)\]\((?P<href>[^()\s]*)\)|(?P<entity>&#?\w+;)"
)


def parse(markdown: str) -> list[Block]:
    """The blocks of Markdown as we write it; lines of one paragraph are joined by spaces."""
    found: list[Block] = []
    open_lines: list[str] = []
    kind = Block()
    for line in [*markdown.replace("\r\n", "\n").split("\n"), ""]:
        opened, rest = _opening(line)
        if opened == kind and open_lines and rest.strip() and not opened.list and not opened.h:
            open_lines.append(rest)
            continue
        if opened == Block() and rest.strip() and open_lines and kind.list:
            open_lines.append(rest)
            continue
        if open_lines:
            found.append(replace(kind, runs=tuple(_runs(" ".join(open_lines)))))
        kind, open_lines = opened, [rest] if rest.strip() else []
    return normal(found)


def _opening(line: str) -> tuple[Block, str]:
    """What kind of block a line belongs to, and the line without its sign."""
    if heading := _HEADING.fullmatch(line.strip()):
        return Block(h=4 if len(heading[1]) > 3 else 3), heading[2]
    if item := _ITEM.fullmatch(line):
        listed = "number" if item[2][0].isdigit() else "bullet"
        return Block(list=listed, indent=min(len(item[1]) // INDENT, 3)), item[3]
    if line.startswith(">"):
        return Block(quote=True), line[1:].strip()
    return Block(), line.strip()


def _runs(text: str, href: str = "") -> Iterator[Run]:
    """The marked words of a line. Stars that meet close what is open before they open anything."""
    strong = em = False
    at = 0
    for token in _TOKEN.finditer(text):
        if token.start() > at:
            yield Run(text[at : token.start()], strong=strong, em=em, href=href)
        at = token.end()
        if token["stars"]:
            strong, em = _toggled(len(token["stars"]), strong=strong, em=em)
        elif token["words"] is not None:
            target = address(html.unescape(token["href"]))
            yield from (
                replace(run, strong=run.strong or strong, em=run.em or em)
                for run in _runs(token["words"], target)
            )
        else:
            yield Run(token["literal"] or html.unescape(token[0]), strong=strong, em=em, href=href)
    if at < len(text):
        yield Run(text[at:], strong=strong, em=em, href=href)


def _toggled(stars: int, *, strong: bool, em: bool) -> tuple[bool, bool]:
    opened = em + 2 * strong
    if opened and (stars == opened or stars >= 3):
        stars -= opened
        strong = em = False
    return strong ^ (stars in (2, 3)), em ^ (stars in (1, 3))
