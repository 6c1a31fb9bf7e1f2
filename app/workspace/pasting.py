"""An article from text that was copied or dragged. All of the text is kept."""

import hashlib

from app.exchange.text_file import title_in
from app.model.article import Article, Source
from app.model.errors import InputRefused
from app.model.ids import new_id, utc_now
from app.model.text import TextRefused, canonical, sha256_of

_LONGEST_TITLE = 150
_MOST = 50_000_000


def article_from(raw: str) -> Article:
    """Return an article of that text, its first line as title beside it.

    Raises `InputRefused` where there is no text, or none that can be kept.
    """
    if not raw.strip():
        raise InputRefused("There is no text to make an article of.")
    if len(raw) > _MOST:
        raise InputRefused(f"The text is longer than {_MOST:,} characters.")
    try:
        text = canonical(raw)
    except TextRefused as refused:
        raise InputRefused(f"This cannot become an article: {refused}.") from None
    return Article(
        id=new_id(),
        title=title_in(text) or _first_line(text),
        text=text,
        sha256=sha256_of(text),
        origin=Source(
            sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(), imported_at=utc_now()
        ),
    )


def _first_line(text: str) -> str:
    """Return the first line with words, cut at a word where it is long."""
    line = " ".join(next(line for line in text.split("\n") if line.strip()).split())
    if len(line) <= _LONGEST_TITLE:
        return line
    cut = line[:_LONGEST_TITLE]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"
