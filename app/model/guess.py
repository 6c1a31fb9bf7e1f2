"""Which mark a slot is for, guessed: shown dashed, and taken with one key. Pure."""

from app.model.annotation import Annotation
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.links import likely_links

_NEAR = 600
"""How far (code points) a mark may be from the one whose slot it is guessed for."""


def guesses(
    contents: ArticleContents, codebook: Codebook, source_id: str
) -> tuple[tuple[str, str], ...]:
    """Return what the empty roles of an annotation are likely filled with: (role, target id)."""
    found = likely_links(contents, codebook, source_id)
    return tuple((role, target) for role, targets in found.items() for target in targets)


def guess(
    contents: ArticleContents, codebook: Codebook, source_id: str, role_name: str
) -> str | None:
    """Return the id of the mark that a role most likely takes next, or None.

    Where the rules of `likely_links` are silent it is, for a speaker, that of the statement before
    or the nearest actor before it in the paragraph; else the nearest mark that fits. A role that
    is filled is not guessed.
    """
    source = contents.annotation(source_id)
    role = codebook.role(source.type, role_name) if source is not None else None
    if source is None or role is None:
        return None
    likely = likely_links(contents, codebook, source_id).get(role_name)
    if likely:
        return likely[0]
    if any(relation.role == role_name for relation in contents.outgoing(source_id)):
        return None
    near = contents.starting_within(max(0, source.start - _NEAR), source.end + _NEAR)
    fitting = [mark for mark in near if mark.type in role.targets and mark.id != source_id]
    before = _speaker_before(contents, source) if role_name == "speaker" else None
    if before is not None:
        return before
    if role_name == "speaker":  # who speaks is named before the words end, in their paragraph
        text = contents.article.text
        fitting = [
            mark
            for mark in fitting
            if mark.start < source.end and "\n" not in text[mark.start : source.start]
        ]
    if not fitting:
        return None
    return min(fitting, key=lambda mark: (_distance(source, mark), mark.start, mark.id)).id


def _speaker_before(contents: ArticleContents, source: Annotation) -> str | None:
    """Return who speaks in the last statement before, where that is told."""
    for mark in reversed(contents.starting_within(0, source.start)):
        if mark.type == source.type:
            spoken = [r.target for r in contents.outgoing(mark.id) if r.role == "speaker"]
            return spoken[0] if spoken else None
    return None


def _distance(source: Annotation, other: Annotation) -> int:
    """Return the code points between two marks; what comes before is nearer by a hair."""
    if other.start >= source.start:
        return max(0, other.start - source.end) * 2 + 1
    return max(0, source.start - other.end) * 2
