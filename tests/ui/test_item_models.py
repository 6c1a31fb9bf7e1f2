"""Every item model of the program keeps the rules of Qt, as it stands in the windows."""

import inspect
import pkgutil
from importlib import import_module

from PySide6.QtCore import QAbstractItemModel, QAbstractProxyModel
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit

import app.ui
from app.ui.main_window import MainWindow


def every_model() -> set[str]:
    """Return the names of all item models of the program that are used as they are."""
    kinds: set[type[QAbstractItemModel]] = set()
    for module in pkgutil.walk_packages(app.ui.__path__, "app.ui."):
        for _, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(kind, QAbstractItemModel) and kind.__module__ == module.name:
                kinds.add(kind)
    return {kind.__name__ for kind in kinds if not kinds & set(kind.__subclasses__())}


def open_all(window: MainWindow) -> None:
    """Open whatever has a list, one after the other."""
    desk = window.bench.desk
    for view in ("compare", "dataset", "annotate"):
        window.bench.show_view(view)
    desk.search_all("marks")
    desk.view.select(next(m.id for m in desk.view.marks_shown() if m.type == "statement"))
    QApplication.processEvents()
    desk.focus_role("speaker")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "p")
    for action in ("palette", "history", "codebook", "import"):
        window.bench._run(action)


def watch(found: set[QAbstractItemModel]) -> None:
    """Let a tester watch each model of a list that is there; each once."""
    for view in (w for w in QApplication.allWidgets() if isinstance(w, QAbstractItemView)):
        model: QAbstractItemModel | None = view.model()
        while model is not None and model not in found:
            found.add(model)
            if type(model).__module__.startswith("app.ui"):
                QAbstractItemModelTester(model, model)
            model = model.sourceModel() if isinstance(model, QAbstractProxyModel) else None


def test_every_item_model_keeps_the_rules_of_qt(on_sample: MainWindow) -> None:
    """What a tester finds is a warning of Qt, and a warning of Qt fails a test."""
    desk = on_sample.bench.desk
    open_all(on_sample)
    QApplication.processEvents()
    watched: set[QAbstractItemModel] = set()
    watch(watched)
    assert every_model() - {type(model).__name__ for model in watched} == set()
    marks = desk.view.marks_shown()
    desk.view.select(next(mark.id for mark in marks if mark.type == "actor"))
    desk.retype_selected("event")
    desk.delete(desk.view.selected_id())
    QApplication.processEvents()
    assert len(desk.view.marks_shown()) == len(marks) - 1
    desk.undo()
    QApplication.processEvents()
    assert len(desk.view.marks_shown()) == len(marks)
