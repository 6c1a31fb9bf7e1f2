"""Agreement of two annotators against reading their annotations."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.model.annotation import Annotation, fragments_of
from app.model.commands import AddAnnotation, Batch
from app.model.ids import derived_id
from app.workspace.comparing import agreement
from benchmarks.material import annotations_of, article, project
from benchmarks.measure import Row, milliseconds

_ARTICLES, _ANNOTATIONS = 1_000, 100


def rows(folder: Path) -> Iterator[Row]:
    """Yield the row of this group."""
    articles = [(article(2_500, seed=seed), _ANNOTATIONS) for seed in range(_ARTICLES)]
    workspace = project(folder / "comparing.pressmark", articles)
    for made, _ in articles:
        second = [
            AddAnnotation(annotation=_otherwise(made.text, annotation, n))
            for n, annotation in enumerate(annotations_of(made, _ANNOTATIONS, "second"))
        ]
        workspace.do(Batch(steps=tuple(second)), title="benchmark material")
    floor = milliseconds(lambda: deque(workspace.export_articles(), maxlen=0))
    ours = milliseconds(lambda: agreement(workspace, (workspace.layer, "second")))
    workspace.close()
    yield Row(
        operation=f"agreement of 2 x {_ARTICLES * _ANNOTATIONS:,} marks, intervals included",
        floor=floor,
        ours=ours,
        budget=5.0,
    )


def _otherwise(text: str, annotation: Annotation, n: int) -> Annotation:
    """Return what another annotator marked: a third of the spans are shorter."""
    cut = 1 if n % 3 == 0 and annotation.length > 1 else 0
    span = [(annotation.start, annotation.end - cut)]
    return replace(
        annotation,
        id=derived_id(annotation.id, "second"),
        layer="second",
        fragments=fragments_of(text, span),
    )
