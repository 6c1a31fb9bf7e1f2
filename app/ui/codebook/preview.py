"""The form as the codebook makes it, on a made-up mark: it shows, and takes nothing."""

import re

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.model.annotation import Annotation, fragments_of
from app.model.article import Article
from app.model.codebook import Codebook, SpanType
from app.model.contents import ArticleContents
from app.model.text import sha256_of
from app.ui.form.context import FormContext
from app.ui.form.type_form import TypeForm
from app.ui.scroll_pane import scroll_pane
from app.workspace.gestures import defaults

_NOTHING_SAID = "Here stand the [words that are marked]."


def made_up(span_type: SpanType) -> tuple[Article, Annotation]:
    """Return an article and a mark in it, of the first example of a type where it has one."""
    example = next((e for e in span_type.examples if "[" in e and "]" in e), _NOTHING_SAID)
    before, marked = re.split(r"\[", example, maxsplit=1)
    words, _, after = marked.partition("]")
    text = f"{before}{words}{after.replace('[', '').replace(']', '')}"
    article = Article(id="example", title="Example", text=text, sha256=sha256_of(text))
    start = len(before)
    end = max(start + len(words), start + 1)
    mark = Annotation(
        id="example",
        article=article.id,
        layer="",
        type=span_type.name,
        fragments=fragments_of(text, [(start, min(end, len(text)))]),
        attributes=defaults(span_type, words),
    )
    return article, mark


class Preview(QWidget):
    """Shows the form of one type in one profile; nothing in it can be clicked or reached by Tab."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: tuple[Codebook, str, str] | None = None
        self.setProperty("class", "inspector")
        self.setAccessibleName("The form as it will be")
        self._title = QLabel("Form")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("class", "form-title")
        self._title.setContentsMargins(16, 12, 16, 8)
        self._scroll = scroll_pane(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._scroll, 1)
        self.form: TypeForm | None = None

    def show_type(
        self, codebook: Codebook, span_type: SpanType, profile: str, *, field: str = ""
    ) -> None:
        """Show the form of a type with the fields of a profile, and one field of it for sure."""
        self._show_form(codebook, span_type, profile)
        cell = self.form.reveal(field) if self.form and field else None
        if cell is not None:
            self._silence()
            QTimer.singleShot(0, cell, lambda: self._scroll.ensureWidgetVisible(cell, 0, 20))

    def _silence(self) -> None:
        """Let nothing in the form be clicked or reached by Tab."""
        page = self._scroll.widget() or self
        page.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for widget in page.findChildren(QWidget):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _show_form(self, codebook: Codebook, span_type: SpanType, profile: str) -> None:
        wanted = (codebook, span_type.name, profile)
        if self._shown is not None and self._shown[1:] == wanted[1:]:
            before = self._shown[0]
            same_roles = before.roles == codebook.roles and before.records == codebook.records
            same_types = before.types == codebook.types and before.profiles == codebook.profiles
            if same_roles and same_types:
                return
        at = self._scroll.verticalScrollBar().value() if self._shown else 0
        self._shown = wanted
        article, mark = made_up(span_type)
        self._context.codebook = codebook
        self._context.contents = ArticleContents(article, layer="", annotations=[mark])
        self._context.annotation = mark
        page = QWidget()
        page.setProperty("class", "inspector page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self.form = TypeForm(span_type, codebook, codebook.shown(profile), self._context, page)
        column.addWidget(self.form)
        self.form.show_annotation(mark, ())
        self.form.author.hide()
        self._scroll.setWidget(page)
        self._silence()
        self._scroll.verticalScrollBar().setValue(at)
        shown = codebook.shown(profile)
        within = f" · {shown.label}" if shown else ""
        self._title.setText(f"Form of {span_type.label.lower()}{within}")

    def set_theme(self) -> None:
        """Take the look of the context."""
        if self.form is not None:
            self.form.set_theme()
            self.form.update()
