"""One article as the window shows it, kept current change by change."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator

from app.model.annotation import Annotation, Relation, reading_order
from app.model.article import Article, Status
from app.model.bookmark import Bookmark, Rejection
from app.model.changes import Change
from app.model.registry import Record


class ArticleContents:
    """An article with the annotations and relations of every layer, and the records they mention.

    The window owns one for the open article and feeds it each `Change`; panels read it. Applying
    changes one by one gives the same contents as loading afresh.
    """

    def __init__(
        self,
        article: Article,
        *,
        layer: str,
        annotations: Iterable[Annotation] = (),
        relations: Iterable[Relation] = (),
        records: Iterable[Record] = (),
        status: Status | None = None,
        bookmarks: Iterable[Bookmark] = (),
        rejections: Iterable[Rejection] = (),
    ) -> None:
        self.article = article
        self.layer = layer
        self.status = status
        self._bookmarks = {bookmark.offset: bookmark for bookmark in bookmarks}
        self._rejections = {rejection.id: rejection for rejection in rejections}
        self._annotations = {annotation.id: annotation for annotation in annotations}
        self._order = sorted(map(reading_order, self._annotations.values()))
        self._order_of: dict[str, list[tuple[int, int, str]]] = {}
        """The order of single types, each made when it is first asked for."""
        self._records = {record.id: record for record in records}
        self._relations: dict[str, Relation] = {}
        self._at: dict[str, set[str]] = defaultdict(set)
        for relation in relations:
            self._put_relation(relation)

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """All annotations in reading order."""
        return tuple(self._annotations[key[2]] for key in self._order)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """All relations, sorted by id."""
        return tuple(self._relations[key] for key in sorted(self._relations))

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The bookmarks of the layer, in the order of the text."""
        return tuple(self._bookmarks[offset] for offset in sorted(self._bookmarks))

    def bookmark(self, offset: int) -> Bookmark | None:
        """Return the bookmark at a code point."""
        return self._bookmarks.get(offset)

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """The suggestions that the layer has rejected, in the order of the text."""
        return tuple(sorted(self._rejections.values(), key=lambda r: (r.start, -r.end, r.id)))

    def rejected(self, suggestion_id: str) -> bool:
        """Tell whether the layer has rejected a suggestion."""
        return suggestion_id in self._rejections

    def __len__(self) -> int:
        return len(self._annotations)

    def __bool__(self) -> bool:
        return True  # an article without annotations is there all the same

    def annotation(self, annotation_id: str) -> Annotation | None:
        """Return the annotation of that id."""
        return self._annotations.get(annotation_id)

    @property
    def records(self) -> tuple[Record, ...]:
        """The registry records that the annotations mention, in no order."""
        return tuple(self._records.values())

    def record(self, record_id: str | None) -> Record | None:
        """Return the registry record of that id, where an annotation here mentions it."""
        return self._records.get(record_id) if record_id else None

    def outgoing(self, annotation_id: str) -> tuple[Relation, ...]:
        """Return the relations that start at an annotation, in the order of their targets."""
        if not self._at.get(annotation_id):
            return ()  # as most have none
        found = [r for r in self._relations_at(annotation_id) if r.source == annotation_id]
        return tuple(sorted(found, key=lambda r: (r.role, self._place(r.target), r.id)))

    def incoming(self, annotation_id: str) -> tuple[Relation, ...]:
        """Return the relations that end at an annotation."""
        found = [r for r in self._relations_at(annotation_id) if r.target == annotation_id]
        return tuple(sorted(found, key=lambda r: (r.role, self._place(r.source), r.id)))

    def index(self, annotation_id: str) -> int:
        """Return the place (from 0) of an annotation in reading order."""
        return bisect_left(self._order, reading_order(self._annotations[annotation_id]))

    def number(self, annotation_id: str) -> int:
        """Return the place (from 1) of an annotation among those of its type, in reading order."""
        annotation = self._annotations[annotation_id]
        order = self._order_of.get(annotation.type)
        if order is None:
            kept, wanted = self._annotations, annotation.type
            order = [key for key in self._order if kept[key[2]].type == wanted]
            self._order_of[wanted] = order
        return bisect_left(order, reading_order(annotation)) + 1

    def at(self, index: int) -> Annotation:
        """Return the annotation at a place in reading order."""
        return self._annotations[self._order[index][2]]

    def starting_within(self, start: int, end: int) -> tuple[Annotation, ...]:
        """Return the annotations that start in a range (code points), in reading order."""
        first = bisect_left(self._order, (start,))
        return tuple(
            self._annotations[key[2]]
            for key in self._order[first : bisect_left(self._order, (end,))]
        )

    def label(self, annotation: Annotation) -> str:
        """Return what to call an annotation in a list: its record's name or its words."""
        record = self.record(annotation.record)
        return record.name if record else annotation.quote

    def apply(self, change: Change) -> bool:
        """Take in what a change says about this article; tell whether anything here changed."""
        touched = False
        for relation_id in change.removed_relations:
            touched |= self._drop_relation(relation_id)
        for annotation_id in change.removed_annotations:
            touched |= self._drop(annotation_id)
        for annotation in change.annotations:
            if annotation.article == self.article.id:
                self._drop(annotation.id)
                self._annotations[annotation.id] = annotation
                for order in self._orders_with(annotation):
                    insort(order, reading_order(annotation))
                touched = True
        for relation in change.relations:
            if relation.article == self.article.id:
                self._drop_relation(relation.id)
                self._put_relation(relation)
                touched = True
        for record in change.records:
            self._records[record.id] = record
            touched = True
        for record_id in change.removed_records:
            touched |= self._records.pop(record_id, None) is not None
        return self._apply_article(change) or touched

    def _apply_article(self, change: Change) -> bool:
        touched = False
        for article in change.articles:
            if article.id == self.article.id:
                self.article = article
                touched = True
        for status in change.statuses:
            if (status.article, status.layer) == (self.article.id, self.layer):
                self.status = status
                touched = True
        if (self.article.id, self.layer) in change.cleared_statuses:
            self.status = None
            touched = True
        return self._apply_asides(change) or touched

    def _apply_asides(self, change: Change) -> bool:
        here, touched = (self.article.id, self.layer), False
        for article, layer, offset in change.cleared_bookmarks:
            if (article, layer) == here:
                touched |= self._bookmarks.pop(offset, None) is not None
        for bookmark in change.bookmarks:
            if bookmark.key[:2] == here:
                self._bookmarks[bookmark.offset] = bookmark
                touched = True
        for article, layer, suggestion in change.withdrawn_rejections:
            if (article, layer) == here:
                touched |= self._rejections.pop(suggestion, None) is not None
        for rejection in change.rejections:
            if rejection.key[:2] == here:
                self._rejections[rejection.id] = rejection
                touched = True
        return touched

    def _place(self, annotation_id: str) -> tuple[int, int, str]:
        annotation = self._annotations.get(annotation_id)
        return reading_order(annotation) if annotation else (-1, 0, annotation_id)

    def _relations_at(self, annotation_id: str) -> Iterator[Relation]:
        return (self._relations[key] for key in self._at.get(annotation_id, ()))

    def _put_relation(self, relation: Relation) -> None:
        self._relations[relation.id] = relation
        self._at[relation.source].add(relation.id)
        self._at[relation.target].add(relation.id)

    def _drop_relation(self, relation_id: str) -> bool:
        relation = self._relations.pop(relation_id, None)
        if relation is None:
            return False
        self._at[relation.source].discard(relation_id)
        self._at[relation.target].discard(relation_id)
        return True

    def _drop(self, annotation_id: str) -> bool:
        annotation = self._annotations.pop(annotation_id, None)
        if annotation is None:
            return False
        for order in self._orders_with(annotation):
            del order[bisect_left(order, reading_order(annotation))]
        return True

    def _orders_with(self, annotation: Annotation) -> Iterator[list[tuple[int, int, str]]]:
        yield self._order
        if annotation.type in self._order_of:
            yield self._order_of[annotation.type]
