"""What stands around the fields: labels with keycaps, the quote, the author line, folds."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from app.model.codebook import SpanType
from app.model.text import for_display
from app.model.wording import initials, spoken_time
from app.ui.form.context import FormContext, form_font
from app.ui.form.paint import paint_box, paint_chevron, paint_ring, paint_shift_key
from app.ui.keycap import Keycap
from app.ui.tips import tip

LABEL_WIDTH = 104
_QUOTE_LINES = 4
_QUOTE_PITCH = 21


class RowLabel(QWidget):
    """The name of a field and, where one opens it, its key."""

    def __init__(
        self, label: str, key: str, definition: str, context: FormContext, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setFixedWidth(LABEL_WIDTH)
        self.label = QLabel(label)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setProperty("class", "label")
        self.label.setWordWrap(True)
        self.setToolTip(tip(definition))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.label.setMinimumHeight(28)
        row.addWidget(self.label, 1, Qt.AlignmentFlag.AlignTop)
        if key and not context.read_only:
            cap = Keycap(key)
            cap.set_theme(context.theme)
            holder = QWidget()
            inner = QHBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.addWidget(cap)
            holder.setFixedHeight(28)
            row.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)


class Quote(QWidget):
    """The annotated words on the type's fill, with a bar of its ink."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._text, self._ink = "", ""
        self._layout = QTextLayout()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_quote(self, quote: str, ink: str) -> None:
        """Show other words."""
        if (quote, ink) != (self._text, self._ink):
            self._text, self._ink = quote, ink
            self.setAccessibleName(quote)
            self._fold()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        width = max(self.width() - 28, 60)
        words = " ".join(for_display(self._text).split())
        # More than this never fits; laying it out would only cost time.
        self._layout = QTextLayout(words[:1200], form_font(14.5, 400, "reading"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)  # else it is shaped again each time it is drawn
        self._layout.beginLayout()
        lines = 0
        while lines < _QUOTE_LINES and (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(15, 8 + lines * _QUOTE_PITCH))
            lines += 1
        self._layout.endLayout()
        self.setFixedHeight(max(lines, 1) * _QUOTE_PITCH + 16)
        self.update()

    def _is_cut(self) -> bool:
        last = self._layout.lineAt(self._layout.lineCount() - 1)
        return last.isValid() and last.textStart() + last.textLength() < len(self._layout.text())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(self.rect())
            if self._ink:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.fill(self._ink))
                painter.drawRoundedRect(rect, 5, 5)
                painter.fillRect(QRectF(0, 0, 8, rect.height()), theme.fill(self._ink))
                painter.fillRect(QRectF(0, 0, 3, rect.height()), theme.ink(self._ink))
            painter.setPen(theme.color("text"))
            for n in range(self._layout.lineCount()):
                self._layout.lineAt(n).draw(painter, QPointF(0, 0))
            if self._is_cut():
                painter.setFont(self._layout.font())
                corner = QPointF(rect.right() - 16, rect.bottom() - 12)
                painter.drawText(corner, "…")


class TypeSegment(QAbstractButton):
    """One type of the codebook, with the key that changes to it."""

    def __init__(self, span_type: SpanType, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.span_type = span_type
        self.is_compact = False
        """Whether only the key is shown while another type is the present one."""
        self.setCheckable(True)
        self.setText(span_type.label.replace("&", "&&"))
        self.setAccessibleName(span_type.label)
        self.setToolTip(tip(span_type.definition))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self.updateGeometry)

    def _cap_width(self) -> int:
        return 23 if self.span_type.key and not self._context.read_only else 0

    def full_width(self) -> int:
        """Return the width that shows key and label."""
        font = form_font(12.5, 600 if self.isChecked() else 400)
        words = QFontMetrics(font).horizontalAdvance(self.span_type.label)
        return words + self._cap_width() + (4 if self._cap_width() else 0) + 13

    def _label(self) -> str:
        is_short = self.is_compact and not self.isChecked()
        return self.span_type.letter if is_short else self.span_type.label

    @override
    def sizeHint(self) -> QSize:
        is_short = self.is_compact and not self.isChecked()
        return QSize(self._cap_width() + 26 if is_short else self.full_width(), 33)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(30, 33)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, chosen = self._context.theme, self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(self.rect())
            if chosen:
                box = rect.adjusted(1, 1, -1, -1)
                paint_box(painter, box, theme.color("raised"), line=theme.color("line-2"))
            x = 6.0
            if self._cap_width():
                ink = theme.ink(self.span_type.ink) if chosen else theme.color("text-2")
                line = ink if chosen else theme.color("line-2")
                fill = theme.color("raised" if chosen else "app")
                cap = QRectF(x, rect.center().y() - 8, self._cap_width(), 16)
                paint_box(painter, cap, fill, line=line, radius=4)
                paint_shift_key(painter, cap, self.span_type.key, ink)
                x = cap.right() + 4
            strong = chosen or (self.underMouse() and self.isEnabled())
            role = "text-2" if self.isEnabled() else "text-3"
            painter.setFont(form_font(12.5, 600 if chosen else 400))
            painter.setPen(theme.color("text" if strong else role))
            room = QRectF(x, 0, rect.right() - x - 2, rect.height())
            label = QFontMetrics(painter.font()).elidedText(
                self._label(), Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(
                room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label
            )
            if self.hasFocus():
                paint_ring(painter, rect, theme.color("focus"), 7)


class TypeTrack(QWidget):
    """The segments of all types on one track."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setFixedHeight(33)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)

    def fit(self) -> None:
        """Show only the keys of the types where all labels side by side have no room."""
        items = (self.row.itemAt(n) for n in range(self.row.count()))
        found = (item.widget() for item in items if item is not None)
        segments = [one for one in found if isinstance(one, TypeSegment)]
        is_compact = sum(segment.full_width() for segment in segments) > self.width()
        for segment in segments:
            if segment.is_compact != is_compact:
                segment.is_compact = is_compact
                segment.updateGeometry()
                segment.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._context.theme.color("sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), 7, 7)


class AuthorLine(QWidget):
    """Who wrote the annotation last, and when."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._name, self._words = "", ""
        self.setFixedHeight(22)

    def show_author(self, name: str, at: str) -> None:
        """Show an annotator's name and an ISO 8601 time."""
        words = " · ".join(filter(None, (name, spoken_time(at))))
        if (name, words) != (self._name, self._words):
            self._name, self._words = name, words
            self.setAccessibleName(words)
            self.update()

    @property
    def words(self) -> str:
        """The line as it reads."""
        return self._words

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            disc = QRectF(0.5, 2.5, 17, 17)
            painter.setPen(theme.color("line-2"))
            painter.setBrush(theme.color("sunken"))
            painter.drawEllipse(disc)
            painter.setFont(form_font(8, 600))
            painter.setPen(theme.color("text-2"))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, initials(self._name))
            painter.setFont(form_font(11.5, tabular=True))
            painter.setPen(theme.color("text-3"))
            words = QFontMetrics(painter.font()).elidedText(
                self._words, Qt.TextElideMode.ElideRight, self.width() - 24
            )
            painter.drawText(
                self.rect().adjusted(24, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words
            )


class Fold(QToolButton):
    """A line that unfolds what stands below it."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._words, self._warning = "", ""
        self.setCheckable(True)
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, words: str, warning: str = "") -> None:
        """Show other words; `warning` stands at the right."""
        self._words, self._warning = words, warning
        self.setAccessibleName(f"{words}, {warning}" if warning else words)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(self.rect())
            centre = QPointF(6, rect.center().y())
            paint_chevron(painter, centre, theme.color("text-3"), turned=not self.isChecked())
            painter.setFont(form_font(12, 500, tabular=True))
            painter.setPen(theme.color("text" if self.underMouse() else "text-2"))
            align = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rect.adjusted(18, 0, 0, 0), align, self._words)
            if self._warning:
                painter.setFont(form_font(11.5))
                painter.setPen(theme.color("warn"))
                right = align | Qt.AlignmentFlag.AlignRight
                painter.drawText(rect, right, self._warning)
            if self.hasFocus():
                paint_ring(painter, rect, theme.color("focus"))
