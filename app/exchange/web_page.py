"""Pages saved from the web: the main text, and what the page says about it.

The text that is kept is the article without menus, adverts and lists of links, its headline first.
Parsed by lxml, which bounds depth and size. Imported by the child alone.
"""

import codecs
import contextlib
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from app.exchange.dates import iso_day
from app.exchange.main_text import furniture, is_within, main_text
from app.exchange.page_text import rendered
from app.exchange.text_file import decode
from app.model.errors import InputRefused

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 65_536
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_NEWS = {"newsarticle", "article", "reportagenewsarticle", "blogposting", "webpage"}
_PUBLISHED = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.created", "pubdate", "publishdate", "publish-date", "sailthru.date",
    "parsely-pub-date", "article.published", "cxenseparse:recs:publishtime",
)  # fmt: skip
_AUTHOR = ("author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author")
_SITE = ("og:site_name", "application-name", "dc.publisher", "publisher")
_ADDRESS = re.compile(r"https?://\S+")


def read(data: bytes) -> dict[str, Any]:
    """Return the main text of a page, its title, author, day, source, address and language."""
    text, note = decoded(data)
    page = parsed(text)
    about = _about(page, text)
    body = main_text(page)
    if not body.strip():
        raise InputRefused("no text of an article was found on the page")
    everything = len(rendered(page).split())
    taken = len(body.split())
    headline = _heading(page) or about["headline"]
    if headline and not _begins_with(body, headline):
        body = f"{headline}\n\n{body}"
    notes = [note] if note else []
    if everything > taken:
        notes.append(f"the article: {taken:,} of {everything:,} words of the page")
    return {"text": body, **about, "note": "; ".join(notes), "guessed": bool(note)}


def decoded(data: bytes) -> tuple[str, str]:
    """Return the characters of a page, and a note where the encoding was a guess.

    In this order: a byte order mark, UTF-8 where the bytes are, what the page declares, a guess. So
    a declaration that the bytes contradict is not believed.
    """
    declared = _CHARSET.search(data, 0, _DECLARED_WITHIN)
    if not data.startswith(_BOMS) and declared is not None:
        name = _codec(declared.group(1).decode())
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("utf-8"), ""
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            if name:
                return data.decode(name), ""
    text, _, note = decode(data)
    return text, note.partition(";")[0]


def _codec(label: str) -> str:
    """Return the codec that browsers take for a label: Latin 1 is Windows-1252 to them."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    if name.startswith("utf-16"):
        return ""
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}.get(name, name)


def parsed(text: str) -> html.HtmlElement:
    """Return the tree of a page. Raises `InputRefused` where there is none."""
    parser = html.HTMLParser(encoding="utf-8")
    data = _UNKEEPABLE.sub("", text).encode()
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        raise InputRefused("it holds no text") from None


def _about(page: html.HtmlElement, text: str) -> dict[str, str]:
    meta = _meta(page)
    linked = next(_linked_data(page), {})
    times = [time for time in page.xpath("//time/@datetime") if iso_day(time)]
    published = [linked.get("published", ""), *(meta.get(name, "") for name in _PUBLISHED), *times]
    addresses = [
        *page.xpath("//link[@rel='canonical']/@href"),
        meta.get("og:url", ""),
        *_SAVED_FROM.findall(text, 0, 2_000),
    ]
    authors = [linked.get("author", ""), *(meta.get(name, "") for name in _AUTHOR)]
    authors += [_words(one) for one in page.xpath("//*[@rel='author'][not(self::link)]")[:1]]
    languages = [*page.xpath("/html/@lang"), meta.get("og:locale", ""), meta.get("language", "")]
    language = next(filter(None, map(str.strip, languages)), "").replace("_", "-")
    return {
        "headline": meta.get("og:title", "")
        or _heading(page)
        or linked.get("title", "")
        or _in_head(page),
        "author": next((one for one in authors if one and not _ADDRESS.match(one)), ""),
        "published": next(filter(None, map(iso_day, published)), ""),
        "source": linked.get("source", "") or next(filter(None, map(meta.get, _SITE)), "") or "",
        "url": next((one for one in addresses if _ADDRESS.fullmatch(one)), ""),
        "language": language
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language)
        else "",
    }


def _meta(page: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in page.iter("meta"):
        name = one.get("property") or one.get("name") or one.get("itemprop") or ""
        words = " ".join((one.get("content") or "").split())
        if name and words:
            found.setdefault(name.lower(), words)
    return found


def _heading(page: html.HtmlElement) -> str:
    """Return the heading that is the page's title too, or its only one."""
    in_head = _in_head(page).lower()
    left_out = furniture(page)
    headings = [(_words(one), is_within(one, left_out)) for one in page.iter("h1")]
    headings = [one for one in headings if one[0]]
    alone = headings[0][0] if len(headings) == 1 and not headings[0][1] else ""
    return next((words for words, _ in headings if words.lower() in in_head), alone)


def _in_head(page: html.HtmlElement) -> str:
    return " ".join((page.findtext(".//title") or "").split())


def _linked_data(page: html.HtmlElement) -> Iterator[dict[str, str]]:
    """Yield what blocks of JSON-LD say about an article (https://schema.org/NewsArticle)."""
    for block in page.xpath("//script[@type='application/ld+json']"):
        try:
            found = json.loads(block.text or "")
        except (ValueError, RecursionError):
            continue
        for one in _records(found):
            kinds = one.get("@type") or ""
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if not any(str(kind).lower() in _NEWS for kind in kinds) or not one.get("headline"):
                continue
            yield {
                "title": _name(one.get("headline")),
                "author": _name(one.get("author")),
                "source": _name(one.get("publisher")),
                "published": _name(one.get("datePublished")),
            }


def _records(found: Any) -> Iterator[dict[str, Any]]:
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, dict):
            yield one
            graph = one.get("@graph")
            yield from (part for part in graph or () if isinstance(part, dict))


def _name(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value)))
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(html.fromstring(f"<p>{value}</p>").text_content().split()) if value else ""


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _begins_with(body: str, title: str) -> bool:
    return title.lower() in " ".join(body[: 2 * len(title) + 200].split()).lower()
