"""Articles that are nearly the same, and the coding of one carried over to the others."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.model.alignment import Alignment
from app.model.annotation import Annotation, Evidence, Value, fragments_of
from app.model.article import ArticleRow
from app.model.bookmark import Bookmark
from app.model.codebook import Codebook
from app.model.commands import AddAnnotation, AddRelation, Batch, Command, SetBookmark
from app.model.contents import ArticleContents
from app.model.errors import Refused
from app.model.ids import new_id
from app.model.likeness import groups
from app.model.wording import on_one_line, several
from app.workspace.workspace import Workspace

_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Group:
    """Articles whose texts are alike, by import."""

    members: tuple[ArticleRow, ...]

    @property
    def model(self) -> ArticleRow:
        """The member to carry over from: the one with the most marks, the first of them."""
        return max(self.members, key=lambda one: one.annotations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What carrying over does to one article.

    So many `marks` and `relations` are new, so many of the marks `unsure`, because their words or
    those around them are others there; `lost` marks have no words there. `sentences` that stand
    otherwise in the model, or not at all, get a bookmark.
    """

    article: str
    marks: int = 0
    relations: int = 0
    unsure: int = 0
    lost: int = 0
    sentences: int = 0


def find_groups(
    workspace: Workspace, tell: Callable[[int], None] = lambda _: None
) -> tuple[Group, ...]:
    """Return the groups of articles that are nearly the same, the largest first.

    Every text is read once; `tell` is given how many were. May be called in any thread.
    """

    def texts() -> Iterator[tuple[str, str]]:
        for number, one in enumerate(workspace.texts(), start=1):
            yield one
            tell(number)

    found = []
    for ids in groups(texts()):
        rows = [row for one in ids if (row := workspace.queue_row(one))] if len(ids) > 1 else []
        if len(rows) > 1:
            found.append(Group(tuple(sorted(rows, key=lambda row: row.position))))
    return tuple(sorted(found, key=lambda one: (-len(one.members), one.members[0].position)))


def carry(
    workspace: Workspace, model: str, others: Sequence[str]
) -> tuple[Batch, str, tuple[Carried, ...]]:
    """Return what carries the marks of one article over to others, its title, and what it does.

    Marks that are there already stay as they are. Raises `Refused` where there is nothing to carry.
    """
    source = workspace.contents(model)
    if not len(source):
        raise Refused("The article has no marks of yours to carry over.")
    steps: list[Command] = []
    told: list[Carried] = []
    for other in others:
        transfer = _Transfer(source, workspace.contents(other), workspace.codebook)
        steps += transfer.steps()
        told.append(transfer.told)
    marks = sum(one.marks for one in told)
    if not marks:
        raise Refused("The other articles have all these marks already.")
    title = f"carry {several(marks, 'mark')} over to {several(len(told), 'article')}"
    return Batch(steps=tuple(steps)), title, tuple(told)


class _Transfer:
    """The marks of one article on their way to another."""

    def __init__(
        self, source: ArticleContents, target: ArticleContents, codebook: Codebook
    ) -> None:
        self._source, self._target, self._codebook = source, target, codebook
        self._alignment = Alignment(source.article.text, target.article.text)
        self._ids: dict[str, str] = {}
        self.told = Carried(article=target.article.id)

    def steps(self) -> list[Command]:
        """Return the commands, and keep what they do in `told`."""
        there = {(one.type, one.fragments): one.id for one in self._target.annotations}
        made = []
        lost = 0
        for mark in self._source.annotations:
            copy = self._copy(mark)
            if copy is None:
                lost += 1
                continue
            twin = there.get((copy.type, copy.fragments))
            self._ids[mark.id] = twin or copy.id
            if twin is None:
                made.append(copy)
        made = [replace(one, attributes=self._attributes(one)) for one in made]
        relations = list(self._relations()) if made else []
        bookmarks = list(self._bookmarks()) if made else []
        self.told = replace(
            self.told,
            marks=len(made),
            relations=len(relations),
            unsure=sum(one.certainty == "unsure" for one in made),
            lost=lost,
            sentences=len(bookmarks),
        )
        return [*(AddAnnotation(annotation=one) for one in made), *relations, *bookmarks]

    def _copy(self, mark: Annotation) -> Annotation | None:
        placed = self._placed(tuple((one.start, one.end) for one in mark.fragments))
        if placed is None:
            return None
        ranges, changed = placed
        evidence, complete = self._evidence(mark.evidence)
        changed = changed or not complete
        changed = changed or self._alignment.is_changed(mark.start, mark.end)
        return Annotation(
            id=new_id(),
            article=self._target.article.id,
            layer=self._target.layer,
            type=mark.type,
            fragments=fragments_of(self._target.article.text, ranges),
            attributes=mark.attributes,
            record=mark.record,
            certainty="unsure" if changed else mark.certainty,
            comment=mark.comment,
            evidence=evidence,
            origin=f"propagated:{mark.id}",
            codebook_revision=self._codebook.revision,
        )

    def _placed(
        self, ranges: Sequence[tuple[int, int]]
    ) -> tuple[list[tuple[int, int]], bool] | None:
        """Return where ranges stand in the other text, and whether words of them changed."""
        found = [self._alignment.place(*one) for one in ranges]
        kept = [one for one in found if one is not None]
        if len(kept) < len(found):
            return None
        return [place for place, _ in kept], any(changed for _, changed in kept)

    def _evidence(self, given: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], bool]:
        """Return the evidence that stands in the other text, and whether that is all of it."""
        kept = []
        complete = True
        for one in given:
            placed = self._placed(tuple((each.start, each.end) for each in one.fragments))
            if placed is None:
                complete = False
                continue
            ranges, changed = placed
            complete = complete and not changed
            fragments = fragments_of(self._target.article.text, ranges)
            kept.append(replace(one, fragments=fragments))
        return tuple(kept), complete

    def _attributes(self, mark: Annotation) -> Mapping[str, Value]:
        """Return the fields of a mark, those that name other marks naming their copies."""
        span_type = self._codebook.type(mark.type)
        fields: dict[str, Value] = {}
        for name, value in mark.attributes.items():
            field = span_type.attribute(name) if span_type else None
            if field is None or field.type != "annotation":
                fields[name] = value
            elif str(value) in self._ids:
                fields[name] = self._ids[str(value)]
        return fields

    def _relations(self) -> Iterator[AddRelation]:
        there = {(one.role, one.source, one.target) for one in self._target.relations}
        for one in self._source.relations:
            source, target = self._ids.get(one.source), self._ids.get(one.target)
            if source is None or target is None or (one.role, source, target) in there:
                continue
            copy = replace(
                one,
                id=new_id(),
                article=self._target.article.id,
                layer=self._target.layer,
                source=source,
                target=target,
                version=0,
            )
            yield AddRelation(relation=copy)

    def _bookmarks(self) -> Iterator[SetBookmark]:
        """Yield a bookmark at each stretch of the other text that the model has otherwise."""
        title = on_one_line(self._source.article.title, _LONGEST_TITLE)
        for piece in self._alignment.pieces:
            start, end = piece.second
            if piece.kind in {"changed", "added"} and start < end:
                if self._target.bookmark(start) is not None:
                    continue
                words = "stands otherwise in" if piece.kind == "changed" else "does not stand in"
                bookmark = Bookmark(
                    article=self._target.article.id,
                    layer=self._target.layer,
                    offset=start,
                    note=f"{words} “{title}”",
                )
                yield SetBookmark(bookmark=bookmark)
