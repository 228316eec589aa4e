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
_LINE_START = re.compile(r"-(?=[- ]|$)|\+(?= |$)|>|\d+([.)])")
_TILDES = re.compile(r"~{2,}")
_PIECES = re.compile(r"\s+|\S+")
_SPACES = re.compile(" {2,}")


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
    """The words with single gaps between them and none at the ends; equal neighbours are one run."""
    if len(runs) == 1:  # nearly every block, so it is worth a short way
        text = _SPACES.sub(" ", visible(runs[0].text)).strip()
        return (replace(runs[0], text=text),) if text else ()
    pieces = [replace(run, text=piece) for run in runs for piece in _PIECES.findall(visible(run.text))]
    groups = [(gap, list(same)) for gap, same in groupby(pieces, key=lambda piece: piece.text.isspace())]
    inner = slice(groups[0][0] if groups else 0, -1 if groups and groups[-1][0] else None)
    kept = groups[inner]
    tidy: list[Run] = []
    for at, (gap, group) in enumerate(kept):
        tidy += [_gap(group, tidy[-1], kept[at + 1][1][0])] if gap else group
    joined = groupby(tidy, key=lambda run: run.marks)
    return tuple(Run("".join(run.text for run in same), *marks) for marks, same in joined)


def _gap(group: list[Run], before: Run, after: Run) -> Run:
    """A gap carries a mark only where it and the words on both sides carry the same ones."""
    around = [before, *group, after]
    same = len({run.marks for run in around}) == 1
    linked = len({run.href for run in around}) == 1
    text = _SPACES.sub(" ", "".join(run.text for run in group))
    return Run(text, before.strong and same, before.em and same, before.href if linked else "")


# -- writing -------------------------------------------------------------------------------------------
def serialise(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown, ending in a line break unless there are none."""
    written = [_stretch(stretch) for stretch in _stretches(normal(blocks))]
    return "\n\n".join(written) + ("\n" if written else "")


def _stretches(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks that stand together: a list with all that is below it, quotations in a row, any other alone."""
    stretch: list[Block] = []
    for block in blocks:
        if stretch and not _goes_on(stretch, block):
            yield stretch
            stretch = []
        stretch.append(block)
    if stretch:
        yield stretch


def _goes_on(stretch: list[Block], block: Block) -> bool:
    first = stretch[0]
    if first.list:
        return bool(block.list) and (block.indent > 0 or block.list == first.list)
    return first.quote and block.quote


def _stretch(stretch: list[Block]) -> str:
    if not stretch[0].list:
        return ("\n>\n" if stretch[0].quote else "\n\n").join(
            _sign(block) + _line(block) for block in stretch
        )
    lines, gap = [], "\n"
    numbers: dict[int, tuple[str, int]] = {}
    for block in stretch:
        numbers = {depth: last for depth, last in numbers.items() if depth <= block.indent}
        kind, number = numbers.get(block.indent, (block.list, 0))
        if kind != block.list:
            # Bullets beside numbers below one item: only lists with gaps are read as two.
            gap, number = "\n\n", 0
        numbers[block.indent] = (block.list, number + 1)
        lines.append(_item(block, number + 1) + _line(block))
    return gap.join(lines)


def _sign(block: Block) -> str:
    return "#" * block.h + " " if block.h else "> " if block.quote else ""


def _item(block: Block, number: int) -> str:
    sign = "-" if block.list == "bullet" else f"{number}."
    return " " * INDENT * block.indent + sign.ljust(INDENT - 1) + " "


def _line(block: Block) -> str:
    """The words, with a backslash where their beginning would mean a list, a quotation or a rule."""
    words = _inline(block.runs)
    found = _LINE_START.match(words)
    at = found.start(found.lastindex or 0) if found else -1
    return words[:at] + "\\" + words[at:] if found else words


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
