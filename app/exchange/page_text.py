"""The text of a part of a web page, as a browser would set it. Imported by the child alone."""

import re

from lxml import html

_BLOCKS = set(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section"
    " summary table tbody tfoot thead tr ul".split()
)
_APART = set("blockquote dl figure h1 h2 h3 h4 h5 h6 ol p pre table ul".split())
"""Blocks with an empty line around them."""

PASSED_OVER = set(
    "script style noscript template head title meta link svg math iframe object embed canvas audio"
    " video button select option textarea input".split()
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def rendered(element: html.HtmlElement, left_out: frozenset[html.HtmlElement] = frozenset()) -> str:
    """Return the text of an element: blocks on lines of their own, cells parted by tabs.

    Elements `left_out` and what no browser shows is passed over. No recursion.
    """
    page = _Page()
    stack: list[tuple[html.HtmlElement, bool]] = [(element, False)]
    while stack:
        one, leaves = stack.pop()
        if leaves:
            page.leave(one.tag)
            if one is not element and one.tail:
                page.words(one.tail)
            continue
        if not isinstance(one.tag, str) or one.tag in PASSED_OVER or one in left_out:
            if one is not element and one.tail:
                page.words(one.tail)
            continue
        page.enter(one.tag)
        if one.text:
            page.words(one.text)
        stack.append((one, True))
        stack.extend((child, False) for child in reversed(one))
    return page.text


class _Page:
    """Collects words and line ends; none of either is doubled."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._ends = 0
        self._space = False
        self._pre = 0

    @property
    def text(self) -> str:
        """What was collected, ending in one line end."""
        joined = "".join(self._parts).strip("\n")
        return f"{joined}\n" if joined else ""

    def enter(self, tag: str) -> None:
        if tag == "br":
            self._parts.append("\n")
            self._space = False
        elif tag in {"td", "th"}:
            if self._parts and not self._ends and not self._parts[-1].endswith("\n"):
                self._parts.append("\t")
            self._space = False
        elif tag in _BLOCKS:
            self._block(tag)
        self._pre += tag == "pre"

    def leave(self, tag: str) -> None:
        self._pre -= tag == "pre"
        if tag in _BLOCKS:
            self._block(tag)

    def words(self, text: str) -> None:
        if self._pre:
            self._line_ends()
            self._parts.append(text)
            self._space = False
            return
        text = _SPACE.sub(" ", text)
        begins_line = self._ends or not self._parts or self._parts[-1].endswith(("\n", "\t"))
        if not begins_line and text.startswith(" "):
            self._space = True
        body = text.strip(" ")
        if not body:
            return
        self._line_ends()
        if self._space:
            self._parts.append(" ")
        self._parts.append(body)
        self._space = text.endswith(" ")

    def _block(self, tag: str) -> None:
        self._ends = max(self._ends, 2 if tag in _APART else 1)
        self._space = False

    def _line_ends(self) -> None:
        if self._ends:
            if self._parts:
                self._parts.append("\n" * self._ends)
            self._ends = 0
            self._space = False
