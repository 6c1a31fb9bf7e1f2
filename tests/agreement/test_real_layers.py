"""Six people's marks on one newspaper text, compared: the REDEWIEDERGABE corpus."""

import csv
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest

from app.agreement.compare import Comparison
from app.agreement.disagreements import cases
from app.agreement.tally import Work
from app.model.annotation import Annotation, fragments_of
from tests import projects

TYPES = {"event": "frame", "actor": "speaker"}
"""Our types, and the columns of the corpus that stand for them here."""

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def layers(shared_data: Path) -> Mapping[str, Rows]:
    """The rows of each annotator, one a token."""
    found = {}
    for path in sorted((shared_data / "08_agreement" / "redewiedergabe").glob("*/tsv/*.tsv")):
        with path.open(encoding="utf-8") as file:
            found[path.parts[-3]] = list(
                csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            )
    assert len(found) == 7
    assert {len(rows) for rows in found.values()} == {579}
    return found


def marks_of(rows: Rows, layer: str) -> tuple[str, list[Annotation]]:
    """Return a text of as many words as there are tokens, and what is marked in it."""
    names = [f"w{n}" for n in range(len(rows))]
    text = " ".join(names)
    starts = [0]
    for name in names:
        starts.append(starts[-1] + len(name) + 1)
    article = projects.article(text)
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for n, row in enumerate(rows):
        for type_name, column in TYPES.items():
            for tag in row[column].split("|"):
                if tag != "-":
                    place = starts[n], starts[n + 1] - 1
                    ranges = found.setdefault((type_name, tag), [])
                    if ranges and ranges[-1][1] + 1 == place[0]:
                        ranges[-1] = ranges[-1][0], place[1]
                    else:
                        ranges.append(place)
    return text, [
        projects.mark(
            article, 0, 1, layer=layer, type=type_name, fragments=fragments_of(text, ranges)
        )
        for (type_name, _), ranges in found.items()
    ]


def test_figures_are_those_of_scikit_learn_and_of_sets(layers: Mapping[str, Rows]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    comparison = Comparison(tuple(layers), projects.CODEBOOK)
    marked = {name: marks_of(rows, name) for name, rows in layers.items()}
    work = {name: Work(marks, []) for name, (_, marks) in marked.items()}
    comparison.add(next(iter(marked.values()))[0], work)
    found = comparison.figures()
    assert len(found.pairs) == len(list(combinations(layers, 2)))
    for pair in found.pairs:
        for type_name, column in TYPES.items():
            figures = pair.types[type_name]
            inside = [[row[column] != "-" for row in layers[name]] for name in (pair.a, pair.b)]
            assert figures.token_kappa == pytest.approx(metrics.cohen_kappa_score(*inside))
            spans = [
                {a.fragments for a in work[name].annotations if a.type == type_name}
                for name in (pair.a, pair.b)
            ]
            assert figures.exact.tp == len(spans[0] & spans[1])
            assert figures.exact.tp <= figures.overlap.tp <= min(map(len, spans))
            assert figures.alpha_u is not None
            assert 0 < figures.alpha_u <= 1
    frames = found.alpha.types["event"]
    assert frames.alpha_u is not None
    assert frames.token_alpha is not None
    kappas = [pair.types["event"].token_kappa or 0 for pair in found.pairs]
    assert min(kappas) < frames.token_alpha < max(kappas)


def test_every_mark_of_all_six_is_in_one_case(layers: Mapping[str, Rows]) -> None:
    people = [name for name in layers if name != "consensus"]
    marks = [mark for name in people for mark in marks_of(layers[name], name)[1]]
    found = cases(people, marks, ())
    assert sorted(one.id for case in found for one in case.annotations) == sorted(
        mark.id for mark in marks
    )
    kinds = {case.kind for case in found}
    assert kinds >= {"alike", "boundary", "only"}
