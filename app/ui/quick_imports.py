"""Keeps PySide from reading the source of every module that is imported, a tenth of the start."""

import sys

import PySide6.QtCore  # noqa: F401 - what installs the search


def skip_feature_search() -> None:
    """Tell PySide that all modules are plain ones.

    It looks in their source for its own name, to know whether one may use `from __feature__ import
    …`; nobody does here. There is no public switch; without this private name all works as well.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = lambda _module: True
