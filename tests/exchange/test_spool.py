"""What was read is kept as it is while it is little, on disk beyond, in the same order."""

from app.exchange.spool import Spool
from app.model.article import Article
from app.model.text import sha256_of


def article(number: int, size: int) -> Article:
    text = f"{number} " * size
    return Article(
        id=str(number), title="t", text=text, sha256=sha256_of(text), metadata={"pages": number}
    )


def test_articles_come_out_as_they_went_in_also_where_they_are_many() -> None:
    added = [article(n, size) for n, size in enumerate((3, 400_000, 400_000, 5, 400_000, 2))]
    spool = Spool()
    for one in added:
        spool.add(one)
    assert spool.count == len(added)
    for _ in range(2):
        assert [bundle.article for bundle in spool] == added
