"""Write the tables of formats into the manual anew, from the registry of formats.

.venv/bin/python docs/format_tables.py
"""

import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.exchange.registry import FORMATS, Format

MANUAL = Path(__file__).resolve().parent / "manual"

Row = tuple[str, ...]


def on_command_line() -> list[Row]:
    """Return what each format can do: (name, endings, read, written, cannot carry)."""
    return [
        (
            f"`{one.name}`",
            _endings(one),
            "yes" if one.read else "",
            "yes" if one.write else "",
            "; ".join(one.cannot_carry),
        )
        for one in FORMATS
    ]


def in_files() -> list[Row]:
    """Return what each format is: (name, what it is, endings)."""
    return [(f"`{one.name}`", _told(one), _endings(one)) for one in FORMATS]


def _told(one: Format) -> str:
    does = " and ".join(word for word, on in (("read", one.read), ("written", one.write)) if on)
    makes = "; a folder is written" if one.folder and one.write else ""
    needs = f"; needs `{one.needs}`" if one.needs else ""
    title = one.title.replace("Pressmark JSON", "[Pressmark JSON](#pressmark-json)")
    return f"{title}; {does}{makes}{needs}"


def _endings(one: Format) -> str:
    return " ".join(f"`{ending}`" for ending in one.extensions)


def put(page: str, head: str, rows: Iterable[Row]) -> str:
    """Replace the table with this head, which stands once on the page."""
    before, found, after = page.partition(f"\n{head}\n")
    if not found:
        message = f"the manual has no table with the head {head}"
        raise SystemExit(message)
    rule = "|" + "---|" * (head.count("|") - 1)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    _, _, rest = after.partition("\n\n")
    return before + found + "\n".join([rule, *lines]).replace("|  |", "| |") + "\n\n" + rest


def main() -> None:
    """Write the tables."""
    for name, head, rows in (
        (
            "command-line.md",
            "| name | endings | read | written | cannot carry |",
            on_command_line(),
        ),
        ("files.md", "| name | what it is | endings |", in_files()),
    ):
        page = MANUAL / name
        page.write_text(put(page.read_text("utf-8"), head, rows), "utf-8")


if __name__ == "__main__":
    main()
