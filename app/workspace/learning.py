"""Learning from the finished articles of a project, and what was learnt before.

A model is measured on a quarter of the finished articles, which it does not see, before it may
speak; then it is trained on all of them. The same articles always come to the same model. Models
lie beside this person's other files, never in a project or an export; losing them costs a training.
"""

import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from app.agreement.align import matched
from app.agreement.figures import Found
from app.exchange.atomic import atomic_write
from app.model.annotation import Annotation, fragments_of
from app.model.errors import KnownError
from app.storage.queries import Exported
from app.suggest.learned import Learned, Models
from app.workspace.places import data_folder
from app.workspace.workspace import Workspace

FEWEST_ARTICLES = 5
"""Finished articles with marks of a type, before anything is learnt of it."""
FEWEST_MARKS = 20
SPEAKS_FROM = 0.5
"""F1 (overlap) on held-out articles from which a model is heard."""

_MOST_ARTICLES = 2_000
"""The newest are learnt from: a training takes minutes at most."""
_HELD_OUT = 4
"""One of so many articles is held out."""
_REPORT = "learnt.json"
_VERSION = 1

Tell = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeReport:
    """What was learnt of a type. `exact` and `overlap` are on the articles held out.

    `why` says why nothing is proposed of it; it is empty where something is.
    """

    articles: int
    marks: int
    held_out: int = 0
    exact: dict[str, int] = field(default_factory=dict)
    overlap: dict[str, int] = field(default_factory=dict)
    why: str = ""
    file: str = ""
    sha256: str = ""

    @property
    def f1(self) -> float | None:
        """The F1 of what was proposed on held-out articles, words in common being enough."""
        return Found(**self.overlap).f1 if self.overlap else None

    @property
    def f1_exact(self) -> float | None:
        """The same for exactly the same words."""
        return Found(**self.exact).f1 if self.exact else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was learnt in a project by one layer, and from how many finished articles."""

    articles: int = 0
    types: dict[str, TypeReport] = field(default_factory=dict)

    def said(self, plurals: dict[str, str]) -> str:
        """Return it as a sentence."""
        if not self.types:
            return f"Nothing is learnt before {FEWEST_ARTICLES} articles are finished."
        parts = []
        for name, one in self.types.items():
            plural = plurals.get(name, name).lower()
            figure = f" {one.f1:.2f}" if one.f1 is not None else ""
            parts.append(f"{plural}{figure} ({one.why})" if one.why else f"{plural}{figure}")
        return f"Learnt from {self.articles:,} finished articles: F1 of {', '.join(parts)}."


def models_folder(project: str, layer: str) -> Path:
    """Return where the models of a project and layer lie; it need not be there."""
    name = hashlib.sha256(layer.encode()).hexdigest()[:16]
    return data_folder() / "models" / project / name


def learn(
    workspace: Workspace, *, folder: Path | None = None, tell: Tell = lambda _: None
) -> Report:
    """Learn from the articles the working layer has finished, and keep what was learnt.

    Raises `KnownError` where it cannot be kept.
    """
    from app.suggest.sequence import Example

    layer = workspace.layer
    place = folder or models_folder(workspace.project.id, layer)
    texts: list[tuple[str, str]] = []
    marked: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(dict)
    for found in _finished(workspace, layer):
        texts.append((found.article.id, found.article.text))
        for one in found.annotations:
            if len(one.fragments) == 1:
                ranges = marked[one.type].setdefault(found.article.id, [])
                ranges.append((one.start, one.end))
    types: dict[str, TypeReport] = {}
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        for span_type in workspace.codebook.types:
            if span_type.archived:
                continue
            tell(span_type.plural)
            of_type = marked.get(span_type.name, {})
            examples = [(key, Example(text, tuple(of_type.get(key, ())))) for key, text in texts]
            types[span_type.name] = _learn_type(place, span_type.name, examples, len(of_type))
        report = Report(articles=len(texts), types=types if texts else {})
        held = {"version": _VERSION, "layer": layer, **asdict(report)}
        with atomic_write(place / _REPORT) as out:
            out.write(json.dumps(held, indent=1).encode())
    except OSError as problem:
        raise KnownError(f"What was learnt cannot be kept: {problem.strerror}.") from None
    return report


def learn_in(location: str, annotator: str) -> Report:
    """Learn from a project that somebody else has open; it is only read."""
    with Workspace.open(location, annotator=annotator, read_only=True) as workspace:
        return learn(workspace)


def read_report(folder: Path) -> Report:
    """Return what was learnt, or an empty report where that is not known."""
    with suppress(OSError, ValueError, TypeError, AttributeError, LookupError):
        held: dict[str, Any] = json.loads((folder / _REPORT).read_text("utf-8"))
        if held.get("version") == _VERSION:
            types = {str(name): TypeReport(**one) for name, one in held["types"].items()}
            return Report(articles=int(held["articles"]), types=types)
    return Report()


def read_models(folder: Path) -> Models:
    """Return the models that may speak. A file that was changed or is broken is left out."""
    report = read_report(folder)
    found: dict[str, Learned] = {}
    for name, one in report.types.items():
        if one.why or not one.file or one.f1 is None:
            continue
        path = folder / Path(one.file).name
        with suppress(OSError, ValueError):
            if hashlib.sha256(path.read_bytes()).hexdigest() == one.sha256:
                from app.suggest.sequence import Model  # only where something was learnt

                model = Model(path)
                found[name] = Learned(
                    model=model, articles=one.articles, marks=one.marks, f1=one.f1
                )
    return found


def _finished(workspace: Workspace, layer: str) -> Sequence[Exported]:
    finished = [found for found in workspace.export_articles([layer], "done") if found.annotations]
    return finished[-_MOST_ARTICLES:]


def _learn_type(
    place: Path, name: str, examples: Sequence[tuple[str, Any]], articles: int
) -> TypeReport:
    from app.suggest.sequence import fit

    marks = sum(len(example.marked) for _, example in examples)
    file = f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.crf"
    (place / file).unlink(missing_ok=True)
    if articles < FEWEST_ARTICLES or marks < FEWEST_MARKS:
        why = f"too few: {articles:,} articles, {marks:,} marks"
        return TypeReport(articles=len(examples), marks=marks, why=why)
    ranked = sorted(examples, key=lambda one: hashlib.sha256(one[0].encode()).digest())
    held_out = [example for _, example in ranked[::_HELD_OUT]]
    rest = [example for n, (_, example) in enumerate(ranked) if n % _HELD_OUT]
    with tempfile.TemporaryDirectory(dir=place) as made:
        exact, overlap = measured(Path(made) / "held-out.crf", rest, held_out)
        report = TypeReport(
            articles=len(examples),
            marks=marks,
            held_out=len(held_out),
            exact={"tp": exact.tp, "fp": exact.fp, "fn": exact.fn},
            overlap={"tp": overlap.tp, "fp": overlap.fp, "fn": overlap.fn},
        )
        if (overlap.f1 or 0.0) < SPEAKS_FROM:
            return replace(report, why="not good enough yet")
        whole = Path(made) / "whole.crf"
        fit(whole, [example for _, example in examples])
        whole.replace(place / file)
    digest = hashlib.sha256((place / file).read_bytes()).hexdigest()
    return replace(report, file=file, sha256=digest)


def trained(articles: Sequence[tuple[str, Sequence[Annotation]]]) -> dict[str, Learned]:
    """Return models of the types that are marked often enough in some texts, unmeasured."""
    from app.suggest.sequence import Example, Model, fit

    by_type: dict[str, list[Example]] = {}
    names = sorted({one.type for _, marks in articles for one in marks})
    for name in names:
        by_type[name] = [
            Example(
                text,
                tuple(
                    (one.start, one.end)
                    for one in marks
                    if one.type == name and len(one.fragments) == 1
                ),
            )
            for text, marks in articles
        ]
    found = {}
    for name, examples in by_type.items():
        marks_ = sum(len(example.marked) for example in examples)
        if marks_ >= FEWEST_MARKS:
            with tempfile.TemporaryDirectory() as made:
                path = Path(made) / "model.crf"
                fit(path, examples)
                found[name] = Learned(
                    model=Model(path), articles=len(examples), marks=marks_, f1=0.0
                )
    return found


def measured(path: Path, examples: Iterable[Any], unseen: Iterable[Any]) -> tuple[Found, Found]:
    """Return how good a model of examples is on unseen ones: exact, and with words in common."""
    from app.suggest.sequence import Model, fit

    learnt = fit(path, examples)
    model = Model(path) if learnt else None
    exact, overlap = Found(tp=0, fp=0, fn=0), Found(tp=0, fp=0, fn=0)
    for text, marked in unseen:
        guessed = [(one.start, one.end) for one in model.guesses(text)] if model else []
        proposed, asked = _marks(text, guessed), _marks(text, marked)
        pairs = matched(proposed, asked)
        same = sum(one.fragments == other.fragments for one, other in pairs)
        exact += Found(tp=same, fp=len(proposed) - same, fn=len(asked) - same)
        both = len(pairs)
        overlap += Found(tp=both, fp=len(proposed) - both, fn=len(asked) - both)
    return exact, overlap


def _marks(text: str, ranges: Iterable[tuple[int, int]]) -> list[Annotation]:
    return [
        Annotation(id=str(n), article="", layer="", type="", fragments=fragments_of(text, [one]))
        for n, one in enumerate(ranges)
    ]
