"""The first page: what to do when no project is open."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.resources import resource
from app.ui.badge import paint_badge
from app.ui.icons import pixmap
from app.ui.keycap import keycap_width, paint_keycap
from app.ui.theme import LIGHT, Theme, font

_WIDTH = 820


class _Key(NamedTuple):
    key: str
    label: str
    letter: str
    ink: str
    what: str
    example: str


_TYPES = (
    _Key("1", "Actor", "A", "actor", "people, groups, states", "Aleksei Navalny"),
    _Key("2", "Event", "E", "event", "what happened", "were arrested"),
    _Key("3", "Number", "N", "number", "counts with range and unit", "2500 people"),
    _Key("4", "Statement", "S", "statement", "who says what about whom", "strongly condemn"),
)


class FirstRun(QWidget):
    """Three ways in, the four keys, the projects opened lately. Files can be dropped anywhere."""

    import_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    project_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._cards = (
            _Card(
                "Import articles",
                "Ctrl I",
                "download",
                "Text, Word, PDF, web pages, tables, archives. "
                "You see every file before anything is added.",
                primary=True,
            ),
            _Card(
                "Open a project",
                "Ctrl O",
                "folder-open",
                "A .pressmark file from you or a colleague. Locked files open read-only.",
            ),
            _Card(
                "Try the sample",
                "",
                "newspaper",
                "A news report on protests in Russia, marked by an expert, "
                "with a five-minute tour.",
            ),
        )
        self._drop = _DropArea()
        self._types = tuple(_TypeCard(entry) for entry in _TYPES)
        self._recent_row = QVBoxLayout()
        self._recent_row.setSpacing(2)
        self._line = _Line()
        self._headings: list[QLabel] = []
        self._arrange()
        for card, signal in zip(
            self._cards,
            (self.import_requested, self.open_requested, self.sample_requested),
            strict=True,
        ):
            card.clicked.connect(signal)

    def _arrange(self) -> None:
        page = QWidget()
        page.setFixedWidth(_WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 74, 0, 28)
        column.setSpacing(14)
        column.addLayout(self._head())
        column.addSpacing(15)
        cards = QHBoxLayout()
        cards.setSpacing(14)
        for card in self._cards:
            cards.addWidget(card)
        column.addLayout(cards)
        column.addWidget(self._drop)
        column.addSpacing(20)
        keys_head = QHBoxLayout()
        keys_head.addWidget(self._heading("Four keys do most of the work"), 1)
        later = QLabel("Change types and fields later under Annotate ▸ Codebook")
        later.setProperty("class", "label")
        keys_head.addWidget(later)
        column.addLayout(keys_head)
        column.addSpacing(-3)
        keys = QGridLayout()
        keys.setSpacing(14)
        for place, type_card in enumerate(self._types):
            keys.addWidget(type_card, 0, place)
        column.addLayout(keys)
        column.addSpacing(16)
        column.addWidget(self._heading("Recent"))
        column.addSpacing(-8)
        column.addWidget(self._line)
        column.addLayout(self._recent_row)
        column.addStretch(1)
        sheet = QWidget()
        middle = QHBoxLayout(sheet)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(page)
        # A small window does not hold everything.
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(sheet)
        for part in (scroll.viewport(), sheet):
            part.setAutoFillBackground(False)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(2)
        title = QLabel("Mark who did what, how many, and who says so.")
        title.setStyleSheet(
            "font-family: 'Source Serif 4', Georgia, serif; font-size: 24px; font-weight: 600"
        )
        line = QLabel("Your articles and marks stay in one file on this computer.")
        line.setProperty("class", "label large")
        words.addWidget(title)
        words.addWidget(line)
        row.addWidget(_Sign())
        row.addLayout(words, 1)
        return row

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("class", "heading")
        self._headings.append(label)
        return label

    def set_recent(self, locations: list[str]) -> None:
        """List the projects opened lately."""
        while item := self._recent_row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for location in locations:
            button = _Recent(location)
            button.set_theme(self._theme)
            button.clicked.connect(
                lambda _=False, location=location: self.project_requested.emit(location)
            )
            self._recent_row.addWidget(button)
        if not locations:
            nothing = QLabel("Projects that you open will be listed here.")
            nothing.setProperty("class", "label large")
            self._recent_row.addWidget(nothing)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        for card in self._cards:
            card.set_theme(theme)
        for type_card in self._types:
            type_card.set_theme(theme)
        self._drop.set_theme(theme)
        self._line.set_theme(theme)
        for recent in self.findChildren(_Recent):
            recent.set_theme(theme)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("app"))


class _Sign(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(44, 44))
        self._renderer = QSvgRenderer(str(resource("icons/pressmark.svg")), self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._renderer.render(painter, QRectF(self.rect()))


class _Line(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme = LIGHT
        self.setFixedHeight(1)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("line"))


class _Card(QAbstractButton):
    """One way in: an icon, what it does, its key, and a sentence."""

    def __init__(
        self, title: str, key: str, icon: str, sentence: str, *, primary: bool = False
    ) -> None:
        super().__init__()
        self._theme: Theme = LIGHT
        self._key, self._icon, self._sentence, self._primary = key, icon, sentence, primary
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setFixedHeight(156)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, width = self._theme, float(self.width())
        with QPainter(self) as painter:
            _card(
                painter,
                self.rect().toRectF(),
                theme,
                focus=self.hasFocus(),
                strong=self._primary or self.underMouse(),
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent" if self._primary else "sunken"))
            painter.drawRoundedRect(QRectF(19, 19, 34, 34), 8, 8)
            role = "accent-fg" if self._primary else "text"
            painter.drawPixmap(
                28, 28, pixmap(self._icon, theme, role, 16, self.devicePixelRatioF())
            )
            painter.setPen(theme.color("text"))
            painter.setFont(font("ui", 13.5, weight=600))
            painter.drawText(
                QRectF(19, 66, width - 38, 20), Qt.AlignmentFlag.AlignVCenter, self.text()
            )
            if self._key:
                box = QRectF(width - 19 - keycap_width(self._key), 68, keycap_width(self._key), 16)
                paint_keycap(painter, box, self._key, theme)
            painter.setPen(theme.color("text-2"))
            painter.setFont(font("ui", 12))
            flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(19, 90, width - 38, 56), int(flags), self._sentence)


class _Recent(QAbstractButton):
    """A project that was opened lately: its name, and where it is."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self._theme: Theme = LIGHT
        self._location = location
        self.setText(Path(location).stem)
        self.setAccessibleName(f"Open {location}")
        self.setToolTip(location.replace("<", "‹"))
        self.setFixedHeight(28)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, box = self._theme, self.rect().toRectF()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if self.underMouse():
                painter.setBrush(theme.color("hover"))
                painter.drawRoundedRect(box, 5, 5)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("focus"), 2))
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
            bold, plain = font("ui", 12.5, weight=500), font("ui", 12)
            name, path = QFontMetricsF(bold), QFontMetricsF(plain)
            flags = Qt.AlignmentFlag.AlignVCenter
            text = box.adjusted(8, 0, -8, 0)
            words = name.elidedText(self.text(), Qt.TextElideMode.ElideRight, text.width() * 0.5)
            painter.setFont(bold)
            painter.setPen(theme.color("text"))
            painter.drawText(text, flags, words)
            text.setLeft(text.left() + name.horizontalAdvance(words) + 12)
            painter.setFont(plain)
            painter.setPen(theme.color("text-3"))
            place = path.elidedText(self._location, Qt.TextElideMode.ElideMiddle, text.width())
            painter.drawText(text, flags, place)


class _DropArea(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme = LIGHT
        self.setFixedHeight(72)
        self.setAccessibleName("Drop files or folders anywhere in this window")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(self._theme.color("line-3"), 1, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
            painter.setPen(self._theme.color("text-2"))
            painter.setFont(font("ui", 13))
            words = self.accessibleName()
            left = (self.width() - painter.fontMetrics().horizontalAdvance(words) - 26) / 2
            picture = pixmap("file-text", self._theme, "text-2", 16, self.devicePixelRatioF())
            painter.drawPixmap(round(left), (self.height() - 16) // 2, picture)
            painter.drawText(
                QRectF(left + 26, 0, self.width(), self.height()),
                Qt.AlignmentFlag.AlignVCenter,
                words,
            )


class _TypeCard(QWidget):
    """One of the four keys with a mark as it looks in the text."""

    def __init__(self, shown: _Key) -> None:
        super().__init__()
        self._theme: Theme = LIGHT
        self._shown = shown
        self.setFixedHeight(104)
        self.setAccessibleName(f"Key {shown.key}: {shown.label}, {shown.what}")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, width = self._theme, float(self.width())
        with QPainter(self) as painter:
            _card(painter, self.rect().toRectF(), theme)
            paint_keycap(painter, QRectF(17, 16, 16, 16), self._shown.key, theme)
            painter.setPen(theme.color("text"))
            painter.setFont(font("ui", 13, weight=600))
            painter.drawText(
                QRectF(42, 14, width, 20), Qt.AlignmentFlag.AlignVCenter, self._shown.label
            )
            paint_badge(
                painter, QRectF(width - 33, 16, 16, 16), self._shown.letter, self._shown.ink, theme
            )
            painter.setPen(theme.color("text-3"))
            painter.setFont(font("ui", 12))
            painter.drawText(
                QRectF(17, 34, width - 24, 18), Qt.AlignmentFlag.AlignVCenter, self._shown.what
            )
            self._paint_example(painter)

    def _paint_example(self, painter: QPainter) -> None:
        made = font("reading", 17)
        ink = self._theme.ink(self._shown.ink)
        box = QRectF(
            17, 63, round(QFontMetricsF(made).horizontalAdvance(self._shown.example)) + 9, 28
        )
        path = QPainterPath()
        radius = 0 if self._shown.ink == "statement" else 4
        path.addRoundedRect(box, radius, radius)
        painter.fillPath(path, self._theme.fill(self._shown.ink))
        painter.setPen(self._theme.color("text"))
        painter.setFont(made)
        words = box.adjusted(4, -1, 0, -3)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._shown.example)
        painter.setClipPath(path)
        _UNDERLINES[self._shown.ink](painter, box, ink)


def _underline_actor(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.fillRect(QRectF(box.left(), box.bottom() - 2, box.width(), 2), ink)


def _underline_event(painter: QPainter, box: QRectF, ink: QColor) -> None:
    for above in (1.2, 4.0):
        painter.fillRect(QRectF(box.left(), box.bottom() - above, box.width(), 1.2), ink)


def _underline_number(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for n in range(int(box.width() / 4.2)):
        painter.drawEllipse(QRectF(box.left() + 1.6 + 4.2 * n, box.bottom() - 2.8, 2.4, 2.4))


def _underline_statement(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.fillRect(QRectF(box.left(), box.bottom() - 2, box.width(), 2), ink)
    for left in (box.left(), box.right() - 2):
        painter.fillRect(QRectF(left, box.bottom() - 5.6, 2, 5.6), ink)


_UNDERLINES = {
    "actor": _underline_actor,
    "event": _underline_event,
    "number": _underline_number,
    "statement": _underline_statement,
}


def _card(
    painter: QPainter, box: QRectF, theme: Theme, *, focus: bool = False, strong: bool = False
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.color("paper"))
    painter.setPen(
        QPen(theme.color("focus" if focus else "line-2" if strong else "line"), 2 if focus else 1)
    )
    edge = 1.0 if focus else 0.5
    painter.drawRoundedRect(box.adjusted(edge, edge, -edge, -edge), 10, 10)
