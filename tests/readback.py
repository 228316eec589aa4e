"""Reads HTML back as blocks, so that a test can ask whether a page says what the shared text said."""

from dataclasses import replace
from html.parser import HTMLParser

from proposals.editing.domain.flat import Block, Run

LISTS = {"ul": "bullet", "ol": "number"}


class Readback(HTMLParser):
    """Headings, paragraphs, list items and quotations with their marked words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "hr"):
            self.blocks.append(Block(runs=(Run(f"<{tag}>"),)))
            return
        self.open.append((tag, dict(attrs).get("href") or ""))
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.blocks.append(Block(h=int(tag[1])))
        elif tag == "li":
            lists = [LISTS[name] for name, _ in self.open if name in LISTS]
            self.blocks.append(Block(list=lists[-1], indent=len(lists) - 1))
        elif tag == "p" and not any(name == "li" for name, _ in self.open):
            self.blocks.append(Block(quote=any(name == "blockquote" for name, _ in self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        names = {name for name, _ in self.open}
        if not names & {"li", "p", "h3", "h4", "h5", "h6"}:
            assert data.isspace(), data
            return
        if data.isspace() and "\n" in data:
            return
        href = next((href for name, href in self.open if name == "a"), "")
        run = Run(data.replace("\n", ""), "strong" in names, "em" in names, href)
        self.blocks[-1] = replace(self.blocks[-1], runs=(*self.blocks[-1].runs, run))


def read_back(page: str) -> list[Block]:
    reader = Readback()
    reader.feed(page)
    reader.close()
    return reader.blocks
