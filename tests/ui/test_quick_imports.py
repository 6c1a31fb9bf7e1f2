"""The start does not read the sources of all modules, and works where PySide has no such search."""

import sys
from types import ModuleType

import pytest

from app.ui.quick_imports import skip_feature_search


def test_the_search_is_there_to_be_skipped() -> None:
    """Where PySide renames it, the start is slower again: look what it is called now."""
    assert hasattr(sys.modules["shibokensupport.feature"], "_mod_uses_pyside")


def test_without_it_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    other = ModuleType("shibokensupport.feature")
    monkeypatch.setitem(sys.modules, "shibokensupport.feature", other)
    skip_feature_search()
    assert not hasattr(other, "_mod_uses_pyside")
    other._mod_uses_pyside = None  # type: ignore[attr-defined]
    skip_feature_search()
    assert other._mod_uses_pyside(sys) is True
