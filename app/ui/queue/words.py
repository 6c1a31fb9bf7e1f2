"""How rows of the queue are put into words."""

from app.model.article import ArticleRow
from app.model.listing import Listing, Sort
from app.model.wording import day


def spoken(row: ArticleRow) -> str:
    """Return what a screen reader says of a row: `Title, source, date, in progress, 25 marks`."""
    marks = "1 mark" if row.annotations == 1 else f"{row.annotations} marks"
    return ", ".join(filter(None, (row.title, row.source, day(row.published), row.state, marks)))


def short(count: int) -> str:
    """Return a figure that fits a narrow button: `999`, `1.2k`, `12k`, `1.2m`. Rounded down."""
    for unit, name in ((1_000_000, "m"), (1_000, "k")):
        if count >= 10 * unit:
            return f"{count // unit}{name}"
        if count >= unit:
            return f"{count * 10 // unit / 10:g}{name}"
    return str(count)


SORT_NAMES: dict[Sort, str] = {
    "position": "Order of import",
    "title": "Title",
    "published": "Date",
    "source": "Source",
    "marks": "Number of marks",
    "changed": "Last change",
    "useful": "Most to learn from",
    "relevant": "Like those with marks",
}


def described(listing: Listing) -> str:
    """Return what a listing asks for beside state and words: `By title, backwards · bookmarked`."""
    parts = []
    if listing.sort != "position" or listing.descending:
        name = SORT_NAMES[listing.sort].lower()
        parts.append(f"By {name}, backwards" if listing.descending else f"By {name}")
    if listing.source:
        parts.append(listing.source)
    if listing.since and listing.until:
        parts.append(f"{listing.since} – {listing.until}")
    elif listing.since or listing.until:
        parts.append(f"from {listing.since}" if listing.since else f"to {listing.until}")
    for asked, words in (
        (listing.bookmarked, "bookmarked"),
        (listing.unsure, "with unsure marks"),
        (listing.commented, "with comments"),
    ):
        if asked:
            parts.append(words)
    return " · ".join(parts)
