"""What floats over the text: the quick-tag bar, the prompt of an armed slot and its letters."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from app.model.codebook import Role
from app.model.wording import on_one_line
from app.ui.article.bar import Bar, Item
from app.ui.article.pick import candidates, prompt
from app.ui.article.quick_tag import QuickTag
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.article.view import ArticleView

_FROM_BELOW = 19
_LONGEST_GUESS = 24


class Overlays:
    """Shows and places the bars of a view; they follow its state whenever `refresh` is called."""

    def __init__(self, view: "ArticleView") -> None:
        self._view = view
        self.bar = QuickTag(view.viewport())
        self.prompt = Bar(view.viewport())
        self.prompt.setObjectName("slot-prompt")
        self.bar.chosen.connect(self._choose)
        self.prompt.chosen.connect(self._choose)
        self._quiet = False

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self.bar.hide()  # its items carry colours: they are made anew
        self.bar.set_theme(theme)
        self.prompt.set_theme(theme)

    def set_quiet(self, *, quiet: bool) -> None:
        """Hide the quick-tag bar while the pointer is still selecting."""
        self._quiet = quiet
        self.refresh()

    def visible(self) -> bool:
        """Tell whether something floats over the text."""
        return not self.bar.isHidden() or not self.prompt.isHidden()

    def slot(self) -> Role | None:
        """Return the role of the selected mark that a fresh selection may fill at once."""
        view = self._view
        if view.selected is None or view.codebook is None:
            return None
        roles = view.codebook.roles_of(view.selected.type)
        return next((role for role in roles if role.key), None)

    def refresh(self) -> None:
        """Look at the view again."""
        self._show_letters()
        self._show_bar()

    def _show_letters(self) -> None:
        view, scene = self._view, self._view.scene
        role, source, codebook = view.armed, view.selected, view.codebook
        keys = view.hasFocus()
        scene.hints = view.hints.letters if keys else {}
        scene.guess = None
        if role is None or source is None or codebook is None or view.contents is None:
            scene.letters = {}
            items = view.hints.prompt() if keys else ()
            self._show_prompt(items, name="Letters on words")
            return
        from app.model.guess import guess  # its patterns would delay the start

        scene.letters = candidates(role, source, view.marks_seen()) if keys else {}
        scene.guess = guess(view.contents, codebook, source.id, role.name) if keys else None
        likely = view.index.get(scene.guess)
        label = view.contents.label(likely) if likely else ""
        name = view.short_name(source)
        items = prompt(role, name, codebook, keys=keys, guess=on_one_line(label, _LONGEST_GUESS))
        self._show_prompt(items, name=f"{role.label}: choose a mark")

    def _show_prompt(self, items: tuple[Item, ...], *, name: str) -> None:
        if not items:
            self.prompt.hide()
            return
        view = self._view
        if self.prompt.isHidden() or self.prompt.items != items:
            self.prompt.show_items(items, name=name)
        frame, port = self.prompt.frame(), view.viewport().rect()
        left = max(4, (port.width() - frame.width()) // 2)
        self.prompt.place(left, port.height() - _FROM_BELOW - frame.height())

    def _show_bar(self) -> None:
        view, chosen = self._view, self._view.selected_range()
        busy = view.read_only or self._quiet or view.armed or view.hints.active
        if chosen is None or view.codebook is None or busy:
            self.bar.hide()
            return
        if self.bar.isHidden():
            role, source = self.slot(), view.selected
            slot = (role, view.short_name(source)) if role and source else None
            self.bar.offer(view.codebook, view.scene.looks, guess=view.guess, slot=slot)
        first, last = view.lines.caret(chosen[0]), view.lines.end_caret(chosen[1])
        left = first.left() if first.top() == last.top() else view.lines.column[0]
        y = view.scroll_y
        selection = QRectF(left, first.top() - y, 1, last.bottom() + 1 - first.top())
        self.bar.place_beside(selection, QRectF(view.viewport().rect()))

    def _choose(self, item: str) -> None:
        view, (kind, _, name) = self._view, item.partition(":")
        if kind == "type" and name:
            view.tag_selection(name)
        elif kind == "type":
            view.type_name()
        elif kind == "role" and (role := self.slot()) is not None:
            view.tag_into(role)
        elif view.hints.active:
            view.hints.choose(kind)
        elif kind == "esc":
            view.clear_range()
        elif kind == "guess" and (likely := view.scene.guess) is not None:
            view.fill(likely)
        else:
            view.arm_role(None)
