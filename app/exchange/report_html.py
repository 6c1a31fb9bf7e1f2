"""The report as one HTML page that needs nothing beside it and prints well."""

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from typing_extensions import override

from app.exchange.dataset import Header
from app.exchange.product import Product
from app.exchange.report import ROOM, Entry, Quote, build, joined, parsed, tints

__all__ = ["ROOM", "build", "dump", "parse"]

_STYLE = """
body { font: 16px/1.55 Georgia, "Source Serif 4", serif; max-width: 46em; margin: 2em auto;
  padding: 0 1em; color: #1d2126; background: #fff; }
h1 { font-size: 1.5em; } h1, h2, h3 { line-height: 1.25; }
.about, small { color: #5a636e; } .text { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { color: inherit; border-radius: 2px; } li { margin: .25em 0; } li small { display: block; }
article { border-bottom: 1px solid #d5dae0; padding-bottom: 1em; break-after: page; }
"""


def dump(path: Path, product: Product, header: Header) -> None:
    """Write the page."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_page(product, header))


def _page(product: Product, header: Header) -> Iterator[str]:
    colours = tints(header.codebook)
    title = escape(header.project.name)
    numbers = {t.name: n for n, t in enumerate(header.codebook.types)}
    rules = "".join(f".t{numbers[n]} {{ background: {c}; }}\n" for n, c in colours.items())
    yield '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}{rules}</style></head>\n<body>\n"
    yield f"<h1>{title}</h1>\n"
    for entry in product.parts:
        yield from _article(entry, numbers)
    yield "</body>\n</html>\n"


def _article(entry: Entry, numbers: dict[str, int]) -> Iterator[str]:
    yield f'<article>\n<h2>{escape(entry.title)}</h2>\n<p class="about">{escape(entry.about)}</p>\n'
    yield '<div class="text">'
    for words, name in entry.stretches:
        told = f'<mark class="t{numbers.get(name)}" data-t="{escape(name)}">{escape(words)}</mark>'
        yield told if name else escape(words)
    yield "</div>\n"
    for label, quotes in entry.quotes:
        yield f"<h3>{escape(label)}</h3>\n<ul>\n"
        for one in quotes:
            yield f"<li><q>{escape(one.words)}</q><small>{escape(one.details)}</small></li>\n"
        yield "</ul>\n"
    yield "</article>\n"


_HELD = {"h2": "title", "h3": "label", "q": "words", "small": "details"}


class _Parser(HTMLParser):
    """Collects the entries of a page of ours, and the marks of its texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.entries: list[Entry] = []
        self._parts: dict[str, str] = {}
        self._quotes: list[tuple[str, list[Quote]]] = []
        self._stretches: list[tuple[str, str]] = []
        self._name = ""
        self._into = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "article":
            self._parts, self._quotes, self._stretches = {"text": "", "about": ""}, [], []
        elif tag == "mark":
            self._name = given.get("data-t") or ""
        elif tag in _HELD or given.get("class") in {"about", "text"}:
            self._into = _HELD.get(tag) or str(given["class"])
            self._parts[self._into] = ""

    @override
    def handle_data(self, data: str) -> None:
        if not self._into:
            return
        self._parts[self._into] += data
        if self._into == "text":
            self._stretches.append((data, self._name))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._name = ""
            return
        if tag == "h3":
            self._quotes.append((self._parts["label"], []))
        elif tag == "li":
            quote = Quote(self._parts["words"], self._parts["details"])
            self._quotes[-1][1].append(quote)
        elif tag == "article":
            held = self._parts
            quotes = tuple((label, tuple(items)) for label, items in self._quotes)
            stretches = joined(self._stretches)
            made = Entry(held["title"], held["about"], held["text"], quotes, stretches)
            self.entries.append(made)
        if tag in {*_HELD, "p", "div"}:
            self._into = ""


def parse(path: Path) -> Product:
    """Return the entries of a page."""
    parser = _Parser()
    parser.feed(path.read_text("utf-8"))
    parser.close()
    return parsed(parser.entries)
