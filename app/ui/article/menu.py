"""The menu of the right mouse button: what may be done with what lies under the pointer.

Everything in it can be done by a key or elsewhere as well; each entry prints its key.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from app.model.annotation import Annotation
from app.model.codebook import Codebook, Role, SpanType
from app.model.contents import ArticleContents
from app.model.registry import Record
from app.model.wording import on_one_line, role_of
from app.ui.article.header import plain_date

if TYPE_CHECKING:
    from app.ui.article.view import ArticleView

_LONGEST = 40
_MOST_RECORDS = 12

Run = Callable[[], object]


class ArticleMenu(QMenu):
    """Built for one place of the text and gone when it closes. It does what the keys do."""

    def __init__(self, view: "ArticleView", offset: int | None) -> None:
        super().__init__(view)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        self._offset = offset
        contents, codebook, mark = view.contents, view.codebook, view.selected
        if contents is None or codebook is None:
            return
        if view.selected_suggestion is not None:
            self._suggestion()
        elif view.selected_range() is not None or mark is None:
            self._words(codebook)
        else:
            self._mark(contents, codebook, mark)

    def _add(self, label: str, run: Run, key: str = "", *, writes: bool = True) -> QAction:
        action = self.addAction(_printed(label, key))
        action.triggered.connect(lambda _=False: run())
        action.setEnabled(not (writes and self._view.read_only))
        return action

    def _command(self, action_id: str, label: str, *, writes: bool = True) -> QAction:
        """Add an action of the table, with the key it has now."""
        keys = self._view.keymap.keys(action_id)
        run = self._view.run
        return self._add(label, lambda: run(action_id), keys[0] if keys else "", writes=writes)

    def _below(self, title: str, entries: Iterable[tuple[str, str, Run]]) -> QMenu | None:
        """Add a menu of entries (label, key, what it does); none where there is no entry."""
        made = list(entries)
        if not made:
            return None
        menu = self.addMenu(_escaped(title))
        menu.setEnabled(not self._view.read_only)
        for label, key, run in made:
            action = menu.addAction(_printed(label, key))
            action.triggered.connect(lambda _=False, run=run: run())
        return menu

    # -- suggestions ------------------------------------------------------------------------------

    def _suggestion(self) -> None:
        self._command("accept", "Accept")
        self._command("alike", "Accept all alike")
        self.addSeparator()
        self._command("reject", "Reject")
        self._command("reject-alike", "Reject all alike")

    # -- selected words, or none ------------------------------------------------------------------

    def _words(self, codebook: Codebook) -> None:
        view = self._view
        tag = view.tag_selection
        self._below(
            "Tag as",
            [(t.label, t.key, partial(tag, t.name)) for t in _live(codebook)],
        )
        if view.selected is not None:
            name = view.short_name(view.selected)
            roles = codebook.roles_of(view.selected.type)
            fill = [(role.label, role.key, partial(view.tag_into, role)) for role in roles]
            self._below(f"Tag and link to {name}", fill)
            self._command("add-fragment", f"Add to {name} as a fragment")
        self.addSeparator()
        if view.selected_range() is None:
            self._command("widen", "Select the word", writes=False)
            self._add("Select the sentence", self._select_sentence, writes=False)
        else:
            self._command("widen", "Select more", writes=False)
            self._command("copy", "Copy", writes=False)

    def _select_sentence(self) -> None:
        view = self._view
        if (sentence := view.text.sentence_at(view.place())) is not None:
            view.set_range(*sentence)

    # -- a mark -----------------------------------------------------------------------------------

    def _mark(self, contents: ArticleContents, codebook: Codebook, mark: Annotation) -> None:
        view, types = self._view, _live(codebook)
        ranges = tuple((start, end) for start, end, _ in mark.fragments)
        others = [t for t in types if t.name != mark.type]

        def tag(name: str) -> None:
            view.tag_requested.emit(name, ranges)

        def retype(name: str) -> None:
            view.type_requested.emit(mark.id, name)

        self._below("Tag also as", [(t.label, "", partial(tag, t.name)) for t in others])
        self._below(
            "Change type to",
            [(t.label, f"Shift+{t.key}" if t.key else "", partial(retype, t.name)) for t in others],
        )
        roles = codebook.roles_of(mark.type)
        self._below("Link", [entry for role in roles for entry in self._role(contents, mark, role)])
        self._below("Same as", self._same(contents, codebook, mark))
        self._command("alike", "Tag all alike")
        self.addSeparator()
        self._command("edit", "Edit fields", writes=False)
        self._command("comment", "Comment")
        unsure = self._command("unsure", "Unsure")
        unsure.setCheckable(True)
        unsure.setChecked(mark.certainty == "unsure")
        self._command("add-fragment", "Add fragment")
        if (left := self._without_fragment(mark)) is not None:
            self._add("Remove this fragment", lambda: view.fragments_requested.emit(mark.id, left))
        self.addSeparator()
        self._command("copy", "Copy quote", writes=False)
        self._add(
            "Copy quote with its source",
            lambda: QGuiApplication.clipboard().setText(
                cited(contents, mark, self._paragraph(mark))
            ),
            writes=False,
        )
        self._command("copy-link", "Copy link", writes=False)
        self._command("mark-history", "History", writes=False)
        self.addSeparator()
        self._command("delete", "Remove mark")

    def _role(
        self, contents: ArticleContents, mark: Annotation, role: Role
    ) -> Iterable[tuple[str, str, Run]]:
        view = self._view
        filled = [r.target for r in contents.outgoing(mark.id) if r.role == role.name]
        yield f"{role.label}…", role.key, lambda: view.open_slot(role)
        if filled:
            names = [contents.label(t) for t in map(contents.annotation, filled) if t is not None]
            said = on_one_line(", ".join(names), _LONGEST)
            yield (
                f"Clear {role.label.lower()}: {said}",
                f"Shift+{role.key}" if role.key else "",
                lambda: view.role_cleared.emit(mark.id, role.name),
            )

    def _same(
        self, contents: ArticleContents, codebook: Codebook, mark: Annotation
    ) -> Iterable[tuple[str, str, Run]]:
        """Yield the records that marks of the same kind here mention, the commonest first."""
        span_type, view = codebook.type(mark.type), self._view
        if span_type is None or not span_type.record_kind:
            return
        for record in _mentioned(contents, span_type.record_kind)[:_MOST_RECORDS]:
            if record.id != mark.record:
                yield (
                    on_one_line(record.name, _LONGEST),
                    "",
                    partial(view.record_requested.emit, mark.id, record.id),
                )
        if mark.record is not None:
            yield "Nobody named so far", "", lambda: view.record_requested.emit(mark.id, "")

    def _without_fragment(self, mark: Annotation) -> tuple[tuple[int, int], ...] | None:
        """Return what is left of a mark without the fragment under the pointer."""
        ranges = [(start, end) for start, end, _ in mark.fragments]
        here = [r for r in ranges if self._offset is not None and r[0] <= self._offset <= r[1]]
        if len(ranges) == 1 or not here:
            return None
        return tuple(each for each in ranges if each != here[0])

    def _paragraph(self, mark: Annotation) -> int:
        rows = self._view.text.rows
        return rows.number(rows.at(mark.start)) if rows else 0


def cited(contents: ArticleContents, mark: Annotation, paragraph: int) -> str:
    """Return the words of a mark with where they stand: title, source, date, paragraph."""
    article = contents.article
    place = [article.title, article.source, plain_date(article.published), f"¶{paragraph}"]
    return f"“{mark.quote}” ({', '.join(part for part in place if part)})"


def _live(codebook: Codebook) -> list[SpanType]:
    return [span_type for span_type in codebook.types if not span_type.archived]


def _mentioned(contents: ArticleContents, kind: str) -> list[Record]:
    count: dict[str, int] = {}
    for annotation in contents.annotations:
        if annotation.record is not None:
            count[annotation.record] = count.get(annotation.record, 0) + 1
    known = [record for record in contents.records if record.kind == kind and record.id in count]
    return sorted(known, key=lambda record: (-count[record.id], record.name))


def _printed(label: str, key: str) -> str:
    return f"{_escaped(label)}\t{key}" if key else _escaped(label)


def _escaped(label: str) -> str:
    return label.replace("&", "&&")


def context_menu(view: "ArticleView", offset: int | None = None) -> QMenu:
    """Return the menu for what is selected; `offset` is the place the pointer shows."""
    return ArticleMenu(view, offset)


def role_menu(view: "ArticleView", source: Annotation, target: Annotation) -> QMenu:
    """Return the links the codebook allows between two marks, those of the first one first."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if view.codebook is None:
        return menu
    for one, other in ((source, target), (target, source)):
        name = view.short_name(one)
        for role in view.codebook.roles_of(one.type):
            if other.type in role.targets:
                action = menu.addAction(_printed(role_of(role.label, name), ""))
                link = partial(view.relation_requested.emit, one.id, role.name, other.id)
                action.triggered.connect(lambda _=False, link=link: link())
    return menu


def show(menu: QMenu, at: QPoint) -> None:
    """Open a menu at a point of the screen; one without entries is thrown away."""
    if menu.isEmpty():
        menu.deleteLater()
    else:
        menu.popup(at)
