"""A segmented control: a few options side by side, one of them chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.form.context import FormContext, form_font
from app.ui.form.paint import paint_box, paint_ring
from app.ui.tips import tip


class Segment(QAbstractButton):
    """One option. Assistive technology sees a checkable button; the keyboard goes to the track."""

    def __init__(self, label: str, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setText(label.replace("&", "&&"))
        self.setAccessibleName(label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._width = QFontMetrics(form_font(12.5, 500)).horizontalAdvance(label) + 18

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._width, 28)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._width - 10, 40), 28)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, chosen = self._context.theme, self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if chosen:
                box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
                ground = theme.color("raised" if self.isEnabled() else "app")
                paint_box(painter, box, ground, line=theme.color("line-2"), radius=5)
            strong = chosen or (self.underMouse() and self.isEnabled())
            painter.setFont(form_font(12.5, 500 if chosen else 400))
            role = "text-2" if self.isEnabled() else "text-3"
            painter.setPen(theme.color("text" if strong else role))
            label = QFontMetrics(painter.font()).elidedText(
                self.accessibleName(), Qt.TextElideMode.ElideRight, self.width() - 6
            )
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, label)


class Segments(QWidget):
    """The track. Arrow keys move the choice, Delete takes it away where `clearable`."""

    chosen = Signal(int)
    """The place of the option chosen; -1 for none."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._buttons: list[Segment] = []
        self._labels: tuple[str, ...] = ()
        self.clearable = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    @property
    def current(self) -> int:
        """The place of the chosen option; -1 for none."""
        return next((n for n, button in enumerate(self._buttons) if button.isChecked()), -1)

    def set_options(self, labels: Sequence[str], tips: Sequence[str] = ()) -> None:
        """Offer other options; nothing is chosen then."""
        if tuple(labels) == self._labels:
            return
        self._labels = tuple(labels)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [Segment(label, self._context, self) for label in labels]
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, place=place: self._clicked(place))
            button.setToolTip(tip(tips[place]) if place < len(tips) else "")
            self._row.addWidget(button, 1)

    def choose(self, place: int) -> None:
        """Show another option as chosen, without a signal."""
        for n, button in enumerate(self._buttons):
            button.setChecked(n == place)
        self.setAccessibleDescription(self._labels[place] if place >= 0 else "nothing chosen")

    def button(self, place: int) -> Segment:
        """Return the button of an option."""
        return self._buttons[place]

    def _clicked(self, place: int) -> None:
        # The button has toggled itself: unchecked means that the chosen one was clicked again.
        taken_away = self.clearable and not self._buttons[place].isChecked()
        self._choose(-1 if taken_away else place)

    def _choose(self, place: int) -> None:
        self.choose(place)
        self.chosen.emit(place)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._buttons) - 1
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self._choose(min(self.current + 1, last))
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._choose(max(self.current - 1, 0))
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if self.clearable:
                self._choose(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.focusNextPrevChild(True)
            case _ if place := self._starting_with(event.text()):
                self._choose(place - 1)
            case _:
                super().keyPressEvent(event)

    def _starting_with(self, letter: str) -> int:
        """Return the place (from 1) of the next option that starts with a letter, or 0."""
        if not letter.strip():
            return 0
        order = [(self.current + 1 + n) % len(self._labels) for n in range(len(self._labels))]
        found = (n for n in order if self._labels[n].casefold().startswith(letter.casefold()))
        return next(found, -1) + 1

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(self.rect())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(rect, 7, 7)
            if self.hasFocus():
                paint_ring(painter, rect, theme.color("focus"), 7)
