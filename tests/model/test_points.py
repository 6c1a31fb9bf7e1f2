"""The open points of an article: findings, suggestions and unread sentences in one list."""

from app.model.annotation import Annotation, fragments_of
from app.model.article import Article
from app.model.checks import Finding
from app.model.contents import ArticleContents
from app.model.points import open_points, summed_up
from app.model.suggestion import Suggestion
from app.model.text import sha256_of

TEXT = "Navalny spoke. Putin denied it. Nobody came."


def test_everything_open_stands_in_reading_order() -> None:
    article = Article(id="a", title="A", text=TEXT, sha256=sha256_of(TEXT))
    putin = Annotation(
        id="m", article="a", layer="l", type="actor", fragments=fragments_of(TEXT, [(15, 20)])
    )
    contents = ArticleContents(article, layer="l", annotations=[putin])
    finding = Finding(kind="missing attribute", annotation="m", field="title", message="No title")
    gone = Finding(kind="missing attribute", annotation="gone", field="title", message="No title")
    suggestion = Suggestion(
        id="s",
        article="a",
        type="actor",
        fragments=fragments_of(TEXT, [(0, 7)]),
        score=1.0,
        suggester="test",
        reason="",
    )
    points = open_points(
        contents,
        [finding, gone],
        unread=(((0, 14), 1), ((32, 44), 2)),
        suggestions=[suggestion],
    )
    assert [(point.kind, point.start) for point in points] == [
        ("unread", 0),
        ("suggestion", 0),
        ("finding", 15),
        ("unread", 32),
    ]
    assert [point.what for point in points] == [
        ("unread",),
        ("suggestion", "s"),
        ("finding", "m", "title", "missing attribute"),
        ("unread",),
    ]
    assert summed_up(points) == "1 finding, 3 unread sentences, 1 undecided suggestion"
    assert summed_up(()) == ""
