"""Filling a slot from the text: letters on the marks that may go in, and a prompt. Pure.

The nearest mark has the key that is easiest to reach.
"""

from collections.abc import Iterable

from app.model.annotation import Annotation
from app.model.codebook import Codebook, Role
from app.ui.article.bar import Item

LETTERS = "ASDFGHJKLQWERTYUIOPZXCVBNM"
"""Home row first."""


def candidates(role: Role, source: Annotation, visible: Iterable[Annotation]) -> dict[str, str]:
    """Return the ids of the marks that may fill a role, by their letter; nearest marks first."""
    allowed = [a for a in visible if a.type in role.targets and a.id != source.id]
    allowed.sort(key=lambda a: (_distance(source, a), a.start, a.end, a.id))
    return {letter: annotation.id for letter, annotation in zip(LETTERS, allowed, strict=False)}


def _distance(source: Annotation, other: Annotation) -> int:
    if other.start >= source.start:
        return other.start - source.start
    return max(0, source.start - other.end)


def prompt(role: Role, name: str, codebook: Codebook) -> tuple[Item, ...]:
    """Return what the prompt of a slot says; `name` is the short name of the mark it belongs to."""
    labels = [t.label.lower() for t in codebook.types if t.name in role.targets]
    what = " or ".join(labels) or "mark"
    article = "an" if what[:1] in "aeiou" else "a"
    return (
        Item(label=f"{role.label} of {name}", weight=600),
        Item(label=f"press a letter, click {article} {what}, or type a name", colour="text-2"),
        Item(id="type", key="/", label="type name", colour="text-2", separated=True),
        Item(id="none", key="0", label="leave empty", colour="text-2"),
        Item(id="cancel", key="Esc", label="cancel", colour="text-2"),
    )
