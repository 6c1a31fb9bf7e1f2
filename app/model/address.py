"""The address of a mark, to be pasted into notes and mails, and into the palette to go there."""

import re

_ADDRESS = re.compile(r"pressmark:([0-9a-f-]{36})/([0-9a-f-]{36})/([0-9a-f-]{36})")


def address(project: str, article: str, annotation: str) -> str:
    """Return the address of a mark, made of ids."""
    return f"pressmark:{project}/{article}/{annotation}"


def parse_address(words: str) -> tuple[str, str, str] | None:
    """Return project, article and annotation of the address in words; None where there is none."""
    found = _ADDRESS.search(words)
    return (found[1], found[2], found[3]) if found else None
