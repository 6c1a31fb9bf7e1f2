"""A project in memory that answers what the queue asks, and tells what was done to it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count as counting

from app.model.annotation import Annotation, Fragment
from app.model.article import Article, ArticleRow, State, Status
from app.model.changes import Change
from app.model.listing import Listing, sort_key


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

    def order(self, wanted: Listing) -> list[int]:
        ordered = sorted(
            self.rows.values(),
            key=lambda made: sort_key(made, wanted.sort),
            reverse=wanted.descending,
        )
        return [made.position for made in ordered if self._holds(made, wanted)]

    def rows_at(self, positions: Sequence[int]) -> dict[int, ArticleRow]:
        self.reads += 1
        there = {made.position: made for made in self.rows.values()}
        return {position: there[position] for position in positions if position in there}

    def look(
        self, article_ids: Iterable[str], wanted: Listing
    ) -> tuple[tuple[str, ArticleRow | None, bool], ...]:
        found = ((name, self.rows.get(name)) for name in article_ids)
        return tuple((name, made, bool(made and self._holds(made, wanted))) for name, made in found)

    def state_counts(self) -> dict[State, int]:
        return dict(Counter(made.state for made in self.rows.values()))

    def sources(self, limit: int) -> tuple[tuple[str, int], ...]:
        found = Counter(made.source for made in self.rows.values() if made.source)
        return tuple(found.most_common(limit))

    @staticmethod
    def _holds(made: ArticleRow, wanted: Listing) -> bool:
        return (
            wanted.state in {None, made.state}
            and wanted.search.lower() in made.title.lower()
            and wanted.source in {"", made.source}
            and made.published >= wanted.since
        )

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
