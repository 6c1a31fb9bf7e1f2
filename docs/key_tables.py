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
from docs.format_tables import put

MANUAL = Path(__file__).resolve().parent / "manual"

Row = tuple[str, ...]


def in_text() -> list[Row]:
    """Return what the keys do in the text: (explanation, keys)."""
    codebook = press_codebook()
    shown = [(a, type_keys(a.id, codebook) or a.keys) for a in ACTIONS if a.scope == "article"]
    return [(action.told, _code(keys)) for action, keys in shown if keys]


def in_compare() -> list[Row]:
    """Return what the keys do while annotators are compared: (explanation, keys)."""
    return [(a.told, _code(a.keys)) for a in ACTIONS if a.scope == "compare"]


def in_menus() -> list[Row]:
    """Return the entries of the menus: (menu, title, keys anywhere, keys in the text)."""
    return [
        (a.menu, a.title.rstrip("…"), _code(_anywhere(a)), _code(_only_in_text(a)))
        for a in ACTIONS
        if a.menu
    ]


def links() -> list[Row]:
    """Return the keys of roles and of fields of words: (type, key, label)."""
    codebook = press_codebook()
    found = []
    for span_type in codebook.types:
        roles = [(role.key, role.label) for role in codebook.roles_of(span_type.name)]
        words = [(field.key, field.label) for field in span_type.evidence]
        found += [(span_type.label, _code([key]), label) for key, label in (*roles, *words) if key]
    return found


def roles() -> list[Row]:
    """Return every link of the codebook: (type, label, name, what it leads to, key)."""
    codebook = press_codebook()
    labels = {t.name: t.label for t in codebook.types}
    return [
        (
            labels[role.source],
            role.label,
            _code([role.name]),
            ", ".join(labels[target].lower() for target in role.targets),
            _code(filter(None, [role.key])),
        )
        for role in codebook.roles
    ]


def _anywhere(action: Action) -> Iterable[str]:
    return (key for key in action.keys if action.scope == "window" and not is_single(key))


def _only_in_text(action: Action) -> Iterable[str]:
    return action.keys if action.scope == "article" else action.article_keys


def _code(keys: Iterable[str]) -> str:
    return " ".join(f"`{key}`" for key in keys)


def main() -> None:
    """Write the tables."""
    page = MANUAL / "annotating.md"
    text = page.read_text("utf-8")
    text = put(text, "| selected | key | field |", links())
    text = put(text, "| does | keys |", in_text())
    text = put(text, "| menu | entry | keys | keys in the text |", in_menus())
    page.write_text(text, "utf-8")
    page = MANUAL / "comparing.md"
    page.write_text(put(page.read_text("utf-8"), "| does | keys |", in_compare()), "utf-8")
    page = MANUAL / "form-and-codebook.md"
    text = page.read_text("utf-8")
    page.write_text(put(text, "| from | link | name in files | to | key |", roles()), "utf-8")


if __name__ == "__main__":
    main()
