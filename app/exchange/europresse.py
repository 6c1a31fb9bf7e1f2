"""Articles saved from Europresse (also Eureka): many `<article>` elements in one web page.

Imported by the child alone.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from app.exchange.container import article
from app.exchange.dates import iso_day
from app.exchange.page_text import rendered
from app.exchange.web_page import decoded, parsed
from app.model.errors import InputRefused

_SOURCE = ("DocPublicationName", "rdp__DocPublicationName")
_HEADER = ("DocHeader", "rdp__DocHeader")
_TITLE = ("titreArticle", "rdp__articletitle", "titreArticleVisu")
_AUTHOR = ("docAuthors", "rdp__auteur", "sm-margin-bottomNews", "author")
_BODY = ("docOcurrContainer", "DocText", "rdp__articlebody")
_FOOTER = ("publiC-lblNodoc", "DocCertificat", "apd-sources-date")
_NUMBER = re.compile(r"(?:news|public)[·.]?(\d{8})[·.]\w+[·.]\w+", re.IGNORECASE)
_BY = re.compile(r"^(?:par|by)\s+", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*[,•·|]\s*")


def read(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield the articles. Raises `InputRefused` where the page has none."""
    text, _ = decoded(data)
    page = parsed(text)
    found = False
    for one in page.iter("article"):
        title = _words(_first(one, _TITLE))
        source = _words(_first(one, _SOURCE))
        body = _first(one, _BODY)
        if not title and not source:
            continue
        found = True
        if body is None:
            body = one
        header = _words(_first(one, _HEADER))
        number = _NUMBER.search(one.text_content())
        footers = frozenset(part for name in _FOOTER for part in _all(one, name))
        heads = frozenset(body.iter("header")) | frozenset(
            part for name in (*_TITLE, *_SOURCE, *_HEADER) for part in _all(body, name)
        )
        yield article(
            title,
            rendered(body, footers | heads),
            source=_SEPARATORS.split(source)[0],
            published=iso_day(header) or iso_day(source) or _day(number),
            author=_BY.sub("", _words(_first(one, _AUTHOR))),
            language=one.get("lang", ""),
            metadata={"header": header, "document": number.group() if number else ""},
        )
    if not found:
        raise InputRefused("it holds no article as pages saved from Europresse do")


def _all(element: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    path = "descendant::*[contains(concat(' ', normalize-space(@class), ' '), $name)]"
    return list(element.xpath(path, name=f" {name} "))


def _first(element: html.HtmlElement, names: tuple[str, ...]) -> html.HtmlElement | None:
    return next((one for name in names for one in _all(element, name)), None)


def _words(element: html.HtmlElement | None) -> str:
    return " ".join(element.text_content().split()) if element is not None else ""


def _day(number: re.Match[str] | None) -> str:
    return iso_day(number.group(1)) if number else ""
