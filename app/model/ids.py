"""Identity: UUIDs, made by whoever asks for a thing, so that redo brings the same thing back."""

import re
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid4, uuid5

_NAMESPACE = uuid5(NAMESPACE_URL, "https://pressmark.invalid/ids")
_CANONICAL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_id() -> str:
    """Return a fresh random identifier."""
    return str(uuid4())


def derived_id(*parts: str) -> str:
    """Return the identifier that always belongs to these words (the sample project, imports)."""
    return str(uuid5(_NAMESPACE, "\x1f".join(parts)))


def is_id(text: str) -> bool:
    """Tell whether the text is a UUID in its canonical form."""
    return _CANONICAL.fullmatch(text) is not None


def utc_now() -> str:
    """Return this moment as ISO 8601 in UTC, to the millisecond: `2026-11-23T12:00:00.000Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
