"""What a person set for this machine: look, zoom, panes, name, recent projects. Applied at once."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication, QStyle

from app.ui.keymap import Keymap
from app.ui.theme import DARK, LIGHT, Theme, style_hints, system_theme

_RECENT = 8
_LOOKS = {"light": LIGHT, "dark": DARK}
ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)
INTERFACE_STEPS = (100, 110, 125, 150)


class Settings:
    """A typed face over the settings file."""

    def __init__(self) -> None:
        self._store = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Pressmark", "Pressmark"
        )

    def text(self, name: str, default: str = "") -> str:
        """Return a setting as text."""
        return str(self._store.value(name, default))

    def set_text(self, name: str, value: str) -> None:
        """Keep a setting."""
        self._store.setValue(name, value)

    def numbers(self, name: str) -> list[int]:
        """Return a setting that is a row of whole numbers; empty where it is none."""
        words = self.text(name).split()
        return [int(word) for word in words] if all(map(str.isdecimal, words)) else []

    def suggests(self, suggester: str) -> bool:
        """Tell whether a suggester proposes once suggestions are shown: each does at first."""
        return self.text(f"suggest-{suggester}", "on") == "on"

    @property
    def least_score(self) -> float:
        """The score below which nothing is suggested, from 0 to 1."""
        try:
            return min(1.0, max(0.0, float(self.text("suggest-least", "0"))))
        except ValueError:
            return 0.0

    @property
    def pipelines(self) -> list[str]:
        """The suggesters that are pipelines of other programs and switched on."""
        return [name for name in self.text("pipelines").split("\t") if name]

    @pipelines.setter
    def pipelines(self, names: Sequence[str]) -> None:
        self.set_text("pipelines", "\t".join(names))

    @property
    def look(self) -> str:
        """The look that was chosen: `light`, `dark` or `system`."""
        chosen = self.text("look")
        return chosen if chosen in _LOOKS else "system"

    def theme(self) -> Theme:
        """Return the look that was chosen, or the system's."""
        return _LOOKS.get(self.look) or system_theme()

    @property
    def zoom(self) -> int:
        """Zoom of the article in per cent, 80 to 200."""
        stored = self.text("zoom", "100")
        value = int(stored) if stored.isdigit() else 100
        return min(ZOOM_STEPS, key=lambda step: abs(step - value))

    @zoom.setter
    def zoom(self, percent: int) -> None:
        self.set_text("zoom", str(percent))

    @property
    def interface(self) -> int:
        """Size of everything in per cent, 100 to 150. Qt takes it when it starts."""
        stored = self.text("interface", "100")
        value = int(stored) if stored.isdigit() else 100
        return min(INTERFACE_STEPS, key=lambda step: abs(step - value))

    @property
    def high_contrast(self) -> bool:
        """Whether marks are outlines without fills: as it was chosen, or as the system asks."""
        chosen = self.text("contrast")
        if chosen in {"on", "off"}:
            return chosen == "on"
        asked = style_hints().accessibility().contrastPreference()
        return asked == Qt.ContrastPreference.HighContrast

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing may fade: as it was chosen, or as the system's style has it."""
        chosen = self.text("still")
        if chosen in {"on", "off"}:
            return chosen == "on"
        lasting = QStyle.StyleHint.SH_Widget_Animation_Duration
        return QApplication.style().styleHint(lasting) == 0

    @property
    def folder(self) -> Path:
        """Where this computer keeps what it remembers of projects."""
        return Path(self._store.fileName()).parent / "memory"

    def keymap(self, parent: QObject | None) -> Keymap:
        """Return the keys as they were set; what is changed there is kept."""
        self._store.beginGroup("keys")
        changed = {name: _words(self._store.value(name)) for name in self._store.childKeys()}
        self._store.endGroup()
        single = self.text("single-keys", "on") != "off"
        keymap = Keymap(changed, single_keys=single, parent=parent)
        keymap.changed.connect(lambda: self._keep_keys(keymap))
        return keymap

    def _keep_keys(self, keymap: Keymap) -> None:
        self._store.remove("keys")
        for name, keys in keymap.overrides().items():
            self._store.setValue(f"keys/{name}", list(keys))
        self.set_text("single-keys", "on" if keymap.single_keys else "off")

    def state(self, name: str) -> QByteArray:
        """Return the remembered geometry of a window or splitter; empty when there is none."""
        value = self._store.value(f"state/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_state(self, name: str, value: QByteArray) -> None:
        """Remember the geometry of a window or splitter."""
        self._store.setValue(f"state/{name}", value)

    def recent(self) -> list[str]:
        """Return the projects opened lately that still exist, newest first."""
        return [path for path in self._recent() if "://" in path or Path(path).is_file()]

    def remember_project(self, location: str) -> None:
        """Put a project at the top of the recent ones."""
        others = [path for path in self._recent() if path != location]
        self._store.setValue("recent", [location, *others][:_RECENT])

    def _recent(self) -> list[str]:
        return list(_words(self._store.value("recent", [])))


def _words(value: object) -> tuple[str, ...]:
    """Return a list of the settings file, which keeps a list of one as that one."""
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(str(one) for one in value) if isinstance(value, Sequence) else ()
