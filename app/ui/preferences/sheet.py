"""The settings over the window: every one is applied at once, there is nothing to confirm."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from app.model.codebook import Codebook
from app.ui.controls import Combo
from app.ui.keymap import Keymap
from app.ui.preferences.keys_page import KeysPage
from app.ui.preferences.pipelines_page import PipelinesPage
from app.ui.settings import INTERFACE_STEPS, ZOOM_STEPS, Settings
from app.ui.sheet import Sheet
from app.ui.theme import Theme

_SIZE = QSize(760, 640)
_PIPELINES = 2
_BUILT_IN = "Source Serif 4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One setting with a few values: its name in the file, its words, value and words of each."""

    name: str
    label: str
    explanation: str
    values: tuple[tuple[str, str], ...]
    default: str


_AS_SYSTEM = (("system", "As the system"), ("on", "On"), ("off", "Off"))

CHOICES = (
    Choice(
        name="look",
        label="Look",
        explanation="Light or dark, or as the system has it.",
        values=(("system", "As the system"), ("light", "Light"), ("dark", "Dark")),
        default="system",
    ),
    Choice(
        name="zoom",
        label="Size of the text",
        explanation="Marks and column grow with it. Also Ctrl and plus or minus.",
        values=tuple((str(step), f"{step} %") for step in ZOOM_STEPS),
        default="100",
    ),
    Choice(
        name="interface",
        label="Size of everything",
        explanation="The window opens again at that size, where you are now.",
        values=tuple((str(step), f"{step} %") for step in INTERFACE_STEPS),
        default="100",
    ),
    Choice(
        name="contrast",
        label="High contrast",
        explanation="No fills; thick outlines, and letters on marks.",
        values=_AS_SYSTEM,
        default="system",
    ),
    Choice(
        name="still",
        label="Reduce motion",
        explanation="Nothing fades.",
        values=_AS_SYSTEM,
        default="system",
    ),
    Choice(
        name="drag",
        label="Dragging selects",
        explanation="Alt turns it round while dragging.",
        values=(("words", "Whole words"), ("characters", "Characters")),
        default="words",
    ),
    Choice(
        name="double-click",
        label="Double-click",
        explanation="What a double-click on words does. The type is the one used last.",
        values=(("select", "Selects, again tags"), ("tag", "Tags at once")),
        default="select",
    ),
)

LEAST = (
    ("0", "at all likely"),
    ("0.3", "as likely as 0.3"),
    ("0.5", "as likely as 0.5"),
    ("0.7", "as likely as 0.7"),
    ("0.9", "nearly sure (0.9)"),
)
"""The least score a suggestion has to have, and what it is called."""

SWITCHES = (
    ("letters", "Letters on marks", "The letter of its type before each mark."),
    (
        "suggest-actors",
        "Suggest names and people",
        "Found by rules. Nothing is suggested before View ▸ Suggestions; marked words are then.",
    ),
    (
        "suggest-learned",
        "Suggest what was learnt",
        "A model is trained after every finished article, and heard where it is good enough.",
    ),
    ("suggest-events", "Suggest events", "Words of a list that say that something happens."),
    ("suggest-numbers", "Suggest numbers", "With value, bounds, precision and unit."),
    ("suggest-statements", "Suggest statements", "With verb, content, kind and speaker."),
)
"""Settings that are on or off; suggesters are on at first, the others off."""


class Preferences(Sheet):
    """Pages: what is seen and how one selects, the keys, and pipelines of other programs."""

    changed = Signal(str)
    """The name of the setting that has another value now."""

    def __init__(
        self,
        window: QWidget,
        settings: Settings,
        keymap: Keymap,
        *,
        codebook: Codebook | None,
        theme: Theme,
        page: int = 0,
        learnt: str = "",
    ) -> None:
        self._learnt = learnt
        self._codebook = codebook
        self.types: dict[str, QCheckBox] = {}
        """By type: whether marks of it are suggested."""
        super().__init__("Settings", window, theme=theme, size=_SIZE)
        self._settings = settings
        self._keymap = keymap
        self.caption.setText("applied at once")
        self._pages = QStackedWidget()
        self._pages.addWidget(_scrolling(self._general()))
        self.keys = KeysPage(keymap, codebook, theme)
        self._pages.addWidget(self.keys)
        self.pipelines = PipelinesPage(settings, codebook)
        self.pipelines.switched.connect(lambda: self.changed.emit("pipelines"))
        self.pipelines.chosen.connect(lambda: self.changed.emit("pipeline-types"))
        self._pages.addWidget(_scrolling(self.pipelines))
        self._tabs = [self._tab("General", 0), self._tab("Keys", 1), self._tab("Pipelines", 2)]
        tabs = QHBoxLayout()
        tabs.setContentsMargins(14, 8, 14, 8)
        for tab in self._tabs:
            tabs.addWidget(tab)
        tabs.addStretch(1)
        self.body.addLayout(tabs)
        self.body.addWidget(self._pages, 1)
        reset = QPushButton("Reset everything on this page")
        reset.setAutoDefault(False)
        reset.clicked.connect(self._reset)
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        self.foot.addWidget(reset)
        self.foot.addStretch(1)
        self.foot.addWidget(close)
        self.show_page(page)

    def show_page(self, page: int) -> None:
        """Show the general settings (0), the keys (1) or the pipelines (2)."""
        self._pages.setCurrentIndex(page)
        for number, tab in enumerate(self._tabs):
            tab.setChecked(number == page)
        if page == _PIPELINES:
            next(iter(self.pipelines.boxes.values()), self.pipelines.add).setFocus()
        elif page:
            self.keys.search.setFocus()
        else:
            self._name.setFocus()

    def _tab(self, words: str, page: int) -> QPushButton:
        tab = QPushButton(words)
        tab.setCheckable(True)
        tab.setAutoDefault(False)
        tab.setFixedSize(96, 28)
        tab.setProperty("class", "tool")
        tab.clicked.connect(lambda: self.show_page(page))
        return tab

    # -- general ----------------------------------------------------------------------------------

    def _general(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(20, 12, 20, 16)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._name = QLineEdit(self._settings.text("annotator"))
        self._name.setPlaceholderText("The name of the user of this computer")
        self._name.setAccessibleName("Your name")
        self._name.editingFinished.connect(self._take_name)
        self._row(
            grid, "Your name", self._name, "Marks carry it. It counts from the next project opened."
        )
        self._combos: dict[str, QComboBox] = {}
        for choice in CHOICES:
            combo = self._combo(choice.name, choice.values, choice.default)
            self._row(grid, choice.label, combo, choice.explanation)
        fonts = [("", f"{_BUILT_IN} (built in)")]
        fonts += [(name, name) for name in QFontDatabase.families() if name != _BUILT_IN]
        combo = self._combo("reading-font", tuple(fonts), "")
        self._row(grid, "Font of the text", combo, "Built in or installed on this computer.")
        self._boxes: dict[str, QCheckBox] = {}
        for name, label, explanation in SWITCHES:
            box = QCheckBox(label)
            box.setChecked(self._settings.text(name, _at_first(name)) == "on")
            box.toggled.connect(lambda on, name=name: self._take(name, "on" if on else ""))
            self._boxes[name] = box
            more = f" {self._learnt}" if name == "suggest-learned" and self._learnt else ""
            self._row(grid, "", box, explanation + more)
        least = self._combo("suggest-least", LEAST, "0")
        self._row(grid, "Suggest only what is", least, "Each suggestion has a score from 0 to 1.")
        if self._codebook is not None:
            types = self._types(self._codebook)
            self._row(grid, "Suggest marks of", types, "Of the types of the open project.")
        single = self._single = QCheckBox("Single keys in the text")
        single.setChecked(self._keymap.single_keys)
        single.toggled.connect(self._take_single)
        self._row(
            grid,
            "",
            single,
            "A letter, digit or sign alone runs a command while the text has the focus.",
        )
        grid.setRowStretch(grid.rowCount(), 1)
        return page

    def _types(self, codebook: Codebook) -> QWidget:
        """Return a box for each type of which marks are suggested."""
        held = self._settings.text("suggest-without").split()
        shown = QWidget()
        line = QHBoxLayout(shown)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(14)
        for one in codebook.types:
            if not one.archived:
                box = self.types[one.name] = QCheckBox(one.plural.replace("&", "&&"))
                box.setAccessibleName(f"Suggest {one.plural}")
                box.setChecked(one.name not in held)
                box.toggled.connect(lambda on, name=one.name: self._take_type(name, on=on))
                line.addWidget(box)
        line.addStretch(1)
        return shown

    def _take_type(self, name: str, *, on: bool) -> None:
        others = [one for one in self._settings.text("suggest-without").split() if one != name]
        self._take("suggest-without", " ".join(others if on else [*others, name]))

    def _row(self, grid: QGridLayout, label: str, control: QWidget, explanation: str) -> None:
        row = grid.rowCount()
        name = QLabel(label)
        name.setBuddy(control)
        words = QLabel(explanation)
        words.setProperty("class", "meta")
        words.setWordWrap(True)
        control.setAccessibleDescription(explanation)
        if label:
            control.setAccessibleName(label)
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(control, row, 1)
        grid.addWidget(words, row + 1, 1)
        grid.setRowMinimumHeight(row + 1, 24)

    def _combo(self, name: str, values: tuple[tuple[str, str], ...], default: str) -> QComboBox:
        combo = Combo()
        for value, words in values:
            combo.addItem(words, value)
        held = self._settings.text(name, default)
        combo.setCurrentIndex(max(0, combo.findData(held)))
        combo.currentIndexChanged.connect(lambda: self._take(name, str(combo.currentData())))
        self._combos[name] = combo
        return combo

    def _take(self, name: str, value: str) -> None:
        self._settings.set_text(name, value)
        self.changed.emit(name)

    def _take_name(self) -> None:
        if self._name.text().strip() != self._settings.text("annotator"):
            self._take("annotator", self._name.text().strip())

    def _take_single(self, on: bool) -> None:
        self._keymap.single_keys = on

    def _reset(self) -> None:
        if self._pages.currentIndex() == _PIPELINES:
            self.pipelines.reset()
            return
        if self._pages.currentIndex():
            self._keymap.reset()
            return
        self._name.clear()
        self._take_name()
        defaults: dict[str, str] = {choice.name: choice.default for choice in CHOICES}
        for name, combo in self._combos.items():
            combo.setCurrentIndex(max(0, combo.findData(defaults.get(name, ""))))
        for name, box in self._boxes.items():
            box.setChecked(_at_first(name) == "on")
        for box in self.types.values():
            box.setChecked(True)
        self._single.setChecked(True)


def _at_first(name: str) -> str:
    """Return what a switch is until somebody turns it."""
    return "on" if name.startswith("suggest-") else ""


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(page)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)
    return area
