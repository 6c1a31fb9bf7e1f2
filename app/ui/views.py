"""The views of a project beside the desk: each made when it is first asked for, and then kept."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.session import Session
from app.ui.theme import Theme


class View(QWidget):
    """What every view can do, whatever it shows."""

    message = Signal(str)
    """A sentence for the status bar, which is said aloud as well."""
    current_changed = Signal()
    """Something else is current in it: its figures, and what can be done, may differ."""

    def show_session(self, session: Session | None) -> None:
        """Show another project, or none."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        raise NotImplementedError

    def cycle_pane(self, step: int) -> None:
        """Bring the keys to the next part of it, or back."""
        raise NotImplementedError

    def figures(self) -> str:
        """Return what the status bar says about it."""
        raise NotImplementedError


class Views:
    """Which view is shown in a stack whose first home is the desk, `annotate`."""

    def __init__(
        self, stack: QStackedWidget, desk: QWidget, make: Mapping[str, Callable[[], View]]
    ) -> None:
        self._stack, self._desk, self._make = stack, desk, make
        self._made: dict[str, View] = {}

    @property
    def current(self) -> str:
        """The name of the view that is shown; `annotate` where it is none of those made here."""
        shown = self._stack.currentWidget()
        return next((name for name, one in self._made.items() if one is shown), "annotate")

    @property
    def shown(self) -> View | None:
        """The view beside the desk that is shown, if one is."""
        return self._made.get(self.current)

    def show(self, name: str) -> None:
        """Show a view."""
        if name in self._make and name not in self._made:
            self._made[name] = made = self._make[name]()
            self._stack.addWidget(made)
        self._stack.setCurrentWidget(self._made.get(name, self._desk))

    def made(self, name: str) -> View | None:
        """Return a view, where somebody has asked for it before."""
        return self._made.get(name)

    def __iter__(self) -> Iterator[View]:
        return iter(self._made.values())
