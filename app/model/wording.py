"""Words about things, as people read them: how many there are, and long ones made short."""


def several(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 article`, `2,000 articles`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def on_one_line(words: str, limit: int = 80) -> str:
    """Return words on one line, cut after `limit` characters."""
    line = " ".join(words.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
