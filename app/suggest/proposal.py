"""How a suggester makes a suggestion, and what of it a codebook takes."""

from collections.abc import Iterable, Mapping

from app.model.annotation import Evidence, Value, fragments_of
from app.model.codebook import Codebook, refusal
from app.model.suggestion import SuggestedLink, Suggestion, suggestion_id
from app.suggest.context import Context


def is_wanted(codebook: Codebook, type_name: str) -> bool:
    """Tell whether marks of a type are made with this codebook."""
    span_type = codebook.type(type_name)
    return span_type is not None and not span_type.archived


def proposal(
    context: Context,
    type_name: str,
    ranges: Iterable[tuple[int, int]],
    *,
    suggester: str,
    score: float,
    reason: str,
    said: Mapping[str, Value],
    evidence: Iterable[Evidence] = (),
    links: tuple[SuggestedLink, ...] = (),
) -> Suggestion:
    """Return a suggestion with what the codebook has fields for. Ranges are code points."""
    span_type = context.codebook.type(type_name)
    fragments = fragments_of(context.text, ranges)
    return Suggestion(
        id=suggestion_id(context.article, type_name, fragments, suggester),
        article=context.article,
        type=type_name,
        fragments=fragments,
        attributes=fitting(context.codebook, type_name, said),
        evidence=tuple(
            one for one in evidence if span_type and span_type.evidence_field(one.attribute)
        ),
        links=links,
        score=score,
        suggester=suggester,
        reason=reason,
    )


def fitting(codebook: Codebook, type_name: str, said: Mapping[str, Value]) -> dict[str, Value]:
    """Return those values that a codebook has fields for, and takes."""
    span_type = codebook.type(type_name)
    found: dict[str, Value] = {}
    for name, value in said.items():
        field = span_type.attribute(name) if span_type is not None else None
        if field is not None and not field.archived and refusal(field, value) is None:
            found[name] = value
    return found
