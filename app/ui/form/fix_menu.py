"""The menu of quick fixes of a finding."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.model.checks import Finding
from app.ui.form.context import FormContext
from app.workspace.fixes import Fix, fixes


def fixes_of(context: FormContext, findings: Iterable[Finding]) -> tuple[Fix, ...]:
    """Return what mends some findings, in their order."""
    contents, codebook = context.contents, context.codebook
    if contents is None or codebook is None or context.read_only:
        return ()
    return tuple(fix for one in findings for fix in fixes(contents, codebook, one))


def show_fixes(
    parent: QWidget, offered: Sequence[Fix], where: QPoint, take: Callable[[Fix], object]
) -> bool:
    """Open a menu of fixes at a place of the screen; tell whether there is anything in it."""
    if not offered:
        return False
    menu = QMenu(parent)
    menu.setAccessibleName("Quick fixes")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for fix in offered:
        action = menu.addAction(fix.label.replace("&", "&&"))
        action.triggered.connect(lambda _=False, fix=fix: take(fix))
    menu.popup(where)
    menu.setActiveAction(menu.actions()[0])
    return True
