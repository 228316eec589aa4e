"""The table of `make bench`: one row a figure, the goal beside it, and a plain word where a server failed."""

import math
from collections.abc import Mapping

NAMES = {
    "coprod": "coprod",
    "hocuspocus": "@hocuspocus/server",
    "batched": "Hocuspocus, batching 50 ms",
    "yws": "y-websocket server",
}
NOTES = """
Every server writes to SQLite. coprod forces each update to disk before it sends it on and before its receipt;
the y-websocket server writes each update as it arrives; Hocuspocus saves the whole document two seconds or
more after a change, so a crash costs it what was typed since. CPU is that of the server, user and system.
"""


def head() -> None:
    cells = ["what", *NAMES.values(), "coprod / Hocuspocus", "goal"]
    print("\n### What it costs, beside the peers\n")
    print("| " + " | ".join(cells) + " |")
    print("|---" * len(cells) + "|", flush=True)


def margin_head(many: int) -> None:
    cells = ["what", "no threads", f"{many} threads", "ratio", "goal"]
    print("\n### Typing beside comments, two people in Chromium on this machine\n")
    print("| " + " | ".join(cells) + " |")
    print("|---" * len(cells) + "|", flush=True)


def margin_row(name: str, without: float, beside: float, *, least: float) -> None:
    ratio = beside / without if without else math.nan
    cells = [name, shown(without), shown(beside), shown(ratio, 2), f"{least:g} {verdict(ratio, least)}"]
    print("| " + " | ".join(cells) + " |", flush=True)


def row(name: str, figures: Mapping[str, float], goal: str = "", *, least: float | None = None) -> None:
    """`least`: the goal as a number that the ratio, or where a peer has none our figure, must not exceed."""
    ratio = ratio_of(figures)
    judged = (
        "" if least is None else f" {verdict(ratio if not math.isnan(ratio) else figures['coprod'], least)}"
    )
    cells = [name, *(shown(figures.get(kind)) for kind in NAMES), shown(ratio, 2), goal + judged]
    print("| " + " | ".join(cells) + " |", flush=True)


def ratio_of(figures: Mapping[str, float]) -> float:
    ours, theirs = figures.get("coprod", math.nan), figures.get("hocuspocus", math.nan)
    return ours / theirs if theirs else math.nan


def verdict(figure: float, least: float) -> str:
    if math.isnan(figure):
        return "(not measured)"
    return "(met)" if figure <= least else "(not met)"


def sentence(error: Exception) -> str:
    """What went wrong, on one line: of a traceback its last line, of a browser's log the first."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    said = lines[-1] if lines[0].startswith("Traceback") else lines[0]
    return said if said.endswith(".") else f"{said}."


def shown(figure: float | None, digits: int = 1) -> str:
    """A figure a person can read; a dash for one not asked for, "failed" for one that did not come."""
    if figure is None:
        return "-"
    if math.isnan(figure):
        return "failed" if digits == 1 else "-"
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.{digits}f}"
