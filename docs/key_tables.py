"""Write the tables of keys into the manual anew, from the table of commands.

.venv/bin/python docs/key_tables.py
"""

import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.ui.actions import ACTIONS, Action
from app.ui.key_help import type_keys
from app.ui.keymap import is_single
from app.workspace.sample import press_codebook

PAGE = Path(__file__).resolve().parent / "manual" / "annotating.md"

Row = tuple[str, ...]


def in_text() -> list[Row]:
    """Return what the keys do in the text: (explanation, keys)."""
    codebook = press_codebook()
    shown = [(a, type_keys(a.id, codebook) or a.keys) for a in ACTIONS if a.scope == "article"]
    return [(action.told, _code(keys)) for action, keys in shown if keys]


def in_menus() -> list[Row]:
    """Return the entries of the menus: (menu, title, keys anywhere, keys in the text)."""
    return [
        (a.menu, a.title.rstrip("…"), _code(_anywhere(a)), _code(_only_in_text(a)))
        for a in ACTIONS
        if a.menu
    ]


def _anywhere(action: Action) -> Iterable[str]:
    return (key for key in action.keys if action.scope == "window" and not is_single(key))


def _only_in_text(action: Action) -> Iterable[str]:
    return action.keys if action.scope == "article" else action.article_keys


def _code(keys: Iterable[str]) -> str:
    return " ".join(f"`{key}`" for key in keys)


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines).replace("|  |", "| |")


def _put(page: str, heading: str, table: str) -> str:
    """Replace the table below a heading."""
    before, found, after = page.partition(f"\n{heading}\n\n")
    if not found:
        message = f"the manual has no heading {heading}"
        raise SystemExit(message)
    _, _, rest = after.partition("\n\n")
    return f"{before}{found}{table}\n\n{rest}"


def main() -> None:
    """Write both tables."""
    page = PAGE.read_text("utf-8")
    page = _put(page, "### In the text", _table(("does", "keys"), in_text()))
    head = ("menu", "entry", "keys", "keys in the text")
    page = _put(page, "### Menus", _table(head, in_menus()))
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
