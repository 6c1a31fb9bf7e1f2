"""Whose format a file is of, where several share an extension: told from its first bytes."""

import re
from pathlib import Path

_FIRST = 65536

_JSON = (
    ("json", re.compile(rb'"format"\s*:\s*"pressmark"')),
    ("webannotation", re.compile(rb"ns/anno\.jsonld")),
    ("cas-json", re.compile(rb'"%(TYPES|FEATURE_STRUCTURES|HEADER|VIEWS)"')),
    ("label-studio", re.compile(rb'"(data|result|completions)"\s*:\s*[\[{]')),
    ("prodigy", re.compile(rb'\A\s*\[\s*\[\s*"')),
)
_LINES = (
    ("jsonl", re.compile(rb'"format"\s*:\s*"pressmark"')),
    (
        "doccano",
        re.compile(rb'"entities"\s*:\s*\[\s*(\{|\])|"start_offset"|"label"\s*:\s*\['),
    ),
    ("prodigy", re.compile(rb'"(spans|tokens|answer|_input_hash|entities)"\s*:')),
)


def name_of(path: Path) -> str:
    """Return the name of the format of a JSON file, or nothing where its beginning does not say."""
    found = {".json": _JSON, ".jsonl": _LINES}.get(path.suffix.lower())
    if found is None:
        return ""
    try:
        with path.open("rb") as file:
            start = file.read(_FIRST)
    except OSError:
        return ""
    return next((name for name, sign in found if sign.search(start)), "")
