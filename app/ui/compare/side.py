"""The left side of comparing: which article, how many are settled, and the list of cases."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.agreement.disagreements import Kind
from app.model.codebook import Codebook
from app.model.wording import initials, on_one_line, several
from app.ui.compare.listing import CaseList, CaseRow
from app.ui.compare.words import KINDS, reading_words
from app.ui.controls import tab
from app.ui.icons import icon
from app.ui.theme import LIGHT, Theme
from app.workspace.adjudicating import Comparing

_TITLE = 30


class CaseSide(QWidget):
    """Shows the cases of a kind, or all, and says which one was chosen."""

    case_chosen = Signal(str)
    article_chosen = Signal(str)

    def __init__(
        self,
        articles: Callable[[], Sequence[tuple[str, str]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("class", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Disagreements")
        self._articles = articles
        self._theme: Theme = LIGHT
        self._rows: tuple[tuple[Kind, CaseRow], ...] = ()
        self.title = QToolButton()
        self.title.setProperty("class", "heading")
        self.title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.title.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.title.setMinimumHeight(28)
        self.title.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        menu = QMenu(self.title)
        menu.aboutToShow.connect(self._fill_menu)
        self.title.setMenu(menu)
        self.settled = QLabel()
        self.agreeing = QLabel()
        for label in (self.settled, self.agreeing):
            label.setProperty("class", "label")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName("Settled")
        self._tab_row = QHBoxLayout()
        self._tab_row.setSpacing(0)
        self._group = QButtonGroup(self)
        self.kinds = {name: tab(name) for name in ("All", *KINDS.values())}
        for one in self.kinds.values():
            self._group.addButton(one)
            self._tab_row.addWidget(one)
        self._tab_row.addStretch(1)
        self.kinds["All"].setChecked(True)
        self.list = CaseList()
        self._arrange()
        self._group.buttonClicked.connect(self._filter)
        self.list.case_chosen.connect(self.case_chosen)

    def _arrange(self) -> None:
        counts = QHBoxLayout()
        counts.addWidget(self.settled, 1)
        counts.addWidget(self.agreeing)
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 6)
        head.setSpacing(6)
        head.addWidget(self.title)
        head.addLayout(counts)
        head.addWidget(self.progress)
        tabs = QVBoxLayout()
        tabs.setContentsMargins(6, 0, 6, 4)
        tabs.addLayout(self._tab_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(tabs)
        column.addWidget(self.list, 1)

    def show_cases(self, comparing: Comparing | None, codebook: Codebook | None) -> None:
        """Show the cases of an article as they are settled now."""
        cases = comparing.differing if comparing else ()
        self._rows = ()
        if comparing is not None and codebook is not None:
            self._rows = tuple(
                (case.kind, _row(comparing, codebook, n)) for n, case in enumerate(cases, 1)
            )
        title = on_one_line(comparing.article.title, _TITLE) if comparing else "No article"
        self.title.setText(title.replace("&", "&&"))
        self.title.setAccessibleName(f"Article {title}. Choose another one")
        done = len(cases) - len(comparing.open) if comparing else 0
        self.settled.setText(f"{done} of {len(cases)} settled")
        alike = len(comparing.alike) if comparing else 0
        verb = "agrees" if alike == 1 else "agree"
        compared = comparing is not None and len(comparing.layers) > 1
        self.agreeing.setText(f"{several(alike, 'mark')} {verb}" if compared else "")
        self.progress.setMaximum(max(1, len(cases)))
        self.progress.setValue(done)
        for name, button in self.kinds.items():
            kind = next((kind for kind, label in KINDS.items() if label == name), None)
            count = sum(kind in (None, one) for one, _ in self._rows)
            button.setText(f"{name} {count}")
            button.setAccessibleName(f"{name}: {several(count, 'disagreement')}")
            button.setVisible(count > 0 or kind is None)
        self._filter()

    def keys_shown(self) -> list[str]:
        """Return the keys of the cases in the list, in order."""
        return [row.key for row in self.list.cases.rows]

    def show_all(self) -> None:
        """Show the cases of every kind."""
        self.kinds["All"].setChecked(True)
        self._filter()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.title.setIcon(icon("chevron-down", theme, size=14))
        self.list.set_theme(theme)

    def _filter(self) -> None:
        name = next(name for name, button in self.kinds.items() if button.isChecked())
        if self.kinds[name].isHidden():
            name = "All"
            self.kinds[name].setChecked(True)
        shown = [row for kind, row in self._rows if name in ("All", KINDS.get(kind))]
        self.list.cases.show_rows(shown)

    def _fill_menu(self) -> None:
        menu = self.title.menu()
        menu.clear()
        for article, title in self._articles():
            entry = menu.addAction(on_one_line(title, 60).replace("&", "&&"))
            entry.triggered.connect(
                lambda _=False, article=article: self.article_chosen.emit(article)
            )
        if menu.isEmpty():
            menu.addAction("No article has marks of two people").setEnabled(False)


def _row(comparing: Comparing, codebook: Codebook, number: int) -> CaseRow:
    case = comparing.differing[number - 1]
    span_type = codebook.type(case.type)
    text = comparing.article.text
    paragraph = (
        1
        + len([line for line in text[: case.start].split("\n") if line])
        - (0 if case.start == 0 or text[case.start - 1] == "\n" else 1)
    )
    said = [
        (layer, reading_words(reading)) for reading in case.readings for layer in reading.layers
    ]
    said.sort(key=lambda one: comparing.layers.index(one[0]))
    settled = comparing.decision(case) is not None
    kind = KINDS[case.kind]
    readings = "; ".join(f"{layer}: {words}" for layer, words in said)
    state = "settled" if settled else "open"
    label = span_type.label if span_type else case.type
    return CaseRow(
        key=case.key,
        number=number,
        kind=kind,
        letter=span_type.letter if span_type else "?",
        ink=span_type.ink if span_type else "",
        paragraph=paragraph,
        readings=tuple((initials(layer), words) for layer, words in said),
        settled=settled,
        spoken=f"{number}: {label}, {kind}, paragraph {paragraph}, {state}. {readings}",
    )
