"""Builds the menu bar and the shortcuts from the table of commands."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from app.model.codebook import Codebook
from app.ui.actions import ACTIONS, MENUS, SUBMENUS, Action, Need
from app.ui.keymap import Keymap

Choose = Callable[[str, str], None]
"""Called with the id of a submenu and the name that was chosen in it."""


class Menus(QObject):
    """The menus of one window. `run` maps the id of every command to what it does.

    Commands that stand in no menu are there for the palette all the same: `action` returns them.
    """

    def __init__(
        self,
        bar: QMenuBar,
        run: Mapping[str, Callable[[], object]],
        *,
        choose: Choose,
        keymap: Keymap,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._choose = choose
        self._keymap = keymap
        self._actions: dict[str, QAction] = {}
        self._submenus: dict[str, QMenu] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._items: dict[str, list[tuple[str, str, str]]] = {}
        menus = {title: bar.addMenu(f"&{title}") for title in MENUS}
        for entry in ACTIONS:
            menu = menus.get(entry.menu)
            if menu is not None and entry.separator:
                menu.addSeparator()
            if menu is not None and entry.id in SUBMENUS:
                self._submenus[entry.id] = menu.addMenu(entry.title)
            elif entry.id not in SUBMENUS:
                self._add(menu, entry, run[entry.id])
        self._show_keys()
        keymap.changed.connect(self._show_keys)

    def action(self, action_id: str) -> QAction:
        """Return the Qt action of a command."""
        return self._actions[action_id]

    def check(self, action_id: str, *, on: bool = True) -> None:
        """Show which of the actions of a choice is the present one, or that a switch is on."""
        self._actions[action_id].setChecked(on)

    def enable(self, present: set[Need]) -> None:
        """Enable the commands whose needs are all present."""
        for entry in ACTIONS:
            enabled = present.issuperset(entry.needs)
            if entry.id in SUBMENUS:
                self._submenus[entry.id].setEnabled(enabled)
            else:
                self._actions[entry.id].setEnabled(enabled)

    def name_history(self, undo: str | None, redo: str | None, *, of: str = "") -> None:
        """Say in the Edit menu what undo and redo would do; `of` the article or `-project`."""
        for action_id, verb, title in (("undo", "Undo", undo), ("redo", "Redo", redo)):
            action = self._actions[f"{action_id}{of}"]
            otherwise = f"{verb} in the project" if of else verb
            action.setText(_escaped(f"{verb} {title}" if title else otherwise))
            action.setEnabled(title is not None)

    def fill(self, codebook: Codebook, profile: str, span_type: str | None) -> None:
        """Fill the submenus from the codebook; roles are those of the selected mark's type."""
        live = [t for t in codebook.types if not t.archived]
        self._fill("tag", [(t.name, t.label, t.key) for t in live])
        self._fill("repeat", [(t.name, t.label, f"Alt+{t.key}" if t.key else "") for t in live])
        self._fill("retype", [(t.name, t.label, f"Shift+{t.key}" if t.key else "") for t in live])
        roles = codebook.roles_of(span_type) if span_type else ()
        self._fill("role", [(r.name, r.label, r.key) for r in roles])
        self._fill("profile", [(p.name, p.label, "") for p in codebook.profiles], checked=profile)

    def fill_filters(self, names: Iterable[str]) -> None:
        """Fill the submenu of saved filters; without any it is disabled."""
        items = [(name, name, "") for name in names]
        self._fill("saved-filter", items)
        self._submenus["saved-filter"].setEnabled(bool(items))

    def choices(self) -> list[tuple[str, str, str, str, str]]:
        """Return what the submenus hold: (submenu, its title, name, label, key), if enabled."""
        titles = {entry.id: entry.title for entry in ACTIONS}
        return [
            (submenu, titles[submenu], *item)
            for submenu, items in self._items.items()
            if self._submenus[submenu].isEnabled()
            for item in items
        ]

    def _fill(
        self, name: str, items: list[tuple[str, str, str]], checked: str | None = None
    ) -> None:
        menu = self._submenus[name]
        menu.clear()
        self._items[name] = items
        for value, label, key in items:
            action = menu.addAction(_printed(label, key))
            action.triggered.connect(lambda _=False, value=value: self._choose(name, value))
            if checked is not None:
                action.setCheckable(True)
                action.setChecked(value == checked)

    def _add(self, menu: QMenu | None, entry: Action, run: Callable[[], object]) -> None:
        action = QAction(entry.title, self)
        if menu is not None:
            menu.addAction(action)
        if entry.choice:
            group = self._groups.setdefault(entry.choice, QActionGroup(self))
            action.setCheckable(True)
            group.addAction(action)
        if entry.switch:
            action.setCheckable(True)
        if entry.id == "quit":
            action.setMenuRole(QAction.MenuRole.QuitRole)
        action.triggered.connect(lambda _=False: run())
        self._actions[entry.id] = action

    def _show_keys(self) -> None:
        """Give the commands their keys; those of the text are only printed."""
        for entry in ACTIONS:
            if entry.id in SUBMENUS:
                continue
            action, keys = self._actions[entry.id], self._keymap.keys(entry.id)
            if entry.scope == "window":
                own = self._keymap.window_keys(entry.id)
                action.setShortcuts([QKeySequence(key) for key in own])
            else:
                action.setText(_printed(entry.title, keys[0] if keys else ""))


def _printed(label: str, key: str) -> str:
    """Return a menu text that prints a key without registering it as a shortcut."""
    return f"{_escaped(label)}\t{key}" if key else _escaped(label)


def _escaped(label: str) -> str:
    """Return a menu text in which no & makes a letter the key of the entry."""
    return label.replace("&", "&&")
