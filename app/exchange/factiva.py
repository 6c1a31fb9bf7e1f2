"""Articles downloaded from Factiva: many in one file, as XML, web page, RTF, text, Word or PDF.

XML has elements for everything. Elsewhere each article ends with `Document` and its number, and is
laid out with labels (`HD`, `BY`, `WC`, …; “Full article plus indexing”) or without. Imported by the
child alone.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from app.exchange import xml_file
from app.exchange.container import article, is_page, whole_text
from app.exchange.dates import iso_day
from app.model.errors import InputRefused

END = re.compile(
    r"^[ \t\u00a0]*(?:AN[\s\u00a0]+)?(?:Document|Dokument|Documento|Документ)[ \u00a0]"
    r"([A-Za-z0-9]{15,40})[ \t]*$",
    re.MULTILINE,
)
_LABELS = {
    "HD": "headline", "BY": "author", "WC": "words", "PD": "published", "ET": "time",
    "SN": "source", "SC": "source_code", "LA": "language", "LP": "lead", "TD": "body",
    "TXT": "body", "SE": "section", "PG": "page", "ED": "edition", "CLM": "column",
    "DLN": "dateline", "CO": "companies", "IN": "industries", "NS": "subjects", "RE": "regions",
    "PUB": "publisher", "ART": "art", "CR": "credit", "CT": "contact", "GC": "group",
    "CY": "", "IPC": "", "IPD": "", "AN": "", "NGC": "", "RF": "", "VOL": "",
}  # fmt: skip
_LABEL = re.compile(r"^[ \t]*([A-Z]{2,3})[\s\u00a0]*(?:[\t ]|$)[ \t\u00a0]*(.*)$")
_WORDS = re.compile(
    r"^[ \t]*[\d., \u00a0]+"
    r"(?:words?|mots?|Wörter|Wort|palabras|parole|palavras|слов\w*|woorden|字)[ \t]*$"
)
_BY = re.compile(r"^(?:By|Von|Par|Por|Di|Door)\s+", re.IGNORECASE)
_TIME = re.compile(r"^\d{1,2}:\d{2}(?:\s*[AP]M)?$")
_CODE = re.compile(r"^[A-Z0-9]{2,10}$")
_RIGHTS = re.compile(r"^(?:\(c\)|©|Copyright\b)", re.IGNORECASE)
_PAGE = re.compile(r"^(?:\d{1,4}|[A-Z]{1,2}-?\d{1,3})$")
_LANGUAGES = {
    "english": "en", "englisch": "en", "anglais": "en", "inglés": "en", "french": "fr",
    "français": "fr", "german": "de", "deutsch": "de", "spanish": "es", "español": "es",
    "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "dutch": "nl",
    "nederlands": "nl", "russian": "ru", "русский": "ru", "polish": "pl", "chinese": "zh",
    "japanese": "ja", "arabic": "ar",
}  # fmt: skip
_KEPT = ("words", "section", "page", "source_code", "edition", "dateline", "column")
_HEAD_LINES = 12


def read(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield the articles. Raises `InputRefused` where the file has none of the layouts."""
    start = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"<") and not is_page(data):
        yield from _of_xml(data)
        return
    text, _ = whole_text(data)
    place = 0
    for end in END.finditer(text):
        lines = text[place : end.start()].split("\n")
        place = end.end()
        labels = {found[1] for line in lines if (found := _LABEL.match(line))}
        made = _labelled(lines) if {"HD", "SN"} <= labels else _plain(lines)
        made["metadata"]["document"] = end.group(1)
        yield made
    if not place:
        raise InputRefused("no article in it ends with “Document” and a number, as Factiva’s do")


def _of_xml(data: bytes) -> Iterator[dict[str, Any]]:
    found = False
    for one in xml_file.parse(data).iter():
        if xml_file.local(one.tag) != "article":
            continue
        found = True
        parts: dict[str, list[ET.Element]] = {}
        for part in one:
            parts.setdefault(xml_file.local(part.tag), []).append(part)
        body = [*_paragraphs(parts, "leadParagraph"), *_paragraphs(parts, "tailParagraphs")]
        yield article(
            " ".join(_paragraphs(parts, "headline")),
            "\n\n".join(body),
            source=_words(parts, "sourceName"),
            published=iso_day(_words(parts, "publicationDate")),
            author=_BY.sub("", _words(parts, "byline")),
            language=_words(parts, "baseLanguage").lower(),
            metadata={
                "document": _words(parts, "accessionNo"),
                "words": _words(parts, "wordCount"),
                "section": _words(parts, "sectionName"),
                "page": _words(parts, "pages"),
                "source_code": _words(parts, "sourceCode"),
            },
        )
    if not found:
        raise InputRefused("it is XML without an article of Factiva in it")


def _words(parts: dict[str, list[ET.Element]], name: str) -> str:
    return " ".join(" ".join("".join(one.itertext()).split()) for one in parts.get(name, ()))


def _paragraphs(parts: dict[str, list[ET.Element]], name: str) -> list[str]:
    return [
        " ".join("".join(part.itertext()).split())
        for one in parts.get(name, ())
        for part in one.iter()
        if xml_file.local(part.tag) == "paragraph"
    ]


def _labelled(lines: list[str]) -> dict[str, Any]:
    said: dict[str, list[str]] = {}
    now: list[str] | None = None
    for line in lines:
        found = _LABEL.match(line)
        if found and found[1] in _LABELS and (now is not None or found[1] in {"HD", "SE", "BY"}):
            now = said.setdefault(_LABELS[found[1]], [])
            now.append(found[2])
        elif now is not None:
            now.append(line)
    one = {name: " ".join(" ".join(words).split()) for name, words in said.items()}
    body = "\n".join([*said.get("lead", ()), "", *said.get("body", ())])
    return article(
        one.get("headline", ""),
        re.sub(r"\n[ \t]*(?:\n[ \t]*)+", "\n\n", body).strip(),
        source=one.get("source", ""),
        published=iso_day(one.get("published", "")),
        author=_BY.sub("", one.get("author", "")),
        language=_LANGUAGES.get(one.get("language", "").lower(), ""),
        metadata={name: one.get(name, "") for name in _KEPT},
    )


def _plain(lines: list[str]) -> dict[str, Any]:
    """Return an article without labels: headline, author, words, day, source, …, rights, body."""
    lines = [line.strip() for line in lines]
    counted = next((n for n, line in enumerate(lines) if _WORDS.match(line)), None)
    if counted is None:
        return article("", "\n".join(lines))
    head = [line for line in lines[:counted] if line]
    author = _BY.sub("", head.pop()) if len(head) > 1 and _BY.match(head[-1]) else ""
    said, place = _below(lines, counted + 1)
    return article(
        " ".join(head),
        re.sub(r"\n(?:[ \t]*\n)+", "\n\n", "\n".join(lines[place:])).strip("\n"),
        source=said.get("source", ""),
        published=said.get("published", ""),
        author=author,
        language=said.get("language", ""),
        metadata={"words": lines[counted]} | {n: said.get(n, "") for n in _KEPT if n != "words"},
    )


def _below(lines: list[str], first: int) -> tuple[dict[str, str], int]:
    """Return what the lines below the number of words say, and where the body begins."""
    said: dict[str, str] = {}
    place = first
    for number, line in enumerate(lines[first : first + _HEAD_LINES], start=first):
        if _RIGHTS.match(line):
            return said, number + 1
        if not line:
            continue
        name, value = _told(line, said)
        if name:
            said[name] = value
            place = number + 1
    return said, place


def _told(line: str, said: dict[str, str]) -> tuple[str, str]:
    """Return what a line of the head is, given what was said before it, or two empty strings."""
    tests = (
        ("published", "" if "published" in said else iso_day(line)),
        ("time", line if _TIME.match(line) else ""),
        ("source", line if "published" in said and "source" not in said else ""),
        ("language", _LANGUAGES.get(line.lower(), "")),
        ("page", line if _PAGE.match(line) else ""),
        ("source_code", line if _CODE.match(line) else ""),
    )
    return next((test for test in tests if test[1]), ("", ""))
