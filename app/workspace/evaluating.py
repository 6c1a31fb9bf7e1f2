"""How good suggestions are: what would have been proposed, against what a layer says.

Each article is proposed for with what the articles before it taught, never with its own marks, so
the figures are those an annotator would have met. That gives the learning curve as well.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.agreement.align import by_type, matched, ranges_of
from app.agreement.figures import Found
from app.model.annotation import Annotation, Relation
from app.model.article import Article
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.errors import Refused
from app.model.registry import Record
from app.model.suggestion import Suggestion
from app.storage.queries import Exported
from app.suggest import learned
from app.suggest.context import Context
from app.suggest.forms import KnownForms, Use
from app.suggest.language import language_of
from app.suggest.registry import guessed, kept, proposals
from app.suggest.relations import SPEAKER, as_mark, linked
from app.workspace.learning import FEWEST_ARTICLES, trained
from app.workspace.outside import known
from app.workspace.workspace import Workspace

EXTENDED = "extended"
"""The tier of marks that a careful coder may leave out."""
_STEPS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
"""After how many articles a point of the learning curve ends."""
_NOBODY = "\u0000"
_NOTHING = Found(tp=0, fp=0, fn=0)


@dataclass(frozen=True, slots=True)
class Score:
    """Spans with the very same fragments, and spans that share at least one code point.

    In each `tp` were right, `fp` wrongly proposed, `fn` missed.
    """

    exact: Found = _NOTHING
    overlap: Found = _NOTHING

    def __add__(self, other: "Score") -> "Score":
        return Score(self.exact + other.exact, self.overlap + other.overlap)


@dataclass(slots=True)
class Share:
    """How many of so many were right."""

    n: int = 0
    right: int = 0


@dataclass(slots=True, kw_only=True)
class Evaluation:
    """The figures of suggestions, or of one layer, against another layer."""

    against: str
    articles: int = 0
    types: dict[str, Score] = field(default_factory=dict)
    all: Score = Score()
    suggesters: dict[str, Score] = field(default_factory=dict)
    speakers: Share = field(default_factory=Share)
    """Of statements that were found and have a speaker: those with the right one."""
    attributes: dict[str, dict[str, Share]] = field(default_factory=dict)
    """By type and field: of spans found exactly, where both say something."""
    curve: list[tuple[int, int, Score]] = field(default_factory=list)
    """(first article, one past the last, figures), in the order of import."""


def evaluate(
    workspace: Workspace,
    against: str,
    *,
    layer: str | None = None,
    suggesters: Collection[str] | None = None,
    core: bool = False,
    progress: Callable[[int], object] = lambda _: None,
) -> Evaluation:
    """Return how good suggestions are, or the marks of `layer`, measured against a layer.

    With `core`, marks of the extended tier are neither asked for nor held against a proposal. What
    is learnt (`learned`) is trained anew after 5, 10, 20, 50 … articles, and measured as it is.
    Raises `Refused` for a layer without marks.
    """
    found = Evaluation(against=against)
    learns = layer is None and (suggesters is None or learned.NAME in suggesters)
    teacher = _Teacher(workspace.all_records(), learns=learns)
    codebook = workspace.codebook
    layers = [against, layer] if layer is not None else [against]
    for done, exported in enumerate(workspace.export_articles(layers), 1):
        progress(done)
        asked = [one for one in exported.annotations if one.layer == against]
        if not asked and not _has_worked(exported, against):
            continue
        if layer is not None:
            proposed = [one for one in exported.annotations if one.layer == layer]
            links = [one for one in exported.relations if one.layer == layer]
        else:
            context = replace(
                teacher.context(exported.article, codebook),
                outside=known(suggesters, exported.article.sha256),
            )
            each = {**proposals(context, suggesters), **guessed(context)}
            blank = ArticleContents(exported.article, layer=_NOBODY)
            proposed, links = _as_work(linked(blank, codebook, kept(each)))
            for name, several in each.items():
                made, _ = _as_work(kept({name: several}))
                mine = [one for one in asked if one.type in {mark.type for mark in made}]
                scores = _by_type(made, mine, core=core).values()
                found.suggesters[name] = sum(scores, found.suggesters.get(name, Score()))
        by_type_ = _by_type(proposed, asked, core=core)
        for type_name, score in by_type_.items():
            found.types[type_name] = found.types.get(type_name, Score()) + score
        whole = sum(by_type_.values(), Score())
        found.all += whole
        _put_on_curve(found, whole)
        found.articles += 1
        truth = [one for one in exported.relations if one.layer == against]
        _compare_speakers(found.speakers, (proposed, links), (asked, truth))
        _compare_fields(found.attributes, proposed, asked)
        teacher.learn(exported.article, asked)
    if not found.articles:
        raise Refused(f"There is no layer “{against}” with marks to measure against.")
    order = [one.name for one in codebook.types]
    found.types = {name: found.types[name] for name in order if name in found.types}
    return found


def _has_worked(exported: Exported, layer: str) -> bool:
    return any(one.layer == layer and one.state != "new" for one in exported.statuses)


class _Teacher:
    """What the articles before taught. A record is known once an article before mentioned it."""

    def __init__(self, records: Iterable[Record], *, learns: bool) -> None:
        self._learns = learns
        self._marked: list[tuple[str, Sequence[Annotation]]] = []
        self._models: dict[str, learned.Learned] = {}
        self._records = {record.id: record for record in records}
        self._known: set[str] = set()
        self._forms = KnownForms()

    def context(self, article: Article, codebook: Codebook) -> Context:
        """Return what a suggester is given for an article."""
        return Context(
            article=article.id,
            text=article.text,
            codebook=codebook,
            forms=self._forms,
            language=language_of(article.text, article.language),
            published=article.published,
            models=self._models,
        )

    def learn(self, article: Article, asked: Sequence[Annotation]) -> None:
        """Take in the marks of an article."""
        uses: list[Use] = [
            (one.quote, one.type, one.record) for one in asked if len(one.fragments) == 1
        ]
        self._forms.put_article(article.id, uses)
        for _, _, record in uses:
            if record is not None and record not in self._known and record in self._records:
                self._known.add(record)
                self._forms.put_record(self._records[record])
        if self._learns:
            self._marked.append((article.text, asked))
            if len(self._marked) in _STEPS and len(self._marked) >= FEWEST_ARTICLES:
                self._models = trained(self._marked)


def _as_work(suggestions: Sequence[Suggestion]) -> tuple[list[Annotation], list[Relation]]:
    """Return suggestions as marks and links of nobody."""
    marks = [as_mark(one, _NOBODY) for one in suggestions]
    at = {(mark.start, mark.end): mark.id for mark in marks if mark.type == "actor"}
    links = [
        Relation(
            id=f"{one.id} {n}",
            article=one.article,
            layer=_NOBODY,
            role=link.role,
            source=one.id,
            target=at[link.start, link.end],
        )
        for one in suggestions
        for n, link in enumerate(one.links)
        if (link.start, link.end) in at
    ]
    return marks, links


def _by_type(
    proposed: Sequence[Annotation], asked: Sequence[Annotation], *, core: bool
) -> dict[str, Score]:
    left, right = by_type(proposed), by_type(asked)
    return {
        name: _score(left.get(name, []), right.get(name, []), core=core) for name in {*left, *right}
    }


def _score(proposed: list[Annotation], asked: list[Annotation], *, core: bool) -> Score:
    needed = [one for one in asked if not (core and one.attributes.get("tier") == EXTENDED)]
    pairs = matched(proposed, needed)
    paired = {id(one) for one, _ in pairs}
    spare = [one for one in asked if core and one.attributes.get("tier") == EXTENDED]
    rest = [one for one in proposed if id(one) not in paired]
    excused = len(matched(rest, spare)) if spare else 0
    exact = sum(ranges_of(one) == ranges_of(other) for one, other in pairs)
    wrong = len(proposed) - excused
    return Score(
        exact=Found(tp=exact, fp=wrong - exact, fn=len(needed) - exact),
        overlap=Found(tp=len(pairs), fp=wrong - len(pairs), fn=len(needed) - len(pairs)),
    )


def _put_on_curve(found: Evaluation, score: Score) -> None:
    place = found.articles
    first = max(step for step in _STEPS if step <= place)
    if not found.curve or found.curve[-1][0] != first:
        found.curve.append((first, place, Score()))
    found.curve[-1] = first, place + 1, found.curve[-1][2] + score


def _compare_speakers(
    share: Share,
    proposed: tuple[Sequence[Annotation], Sequence[Relation]],
    asked: tuple[Sequence[Annotation], Sequence[Relation]],
) -> None:
    """Count the statements found whose speakers are the right ones, all of them and no other."""
    told, truth = (_speakers(*one) for one in (proposed, asked))
    statements = [[one for one in side[0] if one.type == "statement"] for side in (proposed, asked)]
    for one, other in matched(*statements):
        wanted = truth.get(other.id, [])
        if wanted:
            share.n += 1
            named = told.get(one.id, [])
            share.right += len(named) == len(wanted) == len(matched(named, wanted))


def _speakers(
    annotations: Sequence[Annotation], relations: Sequence[Relation]
) -> dict[str, list[Annotation]]:
    by_id = {one.id: one for one in annotations}
    found: dict[str, list[Annotation]] = {}
    for relation in relations:
        if relation.role == SPEAKER and relation.target in by_id:
            found.setdefault(relation.source, []).append(by_id[relation.target])
    return found


def _compare_fields(
    found: dict[str, dict[str, Share]], proposed: Sequence[Annotation], asked: Sequence[Annotation]
) -> None:
    for one, other in _exact(proposed, asked):
        fields = found.setdefault(other.type, {})
        for name, value in other.attributes.items():
            if value is not None and name in one.attributes:
                share = fields.setdefault(name, Share())
                share.n += 1
                share.right += one.attributes[name] == value


def _exact(
    proposed: Sequence[Annotation], asked: Sequence[Annotation]
) -> Iterator[tuple[Annotation, Annotation]]:
    there = {(one.type, ranges_of(one)): one for one in proposed}
    taken: Counter[object] = Counter()
    for other in asked:
        place = other.type, ranges_of(other)
        if place in there and not taken[place]:
            taken[place] += 1
            yield there[place], other
