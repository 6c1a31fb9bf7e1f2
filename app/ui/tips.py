"""Tool tips that show words as they are: Qt takes a tip with a tag in it for markup."""

from html import escape


def tip(text: str) -> str:
    """Return a tool tip that shows the text as it is and breaks its lines."""
    return f"<p>{escape(text)}</p>" if text else ""
