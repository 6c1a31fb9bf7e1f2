"""Says to assistive technology what happened, as the status bar says it to the eye."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_MERGED_MS = 300

_DONE = {
    "accept": "Accepted",
    "add": "Added",
    "bookmark": "Bookmarked",
    "change": "Changed",
    "clear": "Cleared",
    "comment": "Commented",
    "edit": "Edited",
    "finish": "Finished",
    "flag": "Flagged",
    "link": "Linked",
    "mark": "Marked",
    "reject": "Rejected",
    "remove": "Removed",
    "resize": "Resized",
    "set": "Set",
    "settle": "Settled",
    "tag": "Tagged",
    "take": "Took",
    "unlink": "Unlinked",
}


class Announcer(QObject):
    """Speaks for a window. What comes within 300 ms is said as one; what is urgent, at once."""

    said = Signal(str, bool)
    """Words, and whether they are urgent."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[str] = []
        self._timer = QTimer(self, singleShot=True, interval=_MERGED_MS)
        self._timer.timeout.connect(self._say_waiting)

    def say(self, words: str) -> None:
        """Say something when nothing else is being said."""
        if words and words not in self._waiting:
            self._waiting.append(words)
            self._timer.start()

    def say_now(self, words: str) -> None:
        """Say something that cannot wait: a change is not on disk."""
        self._speak(words, urgent=True)

    def _say_waiting(self) -> None:
        words, self._waiting = self._waiting, []
        self._speak(". ".join(words), urgent=False)

    def _speak(self, words: str, *, urgent: bool) -> None:
        self.said.emit(words, urgent)
        announce(self._window, words, urgent=urgent)


def announce(widget: QWidget, words: str, *, urgent: bool) -> None:
    """Tell assistive technology, where it listens; what is urgent cuts short what is being said."""
    if QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, words)
        if urgent:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)


def in_the_past(title: str) -> str:
    """Return the title of a change as what was done: “tag actor “police”” is “Tagged actor …”."""
    verb, _, rest = title.partition(" ")
    done = _DONE.get(verb)
    return f"{done} {rest}" if done else title[:1].upper() + title[1:]
