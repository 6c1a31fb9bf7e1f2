"""What a step changed, in words: for each thing a heading, for each field before and after."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.differences import differences
from app.model.field_words import FieldWords
from app.model.history import Effect
from app.model.wording import several

_MOST = 60
"""Things that are told of one step; an import may have thousands."""


class Told(QWidget):
    """Built anew for each step. `contents` is asked only where names of that time are needed."""

    def __init__(
        self,
        effects: Sequence[Effect],
        codebook: Codebook,
        contents: Callable[[], ArticleContents | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = FieldWords(codebook, contents)
        self.setProperty("class", "paper")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(4)
        for effect in effects[:_MOST]:
            column.addWidget(_label(self._heading(effect), "heading"))
            column.addLayout(self._table(effect))
            column.addSpacing(8)
        if len(effects) > _MOST:
            more = several(len(effects) - _MOST, "more change")
            column.addWidget(_label(f"and {more}", "label"))
        if not effects:
            column.addWidget(_label("Nothing that is kept looked different afterwards.", "label"))
        column.addStretch(1)

    def _heading(self, effect: Effect) -> str:
        did = "changed"
        if effect.before is None:
            did = "added"
        elif effect.after is None:
            did = "removed"
        item = effect.after or effect.before
        return f"{self._words.thing(item)}: {did}"

    def _table(self, effect: Effect) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, 110)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        item = effect.after or effect.before
        for row, (field, before, after) in enumerate(differences(effect)):
            name, attribute = self._words.field(field, item)
            grid.addWidget(_label(name, "label small"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_label("→", "label small"), row, 2, Qt.AlignmentFlag.AlignTop)
            for column, value, look in ((1, before, "before"), (3, after, "after")):
                words = self._words.value(field, value, attribute) or "–"
                shown = _label(words, look)
                shown.setAccessibleName(f"{name}, {look}: {words}")
                grid.addWidget(shown, row, column, Qt.AlignmentFlag.AlignTop)
        return grid


def _label(words: str, look: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("class", look)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label
