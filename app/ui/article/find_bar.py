"""Finding words in the open article: a line over the text. The text stays where it is."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from app.model.find import Finder, Range
from app.ui.announce import announce
from app.ui.icons import icon
from app.ui.popup import PopupShadow
from app.ui.theme import LIGHT, Theme

if TYPE_CHECKING:
    from app.ui.article.view import ArticleView

_WIDTH, _HEIGHT, _EDGE = 396, 44, 12
_SOON_MS = 50
"""After the line was painted, and before a person can have typed a letter."""

_A_LINE = 200
"""Code points of a selection that may be what is looked for."""


class FindBar(QWidget):
    """Shows every hit and goes from one to the next. Esc gives the hit to the text, selected."""

    def __init__(self, view: "ArticleView") -> None:
        super().__init__(view)
        self._view = view
        self._theme: Theme = LIGHT
        self._finder: Finder | None = None
        self._text = ""
        self._found: Sequence[Range] = ()
        self._place = -1
        self.setAccessibleName("Find in the article")
        self._line = QLineEdit()
        self._line.setPlaceholderText("Find in the article")
        self._line.setAccessibleName("Find in the article")
        self._line.setFixedHeight(28)
        self._count = QLabel()
        self._count.setProperty("class", "meta")
        self._case = _switch("Aa", "Capitals and accents as typed (Alt+C)")
        self._whole = _switch("W", "Whole words only (Alt+W)")
        self._back = _button("Previous hit (Shift+Enter)")
        self._on = _button("Next hit (Enter)")
        self._shut = _button("Close (Esc)")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(4)
        for widget in (self._case, self._whole, self._back, self._on, self._shut):
            widget.setFixedSize(26, 28)
        row.addWidget(self._line, 1)
        row.addWidget(self._count)
        for widget in (self._case, self._whole, self._back, self._on, self._shut):
            row.addWidget(widget)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._prepare)
        self._shadow = PopupShadow(self, radius=10)
        self._line.textChanged.connect(self._look)
        self._case.toggled.connect(self._look)
        self._whole.toggled.connect(self._look)
        self._back.clicked.connect(lambda: self.step(-1))
        self._on.clicked.connect(lambda: self.step(+1))
        self._shut.clicked.connect(self.leave)
        for watched in (
            self._line,
            self._case,
            self._whole,
            self._back,
            self._on,
            self._shut,
            view,
        ):
            watched.installEventFilter(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self._shadow.set_theme(theme)
        for button, name in ((self._back, "arrow-up"), (self._on, "arrow-down"), (self._shut, "x")):
            button.setIcon(icon(name, theme, size=14))
        self.update()

    def open(self) -> None:
        """Come over the text, with the words that are selected there."""
        chosen = self._view.selected_range()
        if chosen is not None and chosen[1] - chosen[0] < _A_LINE:
            self._line.setText(" ".join(self._view.text.text[slice(*chosen)].split()))
        self._arrange()
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._line.selectAll()
        self._look()
        self._soon.start()

    def _prepare(self) -> None:
        if self._finder is not None:
            self._finder.prepare()

    def leave(self) -> None:
        """Go; the hit becomes the selection of the text, which gets the keyboard."""
        view, here = self._view, view_hit(self._found, self._place)
        self.hide()
        self._show((), None)
        if here is not None:
            view.set_range(here[0], here[1])
            view.set_sentence(view.text.sentence_at(here[0]))
        view.setFocus(Qt.FocusReason.PopupFocusReason)

    def step(self, step: int) -> None:
        """Go to the next or previous hit; behind the last one the first follows."""
        if not self._found:
            return
        beyond = not 0 <= self._place + step < len(self._found)
        self._place = (self._place + step) % len(self._found)
        self._go()
        if beyond and len(self._found) > 1:
            end = "end" if step > 0 else "beginning"
            self._view.message.emit(f"Past the {end} of the article: from the other side again")

    def refresh(self) -> None:
        """Look again: another article is shown."""
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        view = self._view
        if self._finder is None or view.text.text is not self._text:
            self._text = view.text.text
            self._finder = Finder(self._text)
        case, whole = self._case.isChecked(), self._whole.isChecked()
        self._found = self._finder.all(self._line.text(), case=case, whole=whole)
        chosen = view.selected_range()
        place = bisect_left(self._found, (chosen[0] if chosen else view.place(), 0))
        self._place = place % len(self._found) if self._found else -1
        self._go()

    def _go(self) -> None:
        here = view_hit(self._found, self._place)
        if here is not None:
            self._count.setText(f"{self._place + 1:,} of {len(self._found):,}")
        else:
            self._count.setText("Not found" if self._line.text().strip() else "")
        if self._count.text() != self._count.accessibleName():
            self._count.setAccessibleName(self._count.text())
            announce(self, self._count.text(), urgent=False)
        self._show(self._found, here)
        if here is not None:
            self._view.reveal(*here)

    def _show(self, found: Sequence[Range], here: Range | None) -> None:
        self._view.show_found(found, here)

    def _arrange(self) -> None:
        port = self._view.viewport().geometry()
        width = min(_WIDTH, port.width() - 2 * _EDGE)
        self.setGeometry(port.right() - width - _EDGE, port.top() + _EDGE, width, _HEIGHT)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view and event.type() == QEvent.Type.Resize:
            self._arrange()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return watched is not self._view and self._press(watched, event)
        return super().eventFilter(watched, event)

    def _press(self, watched: QObject, event: QKeyEvent) -> bool:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if watched is self._line:
                self.step(-1 if back else +1)
            case Qt.Key.Key_C if alt:
                self._case.toggle()
            case Qt.Key.Key_W if alt:
                self._whole.toggle()
            case _:
                return False
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("line-2"), 1))
            painter.setBrush(self._theme.color("raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)


def view_hit(found: Sequence[Range], place: int) -> Range | None:
    """Return the hit at a place, if there is one."""
    return found[place] if 0 <= place < len(found) else None


def _button(name: str) -> QPushButton:
    made = QPushButton()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setProperty("class", "tool")
    return made


def _switch(words: str, name: str) -> QPushButton:
    made = _button(name)
    made.setText(words)
    made.setCheckable(True)
    return made
