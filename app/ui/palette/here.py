"""The marks of the open article as the palette looks through them: folded once, then only read."""

from typing import NamedTuple

from app.model.annotation import Annotation
from app.model.contents import ArticleContents
from app.model.wording import on_one_line
from app.ui.palette.entries import folded, nearest

_LONGEST = 70


class _Called(NamedTuple):
    """A mark and what it is called: alone, and with its words."""

    mark: Annotation
    label: str
    title: str


class MarksHere:
    """Finds marks of one article by what they are called. Made anew each time the palette opens."""

    def __init__(self, contents: ArticleContents) -> None:
        self.contents = contents
        self._called: list[_Called] = []
        targets: dict[tuple[str, str], _Called] = {}
        for mark in contents.annotations:
            label, quote = contents.label(mark), mark.quote
            name = short(label)
            title = name if label == quote else short(f"{name} · {quote}")
            one = _Called(mark, name, title)
            self._called.append(one)
            targets.setdefault((mark.type, label), one)
        self._titles = [folded(one.title) for one in self._called]
        self._targets = list(targets.values())
        self._labels = [folded(one.label) for one in self._targets]

    def find(self, words: str, limit: int) -> list[tuple[Annotation, str]]:
        """Return marks with these words, and their titles, the best first."""
        found = (self._called[n] for n in nearest(self._titles, words, limit))
        return [(one.mark, one.title) for one in found]

    def targets(self, words: str, near: Annotation) -> list[tuple[Annotation, str]]:
        """Return what may be linked, each called so once; without words what is near comes first.

        All that fits is returned: what a role takes is for the caller to choose.
        """
        places = nearest(self._labels, words, len(self._labels))
        found = [(self._targets[n].mark, self._targets[n].label) for n in places]
        if not words:
            found.sort(key=lambda item: abs(item[0].start - near.start))
        return found


def short(words: str) -> str:
    """Return words as one line that fits a row."""
    return on_one_line(words[: 4 * _LONGEST], _LONGEST)
