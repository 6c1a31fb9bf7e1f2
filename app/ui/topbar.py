"""The top bar: the sign of the program, its menus, and who is annotating."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenuBar, QWidget
from typing_extensions import override

from app.model.resources import resource
from app.ui.badge import paint_avatar
from app.ui.icons import pixmap
from app.ui.keycap import keycap_width, paint_keycap
from app.ui.theme import LIGHT, Theme, font
from app.ui.view_switch import ViewSwitch

_HEIGHT = 44
_NARROW = 900
"""Below this width there is no room for the switch between the views; their keys stay."""


class TopBar(QWidget):
    """Stands in place of the menu bar; `menu_bar` is a real one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._offers_views = False
        self.menu_bar = QMenuBar()
        self.menu_bar.setNativeMenuBar(False)
        self._avatar = _Avatar()
        self.views = ViewSwitch()
        self.command = _CommandButton()
        self.setFixedHeight(_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(_Logo())
        row.addWidget(self.menu_bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.views)
        row.addStretch(1)
        row.addWidget(self.command)
        row.addWidget(self._avatar)

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self._avatar.set_theme(theme)
        self.command.set_theme(theme)
        self.update()

    def offer_views(self, *, on: bool) -> None:
        """Offer the views of a project where one is open and there is room."""
        self._offers_views = on
        self.views.setVisible(on and self.width() >= _NARROW)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.offer_views(on=self._offers_views)

    def set_annotator(self, name: str) -> None:
        """Show who is annotating."""
        self._avatar.set_name(name)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("app"))
            painter.fillRect(0, _HEIGHT - 1, self.width(), 1, self._theme.color("line"))


class _Logo(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(20, 20))
        self._renderer = QSvgRenderer(str(resource("icons/pressmark.svg")), self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._renderer.render(painter, QRectF(self.rect()))


class _CommandButton(QAbstractButton):
    """Looks like a line to type in; a click opens the palette."""

    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme = LIGHT
        self._key = ""
        self.setText("Search or run a command")
        self.setAccessibleName(self.text())
        self.setFixedSize(QSize(248, 28))

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        self.update()

    def set_key(self, key: str) -> None:
        """Print the key that does the same."""
        self._key = key.replace("+", " ")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, box = self._theme, QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("line-2"), 1))
            painter.setBrush(theme.color("hover" if self.underMouse() else "paper"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            if self.hasFocus():
                painter.setPen(QPen(theme.color("focus"), 2))
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
            picture = pixmap("search", theme, "text-3", 14, self.devicePixelRatioF())
            painter.drawPixmap(9, 7, picture)
            painter.setPen(theme.color("text-2"))
            painter.setFont(font("ui", 12.5))
            painter.drawText(box.adjusted(31, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
            if self._key:
                width = keycap_width(self._key)
                cap = QRectF(box.right() - width - 8, 6, width, 16)
                paint_keycap(painter, cap, self._key, theme)


class _Avatar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme = LIGHT
        self._initials = ""
        self.setFixedSize(QSize(24, 24))
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_name(self, name: str) -> None:
        self._initials = "".join(word[0] for word in name.split()[:2]).upper()
        self.setToolTip(f"Annotating as {name}".replace("<", "‹"))
        self.setAccessibleName(f"Annotating as {name}")
        self.setVisible(bool(name))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_avatar(painter, QRectF(self.rect()), self._initials, self._theme)
