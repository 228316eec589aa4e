"""The project's own files, as the architecture tests read them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON_WINGS = ("coprod", "workspaces", "proposals")
LEFT_OUT = {"node_modules", "dist", "migrations", ".venv", "__pycache__"}


def files(*folders: str, ends: tuple[str, ...] = (".py",)) -> Iterator[Path]:
    """Every file of the folders whose name ends so, generated and installed ones left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in ends and path.is_file() and not LEFT_OUT & set(path.parts):
                yield path


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))
