"""The right side of comparing: the question, a card for each reading, and what one may do."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.agreement.disagreements import Case, differing
from app.agreement.figures import PairFigures
from app.model.codebook import Codebook
from app.ui.article.paint import Looks
from app.ui.badge import paint_badge
from app.ui.compare.agreed import AgreementFigures
from app.ui.compare.cards import Card
from app.ui.compare.words import NameLinks, NameRecord, details, explained, question
from app.ui.controls import narrow_combo
from app.ui.key_button import KeyButton
from app.ui.keymap import Keymap
from app.ui.scroll_pane import scroll_pane
from app.ui.theme import LIGHT, Theme

_MARGIN = 16
_BUTTONS = (
    ("compare-both", "Both"),
    ("compare-neither", "Neither"),
    ("compare-edit", "Edit"),
    ("compare-later", "Later"),
)


class Question(QWidget):
    """Shows one case; what is wished is told as an action of the table of commands."""

    action_requested = Signal(str)
    reading_chosen = Signal(int)
    reason_given = Signal(str)
    left = Signal()
    """The line for the reason was left by Esc."""
    pair_chosen = Signal(int)
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("class", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("Question")
        self._theme: Theme = LIGHT
        self._codebook: Codebook | None = None
        self._case: Case | None = None
        self.badge = _Badge()
        self.title = _label("title", wraps=True)
        self.told = _label("label", wraps=True)
        self.cards: list[Card] = []
        self._card_keys: tuple[str, ...] = ()
        """Of the first and the second card; others are chosen by the arrows."""
        self.offer = QPushButton("Import a colleague's file…")
        self._card_column = QVBoxLayout()
        self._card_column.setSpacing(8)
        self.buttons = {name: KeyButton(words) for name, words in _BUTTONS}
        self._button_grid = QGridLayout()
        self.alike = _label("label", wraps=True)
        self.settle = KeyButton("Settle all")
        self.everywhere = KeyButton("In other articles")
        self._rule = _Rule()
        self.reason = _Reason()
        self.pairs = narrow_combo("Whose agreement")
        self.figures = AgreementFigures()
        self._heading = _label("heading")
        self._heading.setText("Agreement in this article")
        self._before = _label("meta")
        self._before.setText("before merging")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        page = QWidget()
        page.setProperty("class", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._card_column)
        self._button_grid.setSpacing(6)
        self._place_buttons(len(self.buttons))
        column.addLayout(self._button_grid)
        rule = QGridLayout(self._rule)
        rule.setContentsMargins(12, 9, 10, 9)
        rule.setHorizontalSpacing(6)
        rule.addWidget(self.alike, 0, 0, 1, 3)
        rule.addWidget(self.settle, 1, 0)
        rule.addWidget(self.everywhere, 1, 1)
        rule.setColumnStretch(2, 1)
        column.addWidget(self._rule)
        column.addWidget(self.reason)
        divider = QFrame()
        divider.setProperty("class", "rule")
        divider.setFixedHeight(1)
        column.addWidget(divider)
        about = QHBoxLayout()
        about.addWidget(self._heading, 1)
        about.addWidget(self._before)
        column.addLayout(about)
        column.addWidget(self.pairs)
        column.addWidget(self.figures)
        column.addStretch(1)
        area = scroll_pane(self)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _connect(self) -> None:
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.action_requested.emit(name))
        self.settle.clicked.connect(lambda: self.action_requested.emit("compare-alike"))
        self.everywhere.clicked.connect(lambda: self.action_requested.emit("compare-everywhere"))
        self.reason.returnPressed.connect(lambda: self.reason_given.emit(self.reason.text()))
        self.reason.left.connect(self.left)
        self.offer.clicked.connect(self.import_requested)
        self.pairs.activated.connect(self.pair_chosen)

    def _place_buttons(self, columns: int) -> None:
        grid = self._button_grid
        for n, button in enumerate(self.buttons.values()):
            grid.removeWidget(button)
            grid.addWidget(button, n // columns, n % columns, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(len(self.buttons), 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = sum(button.sizeHint().width() + 6 for button in self.buttons.values())
        one_row = room - 6 + 2 * _MARGIN <= event.size().width()
        self._place_buttons(len(self.buttons) if one_row else 2)

    # -- what is shown ----------------------------------------------------------------------------

    def show_case(
        self,
        case: Case,
        codebook: Codebook,
        text: str,
        *,
        chosen: int,
        alike: int,
        others: bool,
        reason: str,
        name_record: NameRecord,
        name_links: NameLinks,
    ) -> None:
        """Show a case; `alike` counts the open ones like it, itself left out.

        `others` tells that there are other articles to settle.
        """
        self._case, self._codebook = case, codebook
        looks = Looks(self._theme, codebook)
        span_type = codebook.type(case.type)
        if span_type is not None:
            self.badge.show_type(span_type.letter, span_type.ink)
        self.title.setText(question(case, codebook))
        self.told.setText(explained(case, codebook))
        self._make_cards(len(case.readings))
        words = text[case.start : case.end]
        for n, (card, reading) in enumerate(zip(self.cards, case.readings, strict=True)):
            mark = reading.annotation
            marked = (
                [(f.start - case.start, f.end - case.start) for f in mark.fragments] if mark else []
            )
            bold = (
                [(a - case.start, b - case.start) for a, b in differing(mark, case)] if mark else []
            )
            card.show_reading(
                reading.layers,
                words,
                marked=marked,
                bold=bold if case.kind == "boundary" else [],
                details=details(
                    reading, case, codebook, name_record=name_record, name_links=name_links
                ),
                look=looks[mark.type if mark else case.type],
            )
            card.setChecked(n == chosen)
        marking = sum(reading.annotation is not None for reading in case.readings)
        both = self.buttons["compare-both"]
        both.setText("Both" if marking <= 2 else "All")  # noqa: PLR2004 - both are two
        both.setEnabled(marking > 1)
        self._rule.setVisible(alike > 0 or others)
        self.settle.setVisible(alike > 0)
        self.everywhere.setVisible(others)
        self.say_alike(f"Same pattern: {alike or 'none'} more here")
        if not self.reason.hasFocus():
            self.reason.setText(reason)
        self._show_parts(case=True)

    def say_alike(self, words: str) -> None:
        """Say where there is more of the same."""
        self.alike.setText(words)

    def show_message(self, title: str, told: str, *, offer: bool = False) -> None:
        """Say something instead of a question; `offer` to import what is missing."""
        self._case = None
        self.title.setText(title)
        self.told.setText(told)
        self._make_cards(0)
        self._show_parts(case=False)
        self.offer.setVisible(offer)

    def show_figures(
        self, pairs: Sequence[PairFigures], shown: int, codebook: Codebook | None
    ) -> None:
        """Show how far two annotators agree; with more of them the pair can be chosen."""
        names = [f"{pair.a} and {pair.b}" for pair in pairs]
        if names != [self.pairs.itemText(n) for n in range(self.pairs.count())]:
            self.pairs.clear()
            self.pairs.addItems(names)
        self.pairs.setCurrentIndex(shown)
        self.pairs.setVisible(len(names) > 1)
        self.figures.show_pair(pairs[shown] if pairs else None, codebook)
        self._heading.setVisible(bool(pairs))
        self._before.setVisible(bool(pairs))

    def _show_parts(self, *, case: bool) -> None:
        for part in (self.badge, self.reason, *self.buttons.values()):
            part.setVisible(case)
        self.offer.hide()
        if not case:
            self._rule.hide()

    def _make_cards(self, count: int) -> None:
        while len(self.cards) > count:
            card = self.cards.pop()
            self._card_column.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self.cards) < count:
            place = len(self.cards)
            card = Card()
            card.set_key(self._card_keys[place] if place < len(self._card_keys) else "")
            card.set_theme(self._theme)
            card.clicked.connect(lambda _=False, place=place: self.reading_chosen.emit(place))
            self.cards.append(card)
            self._card_column.addWidget(card)

    def first(self) -> QWidget:
        """Return what takes the keyboard when this pane does."""
        shown = [card for card in self.cards if card.isChecked()]
        return shown[0] if shown else self.pairs if self.pairs.isVisible() else self

    def print_keys(self, keymap: Keymap) -> None:
        """Print the keys where their actions are."""
        for name, button in (
            *self.buttons.items(),
            ("compare-alike", self.settle),
            ("compare-everywhere", self.everywhere),
        ):
            keys = keymap.keys(name)
            button.set_key(keys[0] if keys else "")
        firsts = [keymap.keys(name) for name in ("compare-first", "compare-second")]
        self._card_keys = tuple(keys[0] if keys else "" for keys in firsts)
        for card, key in zip(self.cards, self._card_keys, strict=False):
            card.set_key(key)
        keys = keymap.keys("compare-reason")
        self.reason.set_key(keys[0] if keys else "")

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        for button in (self.settle, self.everywhere, *self.buttons.values()):
            button.set_theme(theme)
        self.badge.set_theme(theme)
        self._rule.set_theme(theme)
        self.figures.set_theme(theme)
        looks = Looks(theme, self._codebook)
        readings = self._case.readings if self._case else ()
        for card, reading in zip(self.cards, readings, strict=False):
            mark = reading.annotation
            card.set_theme(theme, looks[mark.type] if mark else None)


def _label(look: str, *, wraps: bool = False) -> QLabel:
    made = QLabel()
    made.setProperty("class", look)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    return made


class _Reason(QLineEdit):
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Reason for the decision")
        self.setMinimumHeight(28)
        self.set_key("")

    def set_key(self, key: str) -> None:
        self.setPlaceholderText(f"Why? (kept with the decision){f'   {key}' if key else ''}")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
            event.accept()  # what is typed here is no key of the pane


class _Badge(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme = LIGHT
        self._letter, self._ink = "", "actor"
        self.setFixedSize(18, 20)

    def show_type(self, letter: str, ink: str) -> None:
        self._letter, self._ink = letter, ink
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_badge(painter, QRectF(1, 2, 16, 16), self._letter, self._ink, self._theme)


class _Rule(QWidget):
    """The box around the rule for all alike."""

    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("sunken"))
            painter.drawRoundedRect(self.rect(), 8, 8)
