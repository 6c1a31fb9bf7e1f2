"""A project in memory that answers what the queue asks, and tells what was done to it."""

from collections import Counter
from dataclasses import replace
from itertools import count as counting

from app.model.annotation import Annotation, Fragment
from app.model.article import Article, ArticleRow, State, Status
from app.model.changes import Change


def row(position: int, title: str = "", **known: object) -> ArticleRow:
    made = ArticleRow(
        id=f"a{position}",
        position=position,
        title=title or f"Article {position}",
        source="Daily Courier",
        published="2021-01-23",
        state="new",
        annotations=0,
    )
    return replace(made, **known)  # type: ignore[arg-type]


class Project:
    """Rows by position. Every deed returns the change that a workspace would announce."""

    def __init__(self, *rows: ArticleRow) -> None:
        self.rows = {made.id: made for made in rows}
        self.reads = 0
        self._seq = counting(1)

    def fetch(
        self, *, state: State | None, search: str, offset: int, limit: int
    ) -> tuple[ArticleRow, ...]:
        self.reads += 1
        return tuple(self._chosen(state, search)[offset : offset + limit])

    def count(self, *, state: State | None, search: str) -> int:
        return len(self._chosen(state, search))

    def find(self, article_id: str, /, *, state: State | None, search: str) -> int | None:
        ids = [made.id for made in self._chosen(state, search)]
        return ids.index(article_id) if article_id in ids else None

    def counts(self) -> dict[State, int]:
        return dict(Counter(made.state for made in self.rows.values()))

    def _chosen(self, state: State | None, search: str) -> list[ArticleRow]:
        ordered = sorted(self.rows.values(), key=lambda made: made.position)
        return [
            made
            for made in ordered
            if state in {None, made.state} and search.lower() in made.title.lower()
        ]

    # -- deeds ------------------------------------------------------------------------------------

    def set_state(self, article_id: str, state: State) -> Change:
        self.rows[article_id] = replace(self.rows[article_id], state=state)
        status = Status(article=article_id, layer="Marta", state=state)
        return self._change(article=article_id, statuses=(status,))

    def annotate(self, article_id: str) -> Change:
        old = self.rows[article_id]
        self.rows[article_id] = replace(
            old,
            annotations=old.annotations + 1,
            state="in progress" if old.state == "new" else old.state,
        )
        annotation = Annotation(
            id=f"m{next(self._seq)}",
            article=article_id,
            layer="Marta",
            type="actor",
            fragments=(Fragment(0, 1, "A"),),
        )
        return self._change(article=article_id, annotations=(annotation,))

    def erase(self, article_id: str) -> Change:
        old = self.rows[article_id]
        self.rows[article_id] = replace(old, annotations=max(0, old.annotations - 1))
        return self._change(article=article_id, removed_annotations=("m",))

    def put(self, *rows: ArticleRow) -> Change:
        """Add articles, or write them anew."""
        self.rows |= {made.id: made for made in rows}
        articles = tuple(
            Article(id=made.id, title=made.title, text="", sha256="", position=made.position)
            for made in rows
        )
        return self._change(articles=articles)

    def remove(self, *article_ids: str) -> Change:
        for article_id in article_ids:
            del self.rows[article_id]
        return self._change(removed_articles=article_ids)

    def _change(self, **what: object) -> Change:
        made = Change(seq=next(self._seq), kind="do", title="", by="Marta", at="")
        return replace(made, **what)  # type: ignore[arg-type]
