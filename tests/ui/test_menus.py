"""The menu bar is a view of the table of commands."""

from collections import Counter

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar
from pytestqt.qtbot import QtBot

from app.model.codebook import Codebook
from app.ui.actions import ACTIONS, MENUS, SUBMENUS, Need
from app.ui.keymap import Keymap, is_single
from app.ui.menus import Menus

EVERYTHING: set[Need] = {"project", "article", "mark", "writable", "comparing"}


class Stand:
    """A menu bar, and what was asked for through it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bar = QMenuBar()
        self.parent = QObject()
        qtbot.addWidget(self.bar)
        self.ran: list[str] = []
        self.chosen: list[tuple[str, str]] = []
        run = {a.id: self._runner(a.id) for a in ACTIONS if a.id not in SUBMENUS}
        self.keymap = Keymap()
        self.menus = Menus(
            self.bar,
            run,
            choose=lambda *what: self.chosen.append(what),
            keymap=self.keymap,
            parent=self.parent,
        )

    def _runner(self, action_id: str) -> "Runner":
        return Runner(self.ran, action_id)

    def menu(self, title: str) -> QMenu:
        for action in self.bar.actions():
            menu = action.menu()
            if isinstance(menu, QMenu) and menu.title().replace("&", "") == title:
                return menu
        raise KeyError(title)

    def submenu(self, menu: str, title: str) -> QMenu:
        for action in self.menu(menu).actions():
            found = action.menu()
            if isinstance(found, QMenu) and found.title() == title:
                return found
        raise KeyError(title)


class Runner:
    def __init__(self, ran: list[str], name: str) -> None:
        self._ran, self._name = ran, name

    def __call__(self) -> None:
        self._ran.append(self._name)


@pytest.fixture
def stand(qtbot: QtBot) -> Stand:
    return Stand(qtbot)


def entries(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if not action.isSeparator()]


def test_every_command_stands_in_its_menu_and_runs(stand: Stand) -> None:
    stand.menus.enable(EVERYTHING)
    for entry in ACTIONS:
        if entry.id in SUBMENUS:
            assert stand.submenu(entry.menu, entry.title).title() == entry.title
        else:
            action = stand.menus.action(entry.id)
            assert not entry.menu or action in stand.menu(entry.menu).actions()
            action.trigger()
    assert stand.ran == [a.id for a in ACTIONS if a.id not in SUBMENUS]


def test_every_menu_opens_by_alt_and_a_letter_of_its_own(stand: Stand) -> None:
    titles = [action.text() for action in stand.bar.actions()]
    assert [title.replace("&", "") for title in titles] == list(MENUS)
    letters = [title[title.index("&") + 1] for title in titles]
    assert len(set(letters)) == len(letters)


def test_no_key_means_two_things() -> None:
    """Two commands on one key run neither of them: Qt calls that ambiguous."""
    everywhere = [
        QKeySequence(key).toString()
        for a in ACTIONS
        for key in a.keys
        if a.scope == "window" and not is_single(key)
    ]
    assert max(Counter(everywhere).values()) == 1
    in_the_text = [
        key for a in ACTIONS if a.scope != "compare" for key in (*a.keys, *a.article_keys)
    ]
    assert max(Counter(in_the_text).values()) == 1
    comparing = [key for a in ACTIONS if a.scope == "compare" for key in a.keys]
    assert max(Counter(comparing + everywhere).values()) == 1


def test_keys_of_the_text_are_printed_but_are_no_shortcuts(stand: Stand) -> None:
    for entry in ACTIONS:
        if entry.id in SUBMENUS:
            continue
        action = stand.menus.action(entry.id)
        if entry.scope == "window":
            shortcuts = [QKeySequence(key) for key in entry.keys if not is_single(key)]
            assert action.shortcuts() == shortcuts
        else:
            assert action.shortcuts() == []
            assert not entry.keys or action.text().endswith(f"\t{entry.keys[0]}")


def test_menus_follow_the_keymap(stand: Stand) -> None:
    stand.keymap.assign("import", ("Ctrl+Shift+I",))
    stand.keymap.assign("comment", ("Y",))
    assert stand.menus.action("import").shortcuts() == [QKeySequence("Ctrl+Shift+I")]
    assert stand.menus.action("comment").text() == "Comment\tY"


@pytest.mark.parametrize(
    ("present", "enabled", "disabled"),
    [
        ({"writable"}, {"new", "open", "import", "quit"}, {"export", "undo", "done", "search"}),
        ({"project"}, {"export", "search", "next"}, {"import", "undo", "done", "delete"}),
        ({"project", "article"}, {"copy", "next"}, {"edit", "done", "comment"}),
        ({"project", "article", "writable"}, {"done", "flag", "import"}, {"delete", "comment"}),
        (EVERYTHING, {"delete", "comment", "edit"}, set()),
    ],
)
def test_what_is_not_there_disables(
    stand: Stand, present: set[Need], enabled: set[str], disabled: set[str]
) -> None:
    stand.menus.enable(present)
    for name in enabled:
        assert stand.menus.action(name).isEnabled(), name
    for name in disabled:
        assert not stand.menus.action(name).isEnabled(), name
    assert stand.submenu("Annotate", "Tag as").isEnabled() == ({"article", "writable"} <= present)


def test_undo_says_what_it_takes_back(stand: Stand) -> None:
    stand.menus.enable(EVERYTHING)
    stand.menus.name_history("tag actor “R&D”", None)
    undo, redo = stand.menus.action("undo"), stand.menus.action("redo")
    assert undo.text() == "Undo tag actor “R&&D”"  # no letter of it is a key of the menu
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)
    assert undo.shortcuts() == [QKeySequence("Ctrl+Z")]
    stand.menus.name_history(None, "mark done")
    assert (undo.text(), redo.text()) == ("Undo", "Redo mark done")
    assert (undo.isEnabled(), redo.isEnabled()) == (False, True)


def test_one_look_is_checked(stand: Stand) -> None:
    looks = [stand.menus.action(f"look-{name}") for name in ("system", "light", "dark")]
    stand.menus.check("look-dark")
    assert [look.isChecked() for look in looks] == [False, False, True]
    stand.menus.check("look-system")
    assert [look.isChecked() for look in looks] == [True, False, False]


def test_the_codebook_fills_the_submenus(stand: Stand, press: Codebook) -> None:
    stand.menus.enable(EVERYTHING)
    stand.menus.fill(press, "discourse", "statement")
    tag = entries(stand.submenu("Annotate", "Tag as"))
    assert [a.text() for a in tag] == ["Actor\t1", "Event\t2", "Number\t3", "Statement\t4"]
    tag[2].trigger()
    entries(stand.submenu("Annotate", "Change type to"))[0].trigger()
    entries(stand.submenu("Annotate", "Link"))[0].trigger()
    fields = entries(stand.submenu("View", "Fields shown"))
    assert [a.isChecked() for a in fields] == [p.name == "discourse" for p in press.profiles]
    fields[0].trigger()
    assert stand.chosen == [
        ("tag", "number"),
        ("retype", "actor"),
        ("role", "speaker"),
        ("profile", press.profiles[0].name),
    ]
    stand.menus.fill(press, "discourse", None)
    assert entries(stand.submenu("Annotate", "Link")) == []
