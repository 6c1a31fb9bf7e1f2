"""RTF documents: the running text, in whatever code pages it is written.

After the Rich Text Format specification 1.9.1. One pass over the bytes, no recursion. Imported by
the child alone.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from app.model.errors import InputRefused

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?\ ?"
    rb"|\\'([0-9a-fA-F]{2})"
    rb"|\\([^a-zA-Z'])"
    rb"|([{}])"
    rb"|([^\\{}\r\n]+)"
    rb"|[\r\n]+|\\'?",
    re.DOTALL,
)
_SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "column": "\n",
    "cell": "\t", "tab": "\t", "emdash": "—", "endash": "–", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "ltrmark": "\u200e", "rtlmark": "\u200f",
    "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"-": "\u00ad", b"_": "\u2011", b"\r": "\n", b"\n": "\n"}
_ESCAPED = b"\\{}"
_PASSED_OVER = set(
    "colortbl stylesheet pict object header headerl headerr headerf footer footerl footerr footerf"
    " fldinst listtext pntext atnid atnauthor atndate atnref generator filetbl revtbl themedata"
    " datastore xe tc rxe bkmkstart bkmkend nonshppict listtable listoverridetable rsidtbl"
    " operator category keywords comment doccomm creatim revtim printim buptim company manager"
    " hlinkbase subject ftnsep ftnsepc aftnsep aftnsepc do shpinst template private upr".split()
)
_LEFT_OUT = {"footnote": "footnotes and endnotes", "annotation": "comments"}
_SAID = {"title", "author"}
_CHARSETS = {
    0: "cp1252", 1: "", 2: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 130: "cp1361",
    134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
    255: "cp850",
}  # fmt: skip
_KINDS = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
_UTF_7_AND_8 = {"65000": "utf-7", "65001": "utf-8"}


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within a pair of braces; `into` names where the words go, nothing: nowhere."""

    into: str = "text"
    codec: str = ""
    fallback: int = 1
    """How many characters after a \\u stand for it in programs that know no Unicode."""


def read(data: bytes) -> dict[str, Any]:
    """Return `text`, `title`, `author` and `left_out` (what, and how often) of a document."""
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise InputRefused("it is no RTF document")
    reader = _Reader(data)
    reader.run()
    said = {name: " ".join("".join(reader.out[name]).split()) for name in _SAID}
    text = "".join(reader.out["text"])
    return {"text": text.rstrip("\n") + "\n", **said, "left_out": dict(reader.left_out)}


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.out: dict[str, list[str]] = {"text": [], "title": [], "author": []}
        self.left_out: Counter[str] = Counter()
        self._data = data
        self._group = _Group()
        self._stack: list[_Group] = []
        self._default = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._bytes = bytearray()
        self._high = 0
        self._skip = 0
        self._star = False

    def run(self) -> None:
        place, data = 0, self._data
        while place < len(data):
            found = _TOKEN.match(data, place)
            if found is None:  # pragma: no cover - the expression takes every byte
                break
            place = found.end()
            word, number, code, symbol, brace, words = found.groups()
            if words is not None:
                self._words(words)
            elif code is not None:
                self._words(bytes((int(code, 16),)))
            elif word is not None:
                place += self._control(word.decode(), number)
            elif symbol is not None:
                self._symbol(symbol)
            elif brace is not None:
                self._brace(opens=brace == b"{")
        self._flush()

    def _brace(self, *, opens: bool) -> None:
        self._flush()
        self._skip = 0
        self._star = False
        if opens:
            self._stack.append(self._group)
        elif self._stack:
            self._group = self._stack.pop()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._star = True
        elif symbol in _SYMBOLS:
            self._put(_SYMBOLS[symbol])
        elif symbol in _ESCAPED:
            self._words(symbol)

    def _control(self, word: str, number: bytes | None) -> int:
        """Obey a control word; return how many bytes after it are no text."""
        value = int(number) if number is not None else None
        star, self._star = self._star, False
        if word == "u" and value is not None:
            self._unicode(value)
        elif word == "bin":
            return max(0, value or 0)
        elif word in _LEFT_OUT:
            if self._group.into:
                self.left_out[_LEFT_OUT[word]] += 1
            self._go("")
        elif (word in _SAID and self._group.into == "info") or word in {"info", "fonttbl"}:
            self._go(word)
        elif word in _PASSED_OVER or (star and word not in {"fldrslt", "shppict"}):
            self._go("")
        elif word in {"v", "deleted"}:
            self._go("" if value != 0 else "text")
        elif word == "uc":
            self._group = replace(self._group, fallback=max(0, value or 0))
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        else:
            self._code_page(word, value)
        return 0

    def _code_page(self, word: str, value: int | None) -> None:
        in_table = self._group.into == "fonttbl"
        if word == "ansicpg" and value:
            self._default = _codec(str(value)) or self._default
        elif word in _KINDS:
            self._default = _KINDS[word]
        elif word in {"f", "af"} and value is not None:
            if in_table:
                self._font = value
            elif word == "f":
                self._flush()
                self._group = replace(self._group, codec=self._fonts.get(value, ""))
        elif word == "fcharset" and in_table and value is not None:
            self._fonts[self._font] = _CHARSETS.get(value, "")
        elif word == "cpg" and in_table and value is not None:
            self._fonts[self._font] = _codec(str(value))
        elif word == "plain":
            self._flush()
            self._group = replace(self._group, codec="")

    def _go(self, into: str) -> None:
        """Send the words of the group elsewhere; what is nowhere stays nowhere."""
        self._flush()
        hidden = not self._group.into and self._stack and not self._stack[-1].into
        if not hidden:
            self._group = replace(self._group, into=into)

    def _unicode(self, value: int) -> None:
        value += 0x10000 if value < 0 else 0
        self._flush()
        self._skip = self._group.fallback
        if 0xD800 <= value < 0xDC00:
            self._high = value
        elif 0xDC00 <= value < 0xE000:
            if self._high:
                high, self._high = self._high, 0
                self._emit(chr(0x10000 + ((high - 0xD800) << 10) + value - 0xDC00))
            else:
                self._emit("\ufffd")
        else:
            self._emit(chr(value) if 0 < value <= 0x10FFFF else "\ufffd")

    def _words(self, words: bytes) -> None:
        if self._skip:
            passed = min(self._skip, len(words))
            self._skip -= passed
            words = words[passed:]
        if words and self._group.into in self.out:
            self._bytes += words

    def _put(self, sign: str) -> None:
        if self._skip:
            self._skip -= 1
            return
        self._flush()
        self._emit(sign)

    def _emit(self, words: str) -> None:
        into = self.out.get(self._group.into)
        if into is not None:
            into.append(words)

    def _flush(self) -> None:
        if self._bytes:
            words = bytes(self._bytes).decode(self._group.codec or self._default, "replace")
            self._emit(words.replace("\0", ""))
            self._bytes.clear()


def _codec(page: str) -> str:
    try:
        return codecs.lookup(_UTF_7_AND_8.get(page, f"cp{page}")).name
    except LookupError:
        return ""
