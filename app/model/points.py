"""The open points of an article: what is worth a look before it is done. Nothing of it blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.model.checks import Finding
from app.model.contents import ArticleContents
from app.model.coverage import Range
from app.model.suggestion import Suggestion
from app.model.wording import several

PointKind = Literal["finding", "suggestion", "unread"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One open point; `start` and `end` are the code points it is about.

    Of a finding, a suggestion and a stretch of unread sentences exactly one is told: `finding`,
    `suggestion` (its id), `sentences` (how many).
    """

    kind: PointKind
    start: int
    end: int
    message: str
    finding: Finding | None = None
    suggestion: str = ""
    sentences: int = 0

    @property
    def what(self) -> tuple[str, ...]:
        """What tells it from other points, also after an edit elsewhere."""
        if self.finding is not None:
            return "finding", self.finding.annotation, self.finding.field, self.finding.kind
        return (self.kind, self.suggestion) if self.suggestion else (self.kind,)


def open_points(
    contents: ArticleContents,
    findings: Iterable[Finding],
    *,
    unread: Sequence[tuple[Range, int]] = (),
    suggestions: Iterable[Suggestion] = (),
) -> tuple[Point, ...]:
    """Return the open points of an article in reading order.

    `unread` are the stretches of `coverage.runs`, `suggestions` those that nobody decided on.
    """
    points = [_of_stretch(stretch, count) for stretch, count in unread]
    for suggestion in suggestions:
        start, end = suggestion.start, suggestion.end
        said = f"Suggestion: {suggestion.type}"
        points.append(
            Point(kind="suggestion", start=start, end=end, message=said, suggestion=suggestion.id)
        )
    for finding in findings:
        if (mark := contents.annotation(finding.annotation)) is not None:
            said = finding.message
            points.append(
                Point(kind="finding", start=mark.start, end=mark.end, message=said, finding=finding)
            )
    order = {"unread": 0, "suggestion": 1, "finding": 2}
    return tuple(sorted(points, key=lambda point: (point.start, order[point.kind])))


def _of_stretch(stretch: Range, count: int) -> Point:
    said = "1 sentence was never on the screen"
    if count > 1:
        said = f"{count:,} sentences were never on the screen"
    return Point(kind="unread", start=stretch[0], end=stretch[1], message=said, sentences=count)


def summed_up(points: Iterable[Point]) -> str:
    """Return open points in a few words: `3 findings, 12 unread sentences, 1 suggestion`."""
    counts = {"finding": 0, "unread sentence": 0, "undecided suggestion": 0}
    for point in points:
        match point.kind:
            case "finding":
                counts["finding"] += 1
            case "unread":
                counts["unread sentence"] += point.sentences
            case "suggestion":
                counts["undecided suggestion"] += 1
    return ", ".join(several(count, thing) for thing, count in counts.items() if count)
