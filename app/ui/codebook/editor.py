"""The codebook editor: a window beside the desk in which every step is written at once."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.changes import Change
from app.model.codebook import Codebook, SpanType
from app.model.errors import KnownError, Refused
from app.ui.actions import ACTIONS
from app.ui.codebook.controls import KeyButton
from app.ui.codebook.marks import Marks
from app.ui.codebook.nodes import Node, addable
from app.ui.codebook.preview import Preview
from app.ui.codebook.sheet import Sheet
from app.ui.codebook.tree import Tree
from app.ui.form.context import FormContext
from app.ui.keymap import Keymap
from app.ui.session import Session
from app.ui.tab_order import go
from app.ui.theme import LIGHT, Theme
from app.workspace.codebook_edit import (
    PREFIX,
    Revision,
    add,
    archive,
    edit,
    move,
    remove,
    replaced,
    show_fields,
)
from app.workspace.codebook_merge import merge
from app.workspace.codebook_parts import (
    WORDS,
    Address,
    Collection,
    find,
    key_of,
    key_taken,
    label_of,
    siblings,
    type_of,
)
from app.workspace.codebook_touch import NOTHING, is_used, touched

_KINDS = "Codebooks (*.yaml *.yml)"
_LATER_MS = 120
"""The form and the marks are looked up when one rests on an entry."""


class CodebookEditor(QDialog):
    """Tree, fields, form and marks of the codebook of one session. It writes through the session.

    The history of the project as a whole is undone here as far as it is about the codebook.
    """

    mark_requested = Signal(str, str)
    """Ids of the article and the annotation that are to be shown."""

    def __init__(
        self,
        session: Session,
        *,
        keymap: Keymap,
        profile: str = "",
        theme: Theme = LIGHT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._keymap = keymap
        self._profile = profile
        self._refusal = ""
        self._wanted: Address | None = None
        self._form_context = FormContext(lambda _kind, _typed: ())
        self._preview_context = FormContext(lambda _kind, _typed: ())
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self.setWindowTitle("Codebook")
        self.setProperty("class", "app")
        self.tree = Tree()
        self.sheet = Sheet(self._form_context)
        self.preview = Preview(self._preview_context)
        self.marks = Marks()
        self._arrange()
        self._connect()
        self.set_theme(theme)
        room = parent.size() - QSize(40, 40) if parent else QSize(1180, 760)
        self.resize(QSize(1180, 760).boundedTo(room).expandedTo(QSize(940, 600)))
        self.tree.setFocus()

    # -- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        right = QSplitter(Qt.Orientation.Vertical)
        upper = QSplitter(Qt.Orientation.Horizontal)
        for pane, stretch in ((self.sheet, 3), (self.preview, 2)):
            upper.addWidget(pane)
            upper.setStretchFactor(upper.count() - 1, stretch)
        upper.setSizes([500, 370])
        right.addWidget(upper)
        right.addWidget(self.marks)
        right.setStretchFactor(0, 1)
        right.setSizes([560, 150])
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self._build_left())
        across.addWidget(right)
        across.setStretchFactor(1, 1)
        across.setSizes([272, 900])
        for splitter in (right, upper, across):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        column.addWidget(_line())
        column.addWidget(across, 1)
        column.addWidget(_line())
        column.addWidget(self._build_foot())

    def _build_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        self._title, self._meta = _plain("title"), _plain("meta")
        self._undo = KeyButton("Undo", ("Ctrl", "Z"))
        self._redo = KeyButton("Redo", ("Ctrl", "Y"))
        self._import = QPushButton("Import…")
        self._export = QPushButton("Export…")
        row.addWidget(self._title)
        row.addWidget(self._meta, 1)
        for button in (self._undo, self._redo, self._import, self._export):
            row.addWidget(button)
        for plain in (self._import, self._export):
            plain.setAutoDefault(False)
        self._import.setAccessibleName("Import a codebook")
        self._export.setAccessibleName("Export the codebook")
        return head

    def _build_left(self) -> QWidget:
        left = QWidget()
        left.setMinimumWidth(232)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 6, 0, 8)
        column.setSpacing(8)
        column.addWidget(self.tree, 1)
        self._add = KeyButton("Add", ("Ins",))
        self._remove = KeyButton("Remove", ("Del",))
        self._up = KeyButton("Up", ("Alt", "↑"))
        self._down = KeyButton("Down", ("Alt", "↓"))
        self._merge = KeyButton("Merge…", ("Ctrl", "M"))
        self._inside = KeyButton("Other…", ("⇧", "Ins"))
        grid = QGridLayout()
        grid.setContentsMargins(12, 0, 12, 0)
        grid.setSpacing(6)
        grid.addWidget(self._add, 0, 0, 1, 2)
        pairs = (self._inside, self._remove, self._up, self._down)
        for n, button in enumerate(pairs):
            grid.addWidget(button, 1 + n // 2, n % 2)
        grid.addWidget(self._merge, 3, 0, 1, 2)
        self._inside.setAccessibleName("Add something here")
        column.addLayout(grid)
        return left

    def _build_foot(self) -> QWidget:
        foot = QWidget()
        foot.setFixedHeight(30)
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 0, 12, 0)
        self._said = _plain("meta")
        row.addWidget(self._said, 1)
        keys = _plain("meta")
        keys.setText("Enter: fields · Esc: back to the tree, close · every step is written at once")
        row.addWidget(keys)
        return foot

    def _connect(self) -> None:
        self.tree.chosen.connect(self._chosen)
        self.tree.addition_wanted.connect(self._add_one)
        self.tree.choice_wanted.connect(self._offer_additions)
        self.tree.removal_wanted.connect(self._take_away)
        self.tree.move_wanted.connect(self._move)
        self.tree.merge_wanted.connect(self._offer_merge)
        self.tree.fields_wanted.connect(self.sheet.focus_first)
        self.sheet.edited.connect(self._edited)
        self.sheet.tree_wanted.connect(self.tree.setFocus)
        self.marks.mark_requested.connect(self.mark_requested)
        self._add.clicked.connect(self._add_one)
        self._inside.clicked.connect(self._offer_additions)
        self._remove.clicked.connect(self._take_away)
        self._merge.clicked.connect(self._offer_merge)
        self._up.clicked.connect(partial(self._move, -1))
        self._down.clicked.connect(partial(self._move, +1))
        self._undo.clicked.connect(self.undo)
        self._redo.clicked.connect(self.redo)
        self._import.clicked.connect(self._ask_import)
        self._export.clicked.connect(self._ask_export)
        self._later.timeout.connect(self._look_up)
        self._session.changed.connect(self._changed)
        self._session.refused.connect(self._refused)
        self._session.failed.connect(self._refused)
        self._session.progressed.connect(self._show_progress)
        for keys, run in (
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+Z", self.redo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    # -- showing ----------------------------------------------------------------------------------

    @property
    def codebook(self) -> Codebook:
        """The codebook as it is now."""
        return self._session.workspace.codebook

    @property
    def address(self) -> Address:
        """The entry that is shown; of a heading, what holds it."""
        node = self.tree.node()
        return node.address if node else ()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        for context in (self._form_context, self._preview_context):
            context.theme = theme
        for button in self.findChildren(KeyButton):
            button.set_theme(theme)
        self.tree.set_theme(theme)
        self.marks.set_theme(theme)
        self.sheet.set_theme()
        self.preview.set_theme()
        self.update()

    def choose(self, address: Address) -> None:
        """Show the entry at an address."""
        self.tree.choose((address, ""))

    def _load(self, address: Address | None = None) -> None:
        codebook, workspace = self.codebook, self._session.workspace
        self._form_context.codebook = codebook
        self._title.setText(f"Codebook “{codebook.label}”")
        self._meta.setText(f"{workspace.project.name} · revision {codebook.revision}")
        self.tree.load(codebook, (address, "") if address else None)
        self._show()
        self._show_history()

    def _chosen(self, _node: Node) -> None:
        self.sheet.flush()
        self._show()

    def _show(self) -> None:
        node = self.tree.node()
        if node is None:
            return
        read_only = self._session.workspace.read_only
        used = not node.is_heading and is_used(self._session.workspace, node.address)
        self.sheet.show_entry(self.codebook, node.address, used=used)
        self.sheet.set_read_only(read_only)
        entry = node.entry is not None
        can_archive = hasattr(node.entry, "archived")
        words = "Archive" if used and can_archive and not node.is_archived else "Remove"
        self._remove.set_words("Bring back" if used and node.is_archived else words)
        merges = entry and node.collection in ("types", "options")
        around = siblings(self.codebook, node.address) if entry else ()
        for button, can in (
            (self._add, True),
            (self._inside, True),
            (self._remove, entry),
            (self._up, len(around) > 1),
            (self._down, len(around) > 1),
            (self._merge, merges and len(around) > 1),
            (self._import, True),
        ):
            button.setEnabled(can and not read_only)
        self._add.set_words(f"Add {WORDS[node.collection]}")
        self._later.start()

    def _look_up(self) -> None:
        """Show the form and the marks of the entry."""
        node = self.tree.node()
        if node is None:
            return
        found = NOTHING
        if not node.is_heading:
            found = touched(self._session.workspace, node.address)
        self.marks.show_marks(found, self.codebook)
        span_type = self._type_shown(node)
        profile = node.address[1] if node.address[:1] == ("profiles",) else self._profile
        if span_type is not None:
            field = _field_in_form(node.address)
            self.preview.show_type(self.codebook, span_type, profile, field=field)

    def _type_shown(self, node: Node) -> SpanType | None:
        codebook = self.codebook
        if node.address[:1] == ("records",):
            kinds = (t for t in codebook.types if t.record_kind == node.address[1])
            return next(kinds, codebook.types[0])
        found = type_of(codebook, node.address) if node.address else None
        return found or next((t for t in codebook.types if not t.archived), None)

    def _show_history(self) -> None:
        workspace = self._session.workspace
        for button, title, word in (
            (self._undo, workspace.undo_title(None), "Undo"),
            (self._redo, workspace.redo_title(None), "Redo"),
        ):
            is_ours = (title or "").startswith(PREFIX) and not workspace.read_only
            button.setEnabled(is_ours)
            what = (title or "").removeprefix(PREFIX) if is_ours else "nothing"
            button.setToolTip(f"{word} {what}")
            button.setAccessibleDescription(what)

    def _changed(self, change: Change) -> None:
        if change.codebook is not None and self.isVisible():
            wanted, self._wanted = self._wanted, None
            self._load(wanted)

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setAccessibleName(sentence)

    def _show_progress(self, done: int, total: int) -> None:
        self._say(f"{done:,} of {total:,} written")
        self._said.repaint()

    def _refused(self, sentence: str) -> None:
        self._refusal = sentence
        self._say(sentence)

    # -- changing ---------------------------------------------------------------------------------

    def _run(self, make: Callable[[], Revision], *, stay: bool = False, same: bool = False) -> str:
        """Write a step; return why not, or the empty string.

        `stay` chooses no other entry; `same`: it is about the entry shown, whatever its name is.
        """
        try:
            revision = make()
        except Refused as refused:
            self._say(str(refused))
            return str(refused)
        self._refusal, self._wanted = "", None if stay else revision.address
        if same:
            self.sheet.retarget(revision.address)
        command, title = revision.command, revision.title
        if self._session.do_in_project(command, title, revision.merge_key) is None:
            self._wanted = None
            return self._refusal or "This was not written."
        self._say(_told(title))
        return ""

    def _edited(self, address: Address, field: str, value: object, part: str) -> None:
        stay = address != self.address  # it was being typed while another entry was chosen
        refusal = ""
        if field == "key":
            key = str(value)
            refusal = key_taken(self.codebook, address, key) or self._command_of(address, key)
        if not refusal:
            refusal = self._run(
                lambda: self._edit(address, field, value, part), stay=stay, same=not stay
            )
        if refusal:
            self.sheet.refuse(refusal)

    def _edit(self, address: Address, field: str, value: object, part: str) -> Revision:
        if part:
            names = value if isinstance(value, tuple) else ()
            return show_fields(self.codebook, address, part, names)
        follow = field == "label" and not is_used(self._session.workspace, address)
        return edit(self.codebook, address, field, value, follow=follow)

    def _command_of(self, address: Address, key: str) -> str:
        """Return, as a sentence, which command of the text has a key; empty where none has it."""
        if not key:
            return ""
        is_type = isinstance(find(self.codebook, address), SpanType)
        ways = (key, f"Shift+{key}", f"Alt+{key}") if is_type else (key, f"Shift+{key}")
        for action in ACTIONS:
            for way in ways:
                if way in self._keymap.keys(action.id):
                    return f"{way} is “{action.told}” already."
        return ""

    def _add_one(self) -> None:
        node = self.tree.node()
        if node is not None:
            self._add_at(*addable(self.codebook, node)[0])

    def _add_at(self, parent: Address, collection: Collection) -> None:
        self.sheet.flush()
        if not self._run(lambda: add(self.codebook, parent, collection)):
            self.sheet.focus_first()

    def _offer_additions(self) -> None:
        node = self.tree.node()
        if node is None:
            return
        entries = []
        for parent, collection in addable(self.codebook, node):
            holder = find(self.codebook, parent)
            within = "" if isinstance(holder, Codebook) else f" to “{label_of(holder)}”"
            label = f"{WORDS[collection].capitalize()}{within}"
            entries.append((label, partial(self._add_at, parent, collection)))
        self._pop_up(entries)

    def _take_away(self) -> None:
        node = self.tree.node()
        if node is None or node.entry is None:
            return
        self.sheet.flush()
        address = node.address
        if is_used(self._session.workspace, address) and hasattr(node.entry, "archived"):
            self._run(lambda: archive(self.codebook, address, archived=not node.is_archived))
        else:
            self._run(lambda: remove(self.codebook, address))

    def _move(self, step: int) -> None:
        node = self.tree.node()
        if node is not None and node.entry is not None:
            self.sheet.flush()
            self._run(lambda: move(self.codebook, node.address, step))

    def _offer_merge(self) -> None:
        node = self.tree.node()
        if node is None or node.collection not in ("types", "options") or node.entry is None:
            return
        others = [p for p in siblings(self.codebook, node.address) if p is not node.entry]
        self._pop_up(
            [
                (f"Into “{label_of(p)}”", partial(self.merge, node.address, key_of(p)))
                for p in others
                if not getattr(p, "archived", False)
            ]
        )

    def merge(self, address: Address, into: str) -> None:
        """Merge a value or a type into another one, with all marks that have it, after a backup."""
        self.sheet.flush()
        self._session.before_much(lambda: self._merge_now(address, into))

    def _merge_now(self, address: Address, into: str) -> None:
        try:
            made = merge(self._session.workspace, address, into)
        except Refused as refused:
            self._say(str(refused))
            return
        self._wanted = made.address
        if self._session.do_in_project(made.command, made.title) is not None:
            self._say(f"{_told(made.title)} {_many(made.count)} changed.")

    def undo(self) -> None:
        """Take back the last step of the codebook."""
        self._go(self._undo, self._session.undo_in_project, "Undone")

    def redo(self) -> None:
        """Do the step taken back last once more."""
        self._go(self._redo, self._session.redo_in_project, "Done again")

    def _go(self, button: KeyButton, run: Callable[[], Change | None], word: str) -> None:
        self.sheet.flush()
        self._show_history()
        if not button.isEnabled():
            self._say("There is nothing of the codebook to undo." if button is self._undo else "")
        elif (change := run()) is not None:
            self._say(f"{word}: {change.title.removeprefix(PREFIX)}.")

    def _pop_up(self, entries: Sequence[tuple[str, Callable[[], object]]]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for label, run in entries:
            action = menu.addAction(label.replace("&", "&&"))
            action.triggered.connect(lambda _=False, run=run: run())
        if entries:
            menu.setActiveAction(menu.actions()[0])
            rect = self.tree.visualRect(self.tree.currentIndex())
            menu.popup(self.tree.viewport().mapToGlobal(rect.bottomLeft() + QPoint(24, 2)))

    # -- files ------------------------------------------------------------------------------------

    def _ask_import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Import a codebook", "", f"{_KINDS};;All (*)")
        if path:
            self.take_over(Path(path))

    def _ask_export(self) -> None:
        start = f"{self.codebook.name}.yaml"
        path, _ = QFileDialog.getSaveFileName(self, "Export the codebook", start, _KINDS)
        if path:
            self.write_to(Path(path))

    def take_over(self, path: Path) -> None:
        """Take over a codebook file as the next revision."""
        from app.model.codebook_file import read_codebook

        self.sheet.flush()
        try:
            other = read_codebook(path)
        except (Refused, KnownError) as error:
            self._say(" ".join(str(error).split()))
            return
        self._run(lambda: replaced(self.codebook, other))

    def write_to(self, path: Path) -> None:
        """Write the codebook to a file that can be imported elsewhere."""
        from app.workspace.codebook_files import write_codebook

        self.sheet.flush()
        try:
            write_codebook(path, self.codebook)
        except KnownError as error:
            self._say(str(error))
        else:
            self._say(f"The codebook is in {path.name}.")

    # -- ending -----------------------------------------------------------------------------------

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._load()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Look nothing up any longer: the project may be closed next."""
        self._later.stop()
        super().hideEvent(event)

    @override
    def focusNextPrevChild(self, forwards: bool) -> bool:
        return go(self, [self], forwards=forwards) or super().focusNextPrevChild(forwards)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.sheet.flush()
        super().closeEvent(event)

    @override
    def reject(self) -> None:
        self.sheet.flush()
        super().reject()


def _field_in_form(address: Address) -> str:
    """Return the name by which a form knows what is shown: a field, a field of words, a link."""
    match address:
        case ("types", _, "attributes" | "evidence", name, *_):
            return name
        case ("roles", name, *_):
            return name.rpartition(".")[2]
        case _:
            return ""


def _told(title: str) -> str:
    words = title.removeprefix(PREFIX)
    return f"Written: {words}."


def _many(count: int) -> str:
    return "1 mark or entry was" if count == 1 else f"{count:,} marks or entries were"


def _plain(look: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("class", look)
    return label


def _line() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    line.setProperty("class", "rule")
    return line
