"""Plain text as a record, for text files within archives. Imported by the child alone."""

from typing import Any

from app.exchange.text_file import text_in


def read(data: bytes, encoding: str = "") -> dict[str, Any]:
    """Return all of the text, and the encoding where it is not UTF-8."""
    text, name, note = text_in(data, encoding)
    metadata = {} if name == "utf-8" else {"encoding": name}
    return {"text": text, "metadata": metadata, "note": note, "guessed": bool(note)}
