"""The figures of a project: counted, compared, and looked through for what waits."""

from collections.abc import Callable, Iterator
from itertools import combinations
from operator import attrgetter

from app.agreement.figures import PairFigures
from app.model.annotation import GOLD
from app.model.article import STATES, State
from app.model.checks import findings
from app.model.figures import ProjectFigures, Together, TypeAgreement, Waiting
from app.model.wording import on_one_line, several
from app.workspace.comparing import agreement
from app.workspace.entries import likely
from app.workspace.workspace import Workspace

_STEP = 50
_MOST_RECORDS = 5_000
_MOST_FINDINGS = 6
"""Kinds of findings; the commonest."""

Tell = Callable[[tuple[str, int, int]], object]
"""Told what is done now, and how far it is; may raise to end the work."""


def figures_of(workspace: Workspace, *, tell: Tell = lambda _: None) -> ProjectFigures:
    """Return the figures of a project as its working layer sees it."""
    layer = workspace.layer
    counted = workspace.count_figures()
    waiting: list[Waiting] = []
    if counted.flagged:
        first = on_one_line(counted.flagged[0], 40)
        more = f" and {len(counted.flagged) - 1:,} more" if len(counted.flagged) > 1 else ""
        number = len(counted.flagged)
        waiting.append(
            Waiting("flagged", number, several(number, "flagged article"), f"“{first}”{more}")
        )
    if counted.shared:
        title = f"{several(counted.shared, 'article')} to compare"
        waiting.append(Waiting("compare", counted.shared, title, "marked by several people"))
    waiting += _findings(workspace, layer, tell)
    waiting += _alike(workspace)
    own = next((one.states for one in counted.layers if one.name == layer), {})
    states: dict[State, int] = {state: own.get(state, 0) for state in STATES}
    states["new"] = counted.articles - sum(states.values())
    return ProjectFigures(
        layer=layer,
        articles=counted.articles,
        states=states,
        marks=counted.marks,
        relations=counted.relations,
        marked_articles=counted.marked_articles,
        accepted=counted.accepted,
        rejected=counted.rejected,
        layers=tuple(one for one in counted.layers if any(one.states.values()) or one.per_day),
        named=counted.named,
        waiting=tuple(waiting),
        together=_together(workspace, counted.shared, tell),
    )


def _findings(workspace: Workspace, layer: str, tell: Tell) -> Iterator[Waiting]:
    """Yield what is missing in the finished articles, the commonest first."""
    codebook = workspace.codebook
    types = {one.name: one for one in codebook.types}
    records = workspace.all_records()
    total = workspace.queue_count()
    met: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for number, found in enumerate(workspace.export_articles([layer], "done")):
        if number % _STEP == 0:
            tell(("Looking for what is missing", number, total))
        by_id = {one.id: one for one in found.annotations}
        for one in findings(codebook, found.annotations, found.relations, records):
            kind = (by_id[one.annotation].type, one.message)
            met.setdefault(kind, []).append((found.article.id, one.annotation))
    ranked = sorted(met.items(), key=lambda item: (-len(item[1]), item[0]))
    for (type_name, message), places in ranked[:_MOST_FINDINGS]:
        span_type, number = types[type_name], len(places)
        articles = len({article for article, _ in places})
        label = (span_type.label if number == 1 else span_type.plural).lower()
        yield Waiting(
            f"finding {type_name}",
            number,
            f"{number:,} {label}: {message[:1].lower()}{message[1:]}",
            f"in {several(articles, 'finished article')}",
            *places[0],
        )


def _alike(workspace: Workspace) -> Iterator[Waiting]:
    """Yield that entries of the registry look alike, where it is small enough to compare them."""
    if len(workspace.all_records()) > _MOST_RECORDS:
        return
    pairs = likely(workspace)
    if pairs:
        first = f"“{on_one_line(pairs[0].one.name, 24)}” / “{on_one_line(pairs[0].other.name, 24)}”"
        more = f" and {len(pairs) - 1:,} more" if len(pairs) > 1 else ""
        verb = "looks" if len(pairs) == 1 else "look"
        title = f"{several(len(pairs), 'pair')} of entries {verb} alike"
        yield Waiting("alike", len(pairs), title, first + more)


def _together(workspace: Workspace, shared: int, tell: Tell) -> Together | None:
    """Return how far the two agree who have most articles in common; None where nobody does."""
    names = [one.name for one in workspace.annotators() if one.name != GOLD]
    if not shared or len(names) < 2:  # noqa: PLR2004 - it takes two
        return None
    total = workspace.queue_count()
    pairs: list[PairFigures] = []
    for pair in _in_common(workspace, names):
        found = agreement(workspace, pair, progress=lambda done: tell(("Comparing", done, total)))
        pairs += found.pairs
    best = max(pairs, key=attrgetter("articles"), default=None)
    if best is None or not best.articles:
        return None
    return Together(
        names=(best.a, best.b),
        articles=best.articles,
        types=tuple(
            TypeAgreement(name, one.alpha_u, one.spread.alpha_u, one.exact.f1)
            for name, one in best.types.items()
            if one.exact.f1 is not None
        ),
    )


def _in_common(workspace: Workspace, names: list[str]) -> list[tuple[str, str]]:
    """Return the two that have marked most of the same articles."""
    worked: dict[str, set[str]] = {name: set() for name in names}
    for layer, article in workspace.worked_on():
        worked.setdefault(layer, set()).add(article)
    pairs = [pair for pair in combinations(names, 2) if worked[pair[0]] & worked[pair[1]]]
    return sorted(pairs, key=lambda pair: -len(worked[pair[0]] & worked[pair[1]]))[:1]
