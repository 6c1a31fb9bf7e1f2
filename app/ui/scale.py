"""The size of everything: Qt takes it from the environment when it starts, so the program does too.

Every pixel of the design is multiplied, also of what is painted by hand; fonts, heights, icons and
targets keep their proportions. Another size takes another process (`restart`).
"""

import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import QProcess

from app.ui.settings import Settings

_FACTOR = "QT_SCALE_FACTOR"
_OURS = "PRESSMARK_SCALED"
"""Set where the factor is ours, so that a process started by us takes the newest one."""


def scale(settings: Settings) -> None:
    """Set the size before Qt starts, unless somebody set a factor of their own."""
    if _FACTOR in os.environ and _OURS not in os.environ:
        return
    if settings.interface == 100:  # noqa: PLR2004 - per cent
        os.environ.pop(_FACTOR, None)
        return
    os.environ[_FACTOR] = str(settings.interface / 100)
    os.environ[_OURS] = "1"


def command(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return the program and the arguments that start it as this process was started."""
    if getattr(sys, "frozen", False):
        return sys.executable, list(arguments)
    return sys.executable, ["-m", "app", *arguments]


def restart(arguments: Sequence[str]) -> None:
    """Start the program again in a process of its own."""
    QProcess.startDetached(*command(arguments))
