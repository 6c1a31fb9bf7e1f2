"""Colours and fonts of the design as Qt objects; `resources/tokens.json` is the source."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QStyleHints

from app.model.colour import fills_of, inks_of
from app.model.resources import resource

Mode = Literal["light", "dark"]
Family = Literal["ui", "reading", "data"]

_FAMILIES: dict[Family, list[str]] = {
    "ui": ["Inter", "Segoe UI Variable", "SF Pro", "Noto Sans", "DejaVu Sans"],
    "reading": ["Source Serif 4", "Charter", "Georgia", "Noto Serif", "DejaVu Serif"],
    "data": ["JetBrains Mono", "Consolas", "Menlo", "DejaVu Sans Mono"],
}


@cache
def _tokens() -> dict[str, dict[str, str]]:
    tokens: dict[str, dict[str, str]] = json.loads(resource("tokens.json").read_text("utf-8"))
    return tokens


@dataclass(frozen=True, slots=True)
class Theme:
    """One look of the program. Colours are named by the roles of `tokens.json`."""

    mode: Mode

    def hex(self, role: str) -> str:
        """Return a colour as `#RRGGBB`."""
        return _tokens()[self.mode][role]

    def color(self, role: str) -> QColor:
        """Return a colour."""
        return QColor(self.hex(role))

    def ink(self, span_ink: str) -> QColor:
        """Return the ink of a span type (`SpanType.ink`); grey where no ink has that name."""
        if (own := _own(span_ink, self.mode)) is not None:
            return QColor(own)
        return self.color(span_ink if self._has_ink(span_ink) else "text-3")

    def fill(self, span_ink: str, *, selected: bool = False) -> QColor:
        """Return the fill of a span type; grey where no ink has that name."""
        if (own := _own(span_ink, self.mode)) is not None:
            return QColor(fills_of(own, self.mode)[selected])
        if not self._has_ink(span_ink):
            return self.color("row-sel" if selected else "hover")
        return self.color(f"fill2-{span_ink}" if selected else f"fill-{span_ink}")

    def _has_ink(self, name: str) -> bool:
        return f"fill-{name}" in _tokens()[self.mode]

    def palette(self) -> QPalette:
        """Return the palette for Qt's own widgets."""
        palette = QPalette()
        for role, name in (
            (QPalette.ColorRole.Window, "app"),
            (QPalette.ColorRole.Base, "paper"),
            (QPalette.ColorRole.AlternateBase, "app"),
            (QPalette.ColorRole.Button, "raised"),
            (QPalette.ColorRole.ToolTipBase, "raised"),
            (QPalette.ColorRole.Text, "text"),
            (QPalette.ColorRole.WindowText, "text"),
            (QPalette.ColorRole.ButtonText, "text"),
            (QPalette.ColorRole.ToolTipText, "text"),
            (QPalette.ColorRole.PlaceholderText, "text-3"),
            (QPalette.ColorRole.Highlight, "sel-text"),
            (QPalette.ColorRole.HighlightedText, "text"),
            (QPalette.ColorRole.Accent, "accent"),
            (QPalette.ColorRole.Link, "text"),
            (QPalette.ColorRole.Mid, "line-2"),
        ):
            palette.setColor(role, self.color(name))
        for role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("line-3"))
        return palette


@cache
def _own(span_ink: str, mode: Mode) -> str | None:
    """Return the colour of an ink that is spelt out in the codebook."""
    try:
        inks = inks_of(span_ink)
    except ValueError:
        return None
    return inks and (inks.light if mode == "light" else inks.dark)


LIGHT = Theme("light")
DARK = Theme("dark")


@cache
def style_hints() -> QStyleHints:
    """Return what the desktop asks for. Kept: with it PySide would forget what hangs on it."""
    return QGuiApplication.styleHints()


def system_theme() -> Theme:
    """Return the look that the desktop asks for; light where it does not say."""
    scheme = style_hints().colorScheme()
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def load_fonts() -> None:
    """Make the fonts of the program known to Qt, once."""
    for path in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def font(family: Family, pixels: float, *, weight: int = 400, tabular: bool = False) -> QFont:
    """Return a font at a size in pixels (fractions count). `tabular` gives figures one width."""
    made = QFont(_FAMILIES[family])
    made.setPixelSize(max(1, round(pixels)))
    if pixels != round(pixels):
        made.setPointSizeF(pixels * 72 / 96)
    made.setWeight(QFont.Weight(weight))
    if family == "reading":
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made
