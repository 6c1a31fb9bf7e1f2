"""Articles downloaded from Nexis: many in one file, as text, Word, RTF, PDF or web page.

Two layouts are in use. The old one (LexisNexis Academic) begins each article with `3 of 10
DOCUMENTS` and writes `BYLINE: …` above and `LOAD-DATE: …` below the body; the new one (Nexis Uni,
Advance) writes `Body` before the body and `End of Document` after it. Imported by the child alone.
"""

import re
from collections.abc import Iterator
from typing import Any

from app.exchange.container import article, whole_text
from app.exchange.dates import iso_day
from app.model.errors import InputRefused

OLD_START = re.compile(
    r"^[ \t\f\u00a0]*(?:Dokument |Document )?\d[\d.,]*[ ]"
    r"(?:of|von|de|sur|di|van)[ ]\d[\d.,]*(?:[ ]DO[CK]UMENT(?:S|E|EN|I|OS)?)?"
    r"[ \t]*$",
    re.MULTILINE,
)
_NEW_END = re.compile(
    r"^[ \t]*(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento"
    r"|Fine del documento|Einde van document)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_NEW_BODY = re.compile(
    r"^[ \t]*(?:Body|Text|Textkörper|Corps|Cuerpo|Corpo|Hoofdtekst)[ \t]*$", re.MULTILINE
)
_TAG = re.compile(r"^[ \t]*([^\W\d_][\w -]{1,28})\s*:[ \u00a0\t]*(.*)$", re.DOTALL)
_TAGS = {
    "byline": "author", "autor": "author", "auteur": "author", "author": "author",
    "section": "section", "rubrik": "section", "rubrique": "section", "sección": "section",
    "length": "length", "länge": "length", "longueur": "length", "longitud": "length",
    "lengte": "length", "dateline": "dateline", "highlight": "highlight", "series": "series",
    "language": "language", "sprache": "language", "langue": "language", "idioma": "language",
    "url": "url",
}  # fmt: skip
_AFTER = set(
    "load-date update language sprache langue graphic grafik publication-type publikationstyp"
    " subject journal-code company organization ticker industry person geographic country state"
    " city pub-type correction correction-date notes classification acc-no document-type type"
    " zeitungs-code".split()
)
_RIGHTS = re.compile(r"^[ \t]*(?:Copyright\b|©|\(c\))", re.IGNORECASE)
_LANGUAGES = {
    "english": "en", "englisch": "en", "anglais": "en", "german": "de", "deutsch": "de",
    "french": "fr", "français": "fr", "spanish": "es", "español": "es", "italian": "it",
    "portuguese": "pt", "dutch": "nl", "nederlands": "nl", "russian": "ru", "polish": "pl",
    "swedish": "sv", "danish": "da", "norwegian": "no", "turkish": "tr", "arabic": "ar",
    "chinese": "zh", "japanese": "ja",
}  # fmt: skip
_LONG_LINE = 100
_COVER_LINES = 12


def read(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield the articles. Raises `InputRefused` where the file has neither layout."""
    text, is_wrapped = whole_text(data)
    if _NEW_END.search(text) and _NEW_BODY.search(text):
        yield from _new(text)
        return
    starts = list(OLD_START.finditer(text))
    if not starts:
        raise InputRefused(
            "it has neither “1 of 10 DOCUMENTS” nor “End of Document”, as files of Nexis have"
        )
    ends = [one.start() for one in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=True):
        yield _old(text[start.end() : end], is_wrapped=is_wrapped)


def _old(piece: str, *, is_wrapped: bool) -> dict[str, Any]:
    """Return an article of the old layout: source, date, headline, tags, body, tags, rights."""
    blocks = [one for one in re.split(r"\n[ \t\u00a0]*\n+", piece.strip("\n")) if one.strip()]
    said: dict[str, str] = {}
    source, published, place = _head(blocks)
    headline: list[str] = []
    while place < len(blocks) and not _tag(blocks[place]):
        headline.append(blocks[place])
        place += 1
        if len(headline) > 1 and not any(map(_tag, blocks[place : place + 3])):
            break
    if not any(_tag(one) for one in blocks[place : place + 1]) and headline:
        # No tags follow: the first block is the headline, the others begin the body.
        place -= len(headline) - 1
        headline = headline[:1]
    while place < len(blocks) and (found := _tag(blocks[place])):
        _keep(said, *found)
        place += 1
    last = place
    while last < len(blocks) and not _ends_body(blocks[last]):
        last += 1
    for block in blocks[last:]:
        if found := _tag(block):
            _keep(said, *found)
    body = "\n\n".join(_block(one, is_wrapped=is_wrapped) for one in blocks[place:last])
    return _article(" ".join(headline), body, said, source=source, published=published)


def _head(blocks: list[str]) -> tuple[str, str, int]:
    """Return source and day, and the number of the block that follows them."""
    for number, block in enumerate(blocks[:4]):
        if number and (day := iso_day(block)):
            return blocks[number - 1], day, number + 1
        if not number and (day := iso_day(block)) and "\n" in block:
            return block.split("\n")[0], day, 1
    return (blocks[0], "", 1) if blocks else ("", "", 0)


def _new(text: str) -> Iterator[dict[str, Any]]:
    """Yield the articles of the new layout: headline, source, date, tags, Body, body, tags."""
    place = 0
    for end in _NEW_END.finditer(text):
        piece = text[place : end.start()]
        place = end.end()
        body = _NEW_BODY.search(piece)
        if body is None:
            continue
        said: dict[str, str] = {}
        head = piece[: body.start()].rstrip().split("\n")
        number = _date_line(head)
        published = iso_day(head[number]) if number is not None else ""
        source, headline = "", ""
        if number is not None:
            above = [line.strip() for line in head[max(0, number - _COVER_LINES) : number]]
            block = _last_block(above)
            source = block.pop() if block else ""
            headline = " ".join(block or _last_block(above))
            for line in head[number + 1 :]:
                if found := _tag(line):
                    _keep(said, *found)
        lines = piece[body.end() :].strip("\n").split("\n")
        last = len(lines)
        while last and (not lines[last - 1].strip() or _ends_body(lines[last - 1])):
            last -= 1
            if found := _tag(lines[last]):
                _keep(said, *found)
        yield _article(headline, "\n".join(lines[:last]), said, source=source, published=published)


def _last_block(lines: list[str]) -> list[str]:
    """Take the last lines that stand together off a list of lines."""
    while lines and not lines[-1]:
        lines.pop()
    block: list[str] = []
    while lines and lines[-1]:
        block.insert(0, lines.pop())
    return block


def _date_line(lines: list[str]) -> int | None:
    """Return the last line of a head that is a date and no tag or notice of rights."""
    for number in range(len(lines) - 1, 0, -1):
        line = lines[number]
        if len(line) < _LONG_LINE and not _tag(line) and not _RIGHTS.match(line) and iso_day(line):
            return number
    return None


def _article(
    headline: str, body: str, said: dict[str, str], *, source: str, published: str
) -> dict[str, Any]:
    language = said.pop("language", "").split(";")[0].strip().lower()
    return article(
        headline,
        body,
        source=source,
        published=published,
        author=re.sub(r"^by\s+", "", said.pop("author", ""), flags=re.IGNORECASE),
        url=said.pop("url", ""),
        language=_LANGUAGES.get(language, ""),
        metadata=said,
    )


def _tag(block: str) -> tuple[str, str] | None:
    """Return the name and the value of a line such as `BYLINE: …`, in small letters."""
    found = _TAG.match(block)
    if found is None:
        return None
    name = found.group(1).strip().lower().replace(" ", "-")
    return (name, found.group(2)) if name in _TAGS or name in _AFTER else None


def _keep(said: dict[str, str], name: str, value: str) -> None:
    said.setdefault(_TAGS.get(name, name.replace("-", "_")), value.strip())


def _ends_body(block: str) -> bool:
    found = _tag(block)
    return bool(_RIGHTS.match(block)) or (found is not None and found[0] in _AFTER)


def _block(block: str, *, is_wrapped: bool) -> str:
    """Return a paragraph on one line where the file wraps its lines."""
    return " ".join(block.split()) if is_wrapped else block.strip()
