"""Every live part of a page has its own folder and its own styles, and every folder with a script is used."""

import re

from tests.architecture.sources import ROOT, files, short

COMPONENTS = ROOT / "frontend/components"


def named() -> dict[str, str]:
    found = {}
    for page in files("frontend/pages", "frontend/components", ends=(".html",)):
        for name in re.findall(r'data-module="coprod-([a-z-]+)"', page.read_text()):
            found[name] = short(page)
    return found


def test_every_island_has_its_script() -> None:
    assert {
        name: page for name, page in named().items() if not (COMPONENTS / name / f"{name}.ts").exists()
    } == {}


def test_every_island_is_registered() -> None:
    main = (ROOT / "frontend/main.ts").read_text()
    assert [name for name in named() if f"coprod-{name}" not in main] == []


def test_styles_look_only_down() -> None:
    """[FE86] A style that asks what an element holds is asked of the whole page with every letter."""
    assert [
        short(sheet) for sheet in files("frontend", ends=(".scss",)) if ":has(" in sheet.read_text()
    ] == []
