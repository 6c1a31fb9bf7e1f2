"""Comparing the layers of a project: which of them, in which articles, and what comes out."""

from collections.abc import Callable, Sequence

from app.agreement.compare import Comparison
from app.agreement.figures import Agreement
from app.agreement.tally import Work
from app.model.annotation import GOLD
from app.model.errors import Refused
from app.storage.queries import Exported
from app.workspace.workspace import Workspace

_FEWEST = 2


class WrongLayers(Refused):
    """The layers that were asked for cannot be compared: the call has to be another one."""


def layers_of(workspace: Workspace) -> tuple[str, ...]:
    """Return the layers with work in them, by name."""
    return tuple(one.name for one in workspace.stats().annotators if one.articles)


def compared_layers(workspace: Workspace, wanted: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the layers to compare: those wanted, or everybody's.

    The gold layer is left out of everybody's where there are two others. Raises `WrongLayers` for
    one that is not there, and `Refused` where there are fewer than two.
    """
    there = layers_of(workspace)
    for name in wanted:
        if name not in there:
            known = ", ".join(there) or "none"
            raise WrongLayers(f"There is no layer “{name}”; the project has {known}.")
    chosen = tuple(dict.fromkeys(wanted)) or there
    if not wanted and len(chosen) > _FEWEST:
        chosen = tuple(name for name in chosen if name != GOLD)
    if len(chosen) < _FEWEST:
        if wanted:
            raise WrongLayers("Comparing takes two layers or more.")
        has = f"has only the layer “{chosen[0]}”" if chosen else "has no annotations"
        raise Refused(f"There is nothing to compare: the project {has}.")
    return chosen


def agreement(
    workspace: Workspace,
    layers: Sequence[str],
    *,
    article: str | None = None,
    progress: Callable[[int], object] = lambda _: None,
) -> Agreement:
    """Return how far layers agree, in the whole project or in one article."""
    comparison = Comparison(layers, workspace.codebook)
    articles = workspace.export_articles(layers) if article is None else None
    for done, exported in enumerate(articles or [workspace.every_layer(article or "")], 1):
        comparison.add(exported.article.text, _work(exported))
        progress(done)
    return comparison.figures()


def _work(exported: Exported) -> dict[str, Work]:
    """Return what each layer has in an article that has worked on it, be it nothing."""
    begun = {one.layer for one in exported.statuses if one.state != "new"}
    work = {layer: Work([], []) for layer in begun}
    for annotation in exported.annotations:
        work.setdefault(annotation.layer, Work([], [])).annotations.append(annotation)
    for relation in exported.relations:
        work.setdefault(relation.layer, Work([], [])).relations.append(relation)
    return work
