"""The sheet that makes a project from a backup: it tells what differs, and overwrites nothing."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.model.backups import Backup, Outline
from app.model.errors import KnownError, Refused
from app.model.wording import on_one_line, spoken_time
from app.ui.sheet import Primary, Rule, Sheet
from app.ui.theme import Theme
from app.workspace import backups

_SIZE = QSize(760, 460)
_ENDING = ".pressmark"
_PATH = Qt.ItemDataRole.UserRole
_ROWS = (
    ("Articles", "articles"),
    ("Marks", "annotations"),
    ("Links", "relations"),
    ("Steps of the history", "steps"),
)


class RestoreSheet(Sheet):
    """`location` is the project that was made, else empty."""

    def __init__(
        self,
        window: QWidget,
        *,
        theme: Theme,
        project: str,
        location: str,
        now: Outline | None,
    ) -> None:
        super().__init__("Restore a backup", window, theme=theme, size=_SIZE)
        self.location = ""
        self._now = now
        self._here = Path(location) if location else Path.home() / f"project{_ENDING}"
        self._values: list[tuple[QLabel, QLabel]] = []
        self.list = QListWidget()
        self.list.setAccessibleName("Backups")
        self.list.setProperty("class", "plain")
        self._told = QLabel()
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        self._told.setProperty("class", "label")
        other = QPushButton("Another file…")
        other.setAutoDefault(False)
        other.clicked.connect(self._choose_file)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.make = Primary("Restore as a new file…", theme)
        self.make.clicked.connect(self._make)
        self.foot.addWidget(other)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.make)
        self._arrange(theme)
        self.list.currentItemChanged.connect(lambda *_: self._show())
        for backup in backups.backups_of(project) if project else ():
            self._add(backup)
        if not project:  # nobody knows whose they should be: those of all are there
            for name, there in backups.all_backups():
                for backup in there:
                    self._add(backup, name)
        self.list.setCurrentRow(0)
        self._show()
        self.list.setFocus()

    def _arrange(self, theme: Theme) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(20, 16, 20, 8)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        for column, words in enumerate(("", "Now", "In the backup")):
            grid.addWidget(_label(words, "heading"), 0, column)
        for row, (words, _) in enumerate((*_ROWS, ("Last change", "")), 1):
            grid.addWidget(_label(words, "label"), row, 0)
            pair = _label("", ""), _label("", "")
            for column, label in enumerate(pair, 1):
                grid.addWidget(label, row, column)
            self._values.append(pair)
        grid.setColumnStretch(2, 1)
        right = QVBoxLayout()
        right.addLayout(grid)
        told = QHBoxLayout()
        told.setContentsMargins(20, 8, 20, 16)
        told.addWidget(self._told)
        right.addLayout(told)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(0)
        self.list.setFixedWidth(270)
        both.addWidget(self.list)
        both.addWidget(Rule(theme, upright=True))
        both.addLayout(right, 1)
        page = QWidget()
        page.setLayout(both)
        self.body.addWidget(page, 1)

    def _add(self, backup: Backup, name: str = "") -> None:
        words = spoken_time(backup.at.isoformat())
        if name:
            words = f"{on_one_line(name, 24)} · {words}"
        if not backup.is_sound:
            words += " · of a damaged project"
        item = QListWidgetItem(words[:1].upper() + words[1:])
        item.setData(_PATH, str(backup.path))
        item.setSizeHint(QSize(0, 34))
        self.list.addItem(item)

    def _chosen(self) -> str:
        item: QListWidgetItem | None = self.list.currentItem()
        return str(item.data(_PATH)) if item is not None else ""

    def _show(self) -> None:
        path = self._chosen()
        found, problem = None, "There is no backup of this project yet. Choose a file."
        if path:
            try:
                found, problem = backups.outline(path), ""
            except (Refused, KnownError) as error:
                problem = str(error)
        for (now, then), (_, name) in zip(self._values, (*_ROWS, ("", "")), strict=True):
            for label, outline in ((now, self._now), (then, found)):
                label.setText(_value(outline, name))
            differs = bool(now.text()) and now.text() != then.text()
            then.setProperty("class", "heading" if differs else "")
            then.style().polish(then)
        safe = "A new file is made; the project that is open stays as it is."
        self._told.setText(problem or safe)
        self.make.setEnabled(found is not None)

    def _choose_file(self) -> None:
        kinds = f"Pressmark projects (*{_ENDING})"
        path, _ = QFileDialog.getOpenFileName(self, "Backup", str(self._here.parent), kinds)
        if path:
            self._add(
                Backup(
                    path=Path(path),
                    at=datetime.fromtimestamp(Path(path).stat().st_mtime).astimezone(),
                )
            )
            self.list.setCurrentRow(self.list.count() - 1)

    def _make(self) -> None:
        stem = self._here.name.removesuffix(_ENDING)
        place = self._here.with_name(f"{stem} restored{_ENDING}")
        path, _ = QFileDialog.getSaveFileName(
            self,
            "Restore as a new file",
            str(place),
            f"Pressmark projects (*{_ENDING})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if not path:
            return
        out = path if path.endswith(_ENDING) else f"{path}{_ENDING}"
        try:
            backups.restore(self._chosen(), out)
        except (Refused, KnownError) as error:
            self._told.setText(str(error))
            return
        self.location = out
        self.accept()


def _value(outline: Outline | None, name: str) -> str:
    if outline is None:
        return ""
    return f"{getattr(outline, name):,}" if name else spoken_time(outline.last_change)


def _label(words: str, look: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("class", look)
    return label
