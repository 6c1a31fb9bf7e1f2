"""What an export would hold and what stands in its way, and how an article of it looks."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from app.exchange.consistency import Consistency
from app.exchange.dataset import Bundle, Header
from app.exchange.no_text import stripped
from app.exchange.pressmark_json import article_line
from app.model.annotation import Annotation
from app.model.article import State
from app.model.checks import Finding, findings
from app.model.codebook import Codebook
from app.model.errors import Refused
from app.model.registry import Record
from app.workspace.exporting import Selection, Way, one_article
from app.workspace.workspace import Workspace

_WIDTH = 78
_LONGEST = 300
_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something worth a look at one annotation, or at an article as a whole (none)."""

    article: str
    annotation: str
    layer: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """What an export would hold of one article. `size` counts bytes of Pressmark JSON.

    `marks` are counted by layer and type.

    With `problems` the file would not fit its own schema; `points` are open, but true.
    """

    id: str
    title: str
    states: frozenset[State]
    marks: Mapping[tuple[str, str], int]
    relations: int
    size: int
    published: str = ""
    problems: tuple[Point, ...] = ()
    points: tuple[Point, ...] = ()


def survey(
    workspace: Workspace, tell: Callable[[int], None] = lambda _: None
) -> tuple[Surveyed, ...]:
    """Go through all articles and layers and check each against the schema and the codebook.

    For a worker: writes nothing. `tell` hears how many articles were gone through.
    """
    header = Header(
        project=workspace.project,
        codebook=workspace.codebook,
        records=workspace.all_records(),
        annotators=workspace.annotators(),
    )
    looking = _Survey(header)
    found: list[Surveyed] = []
    for article, annotations, relations, statuses in workspace.export_articles():
        bundle = Bundle(
            article=article, annotations=annotations, relations=relations, statuses=statuses
        )
        found.append(looking.of(bundle))
        tell(len(found))
    return tuple(found)


class _Survey:
    def __init__(self, header: Header) -> None:
        from app.exchange import document

        self._valid = document.articles()
        self._header = header
        self._checks = Consistency(header)
        self._number = 0

    def of(self, bundle: Bundle) -> Surveyed:
        """Check one article."""
        checks, article = self._checks, bundle.article
        before = len(checks.problems)
        checks.article(self._number, bundle)
        self._number += 1
        problems = [
            Point(article=article.id, annotation=_of(problem, bundle), layer="", text=problem)
            for problem in checks.problems[before:]
        ]
        size = 0
        try:
            line = article_line(bundle)
            size = len(line)
            self._valid.validate_json(line)
        except (Refused, ValueError) as error:
            if not problems:
                problems = [
                    Point(
                        article=article.id, annotation="", layer="", text=str(error).split("\n")[0]
                    )
                ]
        states = {status.layer: status.state for status in bundle.statuses}
        given: dict[str, State] = {item.layer: "in progress" for item in bundle.annotations}
        return Surveyed(
            id=article.id,
            title=article.title,
            states=frozenset((given | states).values()) or frozenset({"new"}),
            marks=Counter((item.layer, item.type) for item in bundle.annotations),
            relations=len(bundle.relations),
            size=size,
            published=article.published,
            problems=tuple(problems),
            points=tuple(self._points(bundle)),
        )

    def _points(self, bundle: Bundle) -> Iterable[Point]:
        codebook, records = self._header.codebook, self._header.records
        for layer in sorted({item.layer for item in bundle.annotations}):
            own = [item for item in bundle.annotations if item.layer == layer]
            links = [item for item in bundle.relations if item.layer == layer]
            by_id = {item.id: item for item in own}
            yield from (
                Point(
                    article=bundle.article.id,
                    annotation=one.annotation,
                    layer=layer,
                    text=_worded(codebook, by_id[one.annotation], one),
                )
                for one in findings(codebook, own, links, _known(records, own))
            )


def _known(records: Sequence[Record], annotations: Iterable[Annotation]) -> list[Record]:
    wanted = {item.record for item in annotations if item.record}
    return [record for record in records if record.id in wanted]


def _of(problem: str, bundle: Bundle) -> str:
    """Return the annotation that a problem's path names, or nothing."""
    _, found, rest = problem.partition(".annotations[")
    number = rest.partition("]")[0]
    return bundle.annotations[int(number)].id if found and number.isdigit() else ""


def _worded(codebook: Codebook, annotation: Annotation, finding: Finding) -> str:
    """Return a finding as it reads for several marks: `numbers have no unit`."""
    span_type = codebook.type(annotation.type)
    if span_type is None:
        return finding.message
    several = span_type.plural.lower()
    if finding.kind == "missing attribute":
        attribute = span_type.attribute(finding.field)
        return f"{several} have no {(attribute.label if attribute else finding.field).lower()}"
    if finding.kind in {"missing relation", "missing evidence"}:
        return f"{several}: {finding.message[:1].lower()}{finding.message[1:]}"
    return f"{several}: {finding.message}"


def grouped(points: Iterable[Point]) -> list[tuple[str, tuple[Point, ...]]]:
    """Return the points by what they say, the most frequent first, each with its count in words.

    At most 50 groups: what is beyond is seen when these are settled.
    """
    groups: dict[str, list[Point]] = {}
    for point in points:
        groups.setdefault(point.text, []).append(point)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(_counted(text, len(items)), tuple(items)) for text, items in ranked[:_SHOWN]]


def _counted(text: str, number: int) -> str:
    """Put a count before what is said of several; one is said as one."""
    things, has, what = text.partition(": ")
    thing = things.removesuffix("s")
    if has and what.startswith(f"{thing} "):  # the finding names the type itself
        return f"{number:,} {thing if number == 1 else things}{what.removeprefix(thing)}"
    if number == 1:
        if has:
            return f"1 {thing}: {what}"
        things, has, what = text.partition(" have no ")
        if has:
            return f"1 {things.removesuffix('s')} has no {what}"
    return f"{number:,} {text}" if " have no " in text or ": " in text else text


def article_json(workspace: Workspace, article_id: str, selection: Selection, way: Way) -> str:
    """Return one article as Pressmark JSON writes it, on one line. For a worker.

    Raises `Refused` where it is not in the project or cannot be written.
    """
    bundle = one_article(workspace, article_id, selection, way)
    if bundle is None:
        message = "This article is not in the project any more."
        raise Refused(message)
    line = article_line(bundle)
    if way.without_text:
        line = orjson.dumps(stripped(orjson.loads(line)))
    return line.decode("utf-8")


def pretty(line: str) -> str:
    """Return a line of JSON laid out for reading; very long words of it are cut with `…`."""
    return "\n".join(_laid_out(json.loads(line), 0, ""))


def _laid_out(value: Any, depth: int, before: str) -> list[str]:
    short = json.dumps(_cut(value), ensure_ascii=False)
    pad = "  " * depth
    if len(pad) + len(before) + len(short) <= _WIDTH or not isinstance(value, (dict, list)):
        return [f"{pad}{before}{short}"]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, dict):
        items = [
            (f"{json.dumps(name, ensure_ascii=False)}: ", part) for name, part in value.items()
        ]
    else:
        items = [("", part) for part in value]
    lines = [f"{pad}{before}{opening}"]
    for number, (name, part) in enumerate(items):
        inner = _laid_out(part, depth + 1, name)
        if number < len(items) - 1:
            inner[-1] += ","
        lines += inner
    return [*lines, f"{pad}{closing}"]


def _cut(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _LONGEST:
        return f"{value[:_LONGEST]}…"
    return value
