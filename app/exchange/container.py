"""All the text of a document, of whatever kind, for readers that find articles in it themselves.

Imported by the child alone.
"""

import re

from app.exchange.text_file import decode

_ZIP = b"PK\x03\x04"
_RTF = b"{\\rtf"
_PDF = b"%PDF-"
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|table)\b", re.IGNORECASE)


def whole_text(data: bytes) -> tuple[str, bool]:
    """Return the text of a plain text, Word document, RTF, PDF or web page, line ends as LF.

    The second value says whether its lines are wrapped where a page ends, not where paragraphs do.
    """
    start = data[:1_024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if data.startswith(_ZIP):
        from app.exchange import docx

        return docx.read(data)["text"], False
    if start.startswith(_RTF):
        from app.exchange import rtf

        return rtf.read(data)["text"], False
    if start.startswith(_PDF):
        from app.exchange import pdf

        return pdf.read(data)["text"], True
    if is_page(data):
        from app.exchange.page_text import rendered
        from app.exchange.web_page import decoded, parsed

        return rendered(parsed(decoded(data)[0])), False
    text = decode(data)[0].replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\f", "\n"), True


def is_page(data: bytes) -> bool:
    """Tell whether the bytes are those of a web page."""
    return _PAGE.search(data[:4_096].replace(b"\0", b"")) is not None


def article(
    headline: str, body: str, *, metadata: dict[str, str] | None = None, **about: str
) -> dict[str, object]:
    """Return an article out of an archive: its text is the headline, an empty line and the body."""
    headline = " ".join(headline.split())
    body = body.strip("\n")
    text = f"{headline}\n\n{body}\n" if headline else f"{body}\n"
    kept = {name: " ".join(value.split()) for name, value in (metadata or {}).items()}
    return {
        "text": text,
        "headline": headline,
        **{name: " ".join(value.split()) for name, value in about.items()},
        "metadata": {name: value for name, value in kept.items() if value},
    }
