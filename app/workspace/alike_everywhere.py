"""The same words in the article or the whole project, found for a tick list, marked in one step."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from app.model.alike import everywhere, forms_of, is_name
from app.model.annotation import Annotation
from app.model.codebook import Codebook
from app.model.commands import AddAnnotation, Batch
from app.model.contents import ArticleContents
from app.model.errors import Refused
from app.model.wording import on_one_line
from app.workspace.gestures import Gesture, copied, is_marked
from app.workspace.workspace import Workspace

MOST = 5_000
"""Places in one list; the person is told that there are more."""
_STEP = 200
_AROUND = 60
"""Code points before and after the words."""

Tell = Callable[[int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What counts as the same words. `names` also takes short forms and the registry's names."""

    everywhere: bool = False
    whole_words: bool = True
    match_case: bool = True
    inflected: bool = False
    names: bool = True


class Spot(NamedTuple):
    """Where words stand that are not marked so yet: code points, and the words around them."""

    article: str
    title: str
    start: int
    end: int
    before: str
    words: str
    after: str


class Spots(NamedTuple):
    """The places that were found, and whether there are more than are listed."""

    found: tuple[Spot, ...]
    more: bool


def forms_like(contents: ArticleContents, mark: Annotation, wanted: Wanted) -> tuple[str, ...]:
    """Return the words that count as those of a mark. Raises `Refused` for a mark with gaps."""
    if len(mark.fragments) > 1:
        message = "A mark with gaps has nothing like it"
        raise Refused(message)
    if not wanted.names or not is_name(mark.quote):
        return (mark.quote,)
    record = contents.record(mark.record)
    known = (record.name, *record.aliases) if record else ()
    return forms_of(mark.quote, known=known)


def find_alike(
    workspace: Workspace,
    contents: ArticleContents,
    mark: Annotation,
    wanted: Wanted,
    *,
    tell: Tell = lambda _: None,
) -> Spots:
    """Return where the words of a mark stand and are not marked with its type.

    The article itself comes first, then the others in the order of import.
    """
    forms = forms_like(contents, mark, wanted)
    found: list[Spot] = []
    for spot in _in_all(workspace, contents, mark, (forms, wanted), tell):
        if len(found) == MOST:
            return Spots(tuple(found), more=True)
        found.append(spot)
    return Spots(tuple(found), more=False)


def tag_spots(
    workspace: Workspace, mark: Annotation, codebook: Codebook, spots: Collection[Spot]
) -> Gesture:
    """Return the gesture that marks places like a mark, in one step. Raises `Refused`.

    Places where the words are not there any more, or are marked meanwhile, are left out.
    """
    steps: list[AddAnnotation] = []
    for article_id, of_article in _by_article(spots):
        contents = workspace.contents(article_id)
        text = contents.article.text
        steps += [
            copied(
                mark,
                codebook,
                (contents.article, contents.layer),
                (one.start, one.end),
                with_record=True,
            )
            for one in of_article
            if text[one.start : one.end] == one.words
            and not is_marked(contents, mark.type, one.start, one.end)
        ]
    if not steps:
        message = "Nothing of this is left to mark"
        raise Refused(message)
    words = on_one_line(mark.quote, 40)
    return Gesture(Batch(steps=tuple(steps)), f"tag {len(steps):,} alike “{words}”", mark.id)


def _in_all(
    workspace: Workspace,
    contents: ArticleContents,
    mark: Annotation,
    asked: tuple[tuple[str, ...], Wanted],
    tell: Tell,
) -> Iterator[Spot]:
    forms, wanted = asked
    yield from _in(contents, mark, forms, wanted)
    if not wanted.everywhere:
        return
    for number, (article_id, text) in enumerate(workspace.texts()):
        if number % _STEP == 0:
            tell(number)
        if article_id != contents.article.id and _ranges(text, forms, wanted):
            yield from _in(workspace.contents(article_id), mark, forms, wanted)


def _ranges(text: str, forms: Iterable[str], wanted: Wanted) -> tuple[tuple[int, int], ...]:
    return everywhere(
        text,
        forms,
        whole_words=wanted.whole_words,
        match_case=wanted.match_case,
        inflected=wanted.inflected,
    )


def _in(
    contents: ArticleContents, mark: Annotation, forms: tuple[str, ...], wanted: Wanted
) -> Iterator[Spot]:
    article = contents.article
    for start, end in _ranges(article.text, forms, wanted):
        if not is_marked(contents, mark.type, start, end):
            yield Spot(
                article=article.id,
                title=article.title,
                start=start,
                end=end,
                before=" ".join(article.text[max(0, start - _AROUND) : start].split()),
                words=article.text[start:end],
                after=" ".join(article.text[end : end + _AROUND].split()),
            )


def _by_article(spots: Iterable[Spot]) -> Iterator[tuple[str, list[Spot]]]:
    by_article: dict[str, list[Spot]] = {}
    for spot in spots:
        by_article.setdefault(spot.article, []).append(spot)
    yield from by_article.items()
