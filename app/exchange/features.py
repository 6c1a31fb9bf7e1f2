"""What a format has room for, in a fixed list, and what stays behind where it has not."""

from enum import StrEnum


class Feature(StrEnum):
    """Something of a dataset that a format either carries or leaves out.

    The value is what people are told when it is left out.
    """

    TEXT = "the text of articles"
    ABOUT = "title, source, date and other facts about an article"
    OVERLAP = "overlapping annotations"
    GAPS = "annotations with gaps"
    FIELDS = "fields"
    EVIDENCE = "words that bear out a field"
    RELATIONS = "relations"
    LINK_FIELDS = "fields of relations"
    RECORDS = "links to the registry"
    REGISTRY = "the registry with aliases and fields"
    NOTES = "comments and certainty"
    LAYERS = "who made an annotation"
    STATUS = "status and time spent"
    HISTORY = "when and how an annotation was made"
    CODEBOOK = "the codebook"


EVERYTHING = frozenset(Feature)
MARKS = EVERYTHING - {Feature.REGISTRY, Feature.STATUS, Feature.HISTORY, Feature.CODEBOOK}
"""All that is said about annotations in a text."""


def left_out(carries: frozenset[Feature]) -> tuple[str, ...]:
    """Return what a format cannot carry, in the order of the list."""
    return tuple(str(one) for one in Feature if one not in carries)
