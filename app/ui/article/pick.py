"""Choosing by letters: marks that may fill a slot, words where a mark may end. Pure.

The nearest mark, or the likeliest word, has the key that is easiest to reach.
"""

from collections.abc import Iterable

from app.model.annotation import Annotation
from app.model.codebook import Codebook, Role
from app.model.text import STOPS, words
from app.model.wording import role_of
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


def ends(text: str, sentence: tuple[int, int], start: int) -> tuple[tuple[int, int], ...]:
    """Return the words of a sentence at which a mark from `start` may end.

    In reading order; of more than there are letters those before a sign, then the nearest.
    """
    found = [word for word in words(text, start, sentence[1]) if word[1] > start]
    if len(found) > len(LETTERS):
        before_sign = [w for w in found if w[1] == sentence[1] or not text[w[1]].isspace()]
        others = [word for word in found if word not in before_sign]
        found = sorted([*before_sign[: len(LETTERS)], *others][: len(LETTERS)])
    return tuple(found)


def whole_sentence(text: str, sentence: tuple[int, int]) -> tuple[int, int]:
    """Return a sentence without the full stop at its end, as a statement is marked."""
    start, end = sentence
    while end > start + 1 and text[end - 1] in STOPS:
        end -= 1
    return start, end


def prompt(
    role: Role, name: str, codebook: Codebook, *, keys: bool, guess: str = ""
) -> tuple[Item, ...]:
    """Return what the prompt of a slot says; `name` is the short name of the mark it belongs to.

    `keys` tells that the article has the focus: elsewhere a letter is a letter. `guess` is what
    Enter would fill in.
    """
    labels = [t.label.lower() for t in codebook.types if t.name in role.targets]
    what = " or ".join([", ".join(labels[:-1]), labels[-1]] if labels[1:] else labels) or "mark"
    click = f"click {'an' if what[:1] in 'aeiou' else 'a'} {what}"
    title = Item(label=role_of(role.label, name), weight=600)
    if not keys:
        return title, Item(label=f"{click}, or type in the form", colour="text-2")
    taken = (Item(id="guess", key="⏎", label=guess, colour="text-2", separated=True),)
    return (
        title,
        Item(label=f"press a letter or {click}", colour="text-2"),
        *(taken if guess else ()),
        Item(id="type", key="/", label="type name", colour="text-2", separated=True),
        Item(id="none", key="0", label="leave empty", colour="text-2"),
        Item(id="cancel", key="Esc", label="cancel", colour="text-2"),
    )
