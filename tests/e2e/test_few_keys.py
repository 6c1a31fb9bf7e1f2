"""The first six sentences of the sample, coded by keys alone; every press is counted.

A held modifier is a press of its own, as in the keystroke-level model of Card, Moran and Newell.
What is on the screen (letters, guesses) decides which key is pressed next, as for a person.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from app.model.annotation import Annotation
from app.model.contents import ArticleContents
from app.workspace.sample import make_sample, press_codebook
from tests.e2e.conftest import Start
from tests.e2e.program import Program
from tests.e2e.projects import make_project

pytestmark = pytest.mark.e2e

MOST = 125
MOST_WITH_MOUSE = 164
BEYOND = "The protestors shouted"
"""How the seventh sentence begins."""
DIGITS = {t.name: t.key for t in press_codebook().types}
ROLES = {(role.source, role.name): role.key for role in press_codebook().roles}

Mark = tuple[str, tuple[tuple[int, int], ...]]
Link = tuple[Mark, str, Mark]


def mark_of(annotation: Annotation) -> Mark:
    return annotation.type, tuple((f.start, f.end) for f in annotation.fragments)


@dataclass
class Expert:
    """What the expert marked in the first sentences."""

    text: str
    marks: list[Mark]
    links: set[Link]

    @classmethod
    def read(cls, contents: ArticleContents) -> "Expert":
        """Return the part of an article that is coded here."""
        end = contents.article.text.index(BEYOND)
        marks = {m.id: mark_of(m) for m in contents.annotations if m.start < end}
        links = {
            (marks[r.source], r.role, marks[r.target])
            for r in contents.relations
            if r.source in marks and r.target in marks
        }
        return cls(contents.article.text, list(marks.values()), links)

    def within(self, sentence: tuple[int, int], *types: str) -> list[Mark]:
        """Return the marks of some types that begin in a sentence, type by type."""
        here = [m for m in self.marks if sentence[0] <= m[1][0][0] < sentence[1]]
        return [m for name in types for m in sorted(here, key=lambda m: m[1]) if m[0] == name]


@pytest.fixture(scope="module")
def expert(tmp_path_factory: pytest.TempPathFactory) -> Expert:
    place = tmp_path_factory.mktemp("expert") / "sample.pressmark"
    with make_sample(place, annotator="Marta") as workspace:
        return Expert.read(workspace.contents(workspace.article_ids()[0]))


class Hand:
    """Presses keys and counts them."""

    def __init__(self, program: Program, expert: Expert) -> None:
        self._program = program
        self._expert = expert
        self.presses = 0

    def press(self, *keys: str) -> None:
        """Press keys; `shift+A` is two presses."""
        for key in keys:
            self.presses += key.count("+") + 1
            self._program.keys(key)

    @property
    def _screen(self) -> dict[str, Any]:
        return self._program.state

    def sentence(self) -> tuple[int, int]:
        """Return where the reading bar stands."""
        first, last = self._screen["sentence"]
        return first, last

    def _ids(self) -> dict[Mark, str]:
        return {
            (kind, tuple((a, b) for a, b in spans)): name
            for name, kind, spans in self._screen["annotations"]
        }

    def links(self) -> set[Link]:
        """Return the links on the screen."""
        marks = {name: mark for mark, name in self._ids().items()}
        return {(marks[a], role, marks[b]) for a, role, b in self._screen["relations"]}

    def marks(self) -> set[Mark]:
        """Return the marks on the screen."""
        return set(self._ids())

    def tag(self, mark: Mark, *, digit: bool = True) -> None:
        """Tag words by their letters."""
        kind, spans = mark
        if digit:
            self.press(DIGITS[kind])
        sentence = tuple(self._screen["sentence"])
        if digit and kind == "statement" and len(spans) == 1 and self._is_whole(spans[0], sentence):
            self.press(DIGITS[kind])
        else:
            self._by_letter(spans[0])
        for span in spans[1:]:
            self.press("shift+Return")
            self._by_letter(span)
        assert mark in self.marks(), (mark, self._screen["annotations"])

    def _is_whole(self, span: tuple[int, int], sentence: tuple[int, ...]) -> bool:
        words = self._expert.text[slice(*sentence)].rstrip(".")
        return span == (sentence[0], sentence[0] + len(words))

    def _by_letter(self, span: tuple[int, int]) -> None:
        hints = {tuple(carried): letter for letter, carried in self._screen["hints"].items()}
        if span in hints:
            self.press(hints[span])
            return
        for _ in range(3):  # other words, if it carries none yet
            starts = {carried[0]: letter for carried, letter in hints.items()}
            if span[0] in starts:
                break
            self.press("Space")
            hints = {tuple(carried): letter for letter, carried in self._screen["hints"].items()}
        self.press(starts[span[0]])
        ends = {carried[1]: letter for letter, carried in self._screen["hints"].items()}
        self.press(f"shift+{ends[span[1]]}")

    def link(self, mark: Mark) -> None:
        """Fill the slots of the mark that is selected: what is guessed rightly, then the rest."""
        ids = self._ids()
        wanted = [one for one in self._expert.links if one[0] == mark and one[2] in ids]
        guesses = {(role, target) for role, target in self._screen["guesses"]}
        right = {(role, ids[target]) for _, role, target in wanted}
        if guesses and guesses <= right:
            self.press("A")
        have = self.links()
        for _, role, target in sorted(wanted):
            if (mark, role, target) in have:
                continue
            self.press(ROLES[mark[0], role])
            if self._screen["guess"] == ids[target]:
                self.press("Return")
            else:
                self.press(self._screen["letters"][ids[target]])


def code(hand: Hand, expert: Expert, sentences: int) -> None:
    """Code the sentences: all actors first, then what is said and done, with its links."""
    hand.press("alt+1")
    for number in range(sentences):
        for mark in expert.within(hand.sentence(), "actor"):
            hand.tag(mark, digit=False)
        if number + 1 < sentences:
            hand.press("Down")
    hand.press("Home")
    for number in range(sentences):
        for mark in expert.within(hand.sentence(), "event", "number", "statement"):
            hand.tag(mark)
            hand.link(mark)
        if number + 1 < sentences:
            hand.press("Down")


class TwoHands(Hand):
    """Keys and mouse. Points, buttons down and up, and every change of device count too."""

    _at_mouse = False

    @override
    def press(self, *keys: str) -> None:
        """Press keys, back from the mouse if need be."""
        self.presses += self._at_mouse
        self._at_mouse = False
        super().press(*keys)

    @override
    def tag(self, mark: Mark, *, digit: bool = True) -> None:
        """Drag over a statement, double-click a figure; what is short, tag by its letter."""
        kind, ((start, end), *more) = mark
        if kind not in {"statement", "number"} or more:
            super().tag(mark, digit=digit)
            return
        self.presses += not self._at_mouse
        self._at_mouse = True
        if kind == "statement":
            self.presses += 2 + 2  # point, down, point, up
            self._program.do(mouse="drag", at=[start, end])
        else:
            self.presses += 1 + 4  # point, and two clicks
            self._program.do(mouse="double", at=[start])
        self.press(DIGITS[kind])
        assert mark in self.marks(), (mark, self._screen["annotations"])


@pytest.mark.parametrize(("hands", "most"), [(Hand, MOST), (TwoHands, MOST_WITH_MOUSE)])
def test_six_sentences(
    start: Start, expert: Expert, tmp_path: Path, hands: type[Hand], most: int
) -> None:
    """Every mark and every link of the expert's, with no more presses than the design counts."""
    project = make_project(tmp_path, expert.text)
    hand = hands(start(project), expert)
    code(hand, expert, 6)
    found = f"{len(expert.marks)} marks, {len(expert.links)} links: {hand.presses} presses"
    sys.stderr.write(f"{hands.__name__}: {found}, {most} allowed\n")
    assert hand.marks() == set(expert.marks)
    assert hand.links() == expert.links
    assert hand.presses <= most
