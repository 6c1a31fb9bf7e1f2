"""A sheet over the window: dialogs with a head, a body and a foot, the window dimmed behind it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui.icons import icon
from app.ui.keycap import keycap_width
from app.ui.popup import PopupShadow
from app.ui.tab_order import go
from app.ui.theme import Theme, font

_RADIUS = 12.0
_HEAD, _FOOT = 52, 58
_MARGIN = 18
_DIM = {"light": 0.20, "dark": 0.45}
_ROOM = 24


class Sheet(QDialog):
    """Asks for several things at once. Esc closes it; the window's own keys rest meanwhile."""

    def __init__(self, title: str, window: QWidget, *, theme: Theme, size: QSize) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.theme = theme
        self._window = window.window()
        # Without a compositor what is transparent would be black; masks work everywhere on X11.
        self._is_masked = QGuiApplication.platformName() == "xcb"
        if not self._is_masked:
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setProperty("class", "over")
        self.title = QLabel(title)
        self.title.setProperty("class", "title")
        self.caption = QLabel()
        self.caption.setProperty("class", "label")
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("x", theme))
        self.close_button.setFixedSize(28, 28)
        self.close_button.setAccessibleName("Close")
        self.close_button.setToolTip("Close (Esc)")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.clicked.connect(self.reject)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(1, 0, 1, 0)
        self.body.setSpacing(0)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        self.foot.setSpacing(8)
        self._dim = _Dim(self._window, theme)
        self._lay_out()
        room = self._window.size() - QSize(2 * _ROOM, 2 * _ROOM)
        self.resize(size.boundedTo(room))
        self._window.installEventFilter(self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_MARGIN, 0, 12, 0)
        head.setSpacing(10)
        head.addWidget(self.title)
        head.addWidget(self.caption, 1)
        head.addWidget(self.close_button)
        top, bottom = QWidget(), QWidget()
        top.setLayout(head)
        top.setFixedHeight(_HEAD)
        bottom.setLayout(self.foot)
        bottom.setFixedHeight(_FOOT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(Rule(self.theme))
        column.addLayout(self.body, 1)
        column.addWidget(Rule(self.theme))
        column.addWidget(bottom)

    @override
    def focusNextPrevChild(self, forwards: bool) -> bool:
        return go(self, [self], forwards=forwards) or super().focusNextPrevChild(forwards)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize} and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Lie in the middle of the window, a little above it."""
        window = self._window
        room = window.size() - self.size()
        place = QPoint(
            room.width() // 2, max(0, min(room.height() // 2, 8 + room.height() * 2 // 5))
        )
        self.move(window.mapToGlobal(place))
        self._dim.lay_under(QRectF(place.x(), place.y(), self.width(), self.height()))

    @override
    def event(self, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Show:
                self._place()
                self._dim.show()
                self._dim.raise_()
            case QEvent.Type.Hide:
                self._dim.hide()
        return super().event(event)

    @override
    def done(self, result: int) -> None:
        self._dim.hide()
        super().done(result)
        self._window.activateWindow()  # not every window system does

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_masked:
            return
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        self.setMask(QRegion(path.toFillPolygon().toPolygon()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._is_masked:  # the mask cuts whole pixels
                painter.fillRect(self.rect(), self.theme.color("raised"))
            painter.setBrush(self.theme.color("raised"))
            painter.setPen(QPen(self.theme.color("line-2"), 1))
            edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(edge, _RADIUS, _RADIUS)


class _Dim(QWidget):
    """Darkens the window under a sheet and holds the sheet's shadow."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._frame = QWidget(self)
        self._frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._shadow = PopupShadow(self._frame, radius=_RADIUS)
        self._shadow.set_theme(theme)
        self.hide()

    def lay_under(self, frame: QRectF) -> None:
        self.setGeometry(self._window.rect())
        self._frame.setGeometry(frame.toRect())
        self._frame.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shade = QColor(0, 0, 0)
        shade.setAlphaF(_DIM[self._theme.mode])
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), shade)


class Rule(QWidget):
    """A line between parts, 1 px."""

    def __init__(self, theme: Theme, *, upright: bool = False) -> None:
        super().__init__()
        self._theme = theme
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("line"))


class Primary(QPushButton):
    """The button that does it, with the key printed in it."""

    def __init__(self, text: str, theme: Theme, key: str = "⏎") -> None:
        super().__init__(text)
        self._theme, self._key = theme, key
        self.setProperty("class", "primary")
        self.setDefault(True)

    @override
    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(round(keycap_width(self._key)) + 10, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        made, width = font("ui", 12.5, weight=500), keycap_width(self._key)
        wide = QFontMetricsF(made).horizontalAdvance(self.text())
        left = (self.width() - wide - width - 8) / 2
        cap = QRectF(left + wide + 8, (self.height() - 16) / 2, width, 16)
        ink = self._theme.color("accent-fg" if self.isEnabled() else "text-3")
        with QPainter(self) as painter:
            self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
            painter.setFont(made)
            painter.setPen(ink)
            words = QRectF(left, 0, wide + 2, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("line-3"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setFont(font("ui", 10.5, weight=500))
            painter.setPen(ink)
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)


class Tabs(QWidget):
    """A few views of one list side by side, one of them chosen; the arrow keys go along them."""

    chosen = Signal(int)

    def __init__(self, name: str, labels: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for number, label in enumerate(labels):
            tab = _Tab(label, theme)
            self._group.addButton(tab, number)
            row.addWidget(tab)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self.chosen)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def current(self) -> int:
        """Which one is chosen, from 0."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Choose one."""
        self._group.button(number).click()

    def set_label(self, number: int, label: str) -> None:
        """Call one otherwise."""
        tab = self._group.button(number)
        tab.setText(label)
        tab.updateGeometry()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        there = self._group.button((self.current + step) % len(self._group.buttons()))
        there.setFocus()
        there.click()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), 7, 7)


class _Tab(QAbstractButton):
    def __init__(self, label: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setText(label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(26)

    @override
    def sizeHint(self) -> QSize:
        wide = QFontMetricsF(font("ui", 12.5, weight=500)).horizontalAdvance(self.text())
        return QSize(round(wide) + 24, 26)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()  # the tabs go along themselves
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, on, box = self._theme, self.isChecked(), QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if on or self.hasFocus():
                ring = self.hasFocus()
                painter.setPen(QPen(theme.color("focus" if ring else "line-2"), 2 if ring else 1))
                painter.setBrush(theme.color("raised" if on else "sunken"))
                edge = 1.0 if ring else 0.5
                painter.drawRoundedRect(box.adjusted(edge, edge, -edge, -edge), 5, 5)
            painter.setFont(font("ui", 12.5, weight=500 if on else 400, tabular=True))
            painter.setPen(theme.color("text" if on else "text-2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
