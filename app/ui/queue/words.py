"""How rows of the queue are put into words."""

from app.model.article import ArticleRow

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def day(published: str) -> str:
    """Return an ISO date, or the first part of one, as it is read: `23 Jan 2021`."""
    year, *rest = published[:10].split("-")
    try:
        month = _MONTHS[int(rest[0]) - 1] if rest and int(rest[0]) > 0 else ""
        date = str(int(rest[1])) if len(rest) > 1 else ""
    except (ValueError, IndexError):
        return published
    return " ".join(filter(None, (date, month, year)))


def spoken(row: ArticleRow) -> str:
    """Return what a screen reader says of a row: `Title, source, date, in progress, 25 marks`."""
    marks = "1 mark" if row.annotations == 1 else f"{row.annotations} marks"
    return ", ".join(filter(None, (row.title, row.source, day(row.published), row.state, marks)))


def short(count: int) -> str:
    """Return a figure that fits a narrow button: `9999`, `12k`, `1.2m`."""
    if count < 10_000:  # noqa: PLR2004 - five digits are one too many
        return str(count)
    if count < 1_000_000:  # noqa: PLR2004
        return f"{count // 1000}k"
    return f"{count // 100_000 / 10:g}m"
