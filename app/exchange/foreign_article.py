"""Articles out of foreign files: what the child read, made an article of ours."""

import hashlib
from pathlib import Path

from app.exchange.child import CHILDREN, Children
from app.exchange.dataset import Bundle, Dataset, Lost
from app.exchange.text_file import printable, read_bytes, title_in
from app.model.article import Article, Source
from app.model.errors import InputRefused
from app.model.ids import new_id, utc_now
from app.model.text import TextRefused, canonical, sha256_of


def read_docx(path: Path, *, children: Children = CHILDREN) -> Dataset:
    """Return the article in a Word document. Raises `InputRefused` and `KnownError`."""
    return _article(path, "app.exchange.docx", children)


def _article(path: Path, module: str, children: Children) -> Dataset:
    data = read_bytes(path)
    if not data:
        raise InputRefused("it is empty")
    said = children.read(module, data)
    try:
        text = canonical(said["text"])
        title, author = canonical(said["title"]), canonical(said["author"])
    except TextRefused as refusal:
        raise InputRefused(str(refusal)) from None
    if not text.strip():
        raise InputRefused("it holds no text")
    article = Article(
        id=new_id(),
        title=title_in(text) or title or printable(path.stem),
        text=text,
        sha256=sha256_of(text),
        author=author,
        origin=Source(
            file=printable(path.name),
            sha256=hashlib.sha256(data).hexdigest(),
            imported_at=utc_now(),
        ),
    )
    lost = tuple(
        Lost(what=what, count=count, reason="only the running text is taken")
        for what, count in sorted(said["left_out"].items())
    )
    return Dataset(articles=(Bundle(article=article),), lost=lost)
