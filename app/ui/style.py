# ruff: noqa: E501 - a rule of a style sheet stands on one line
"""The style sheet of Qt's own widgets, in the colours and measures of the design.

Widgets say what they are by the dynamic property `class`; there are no object names to know.
"""

from functools import cache

from app.model.resources import resource
from app.ui.theme import Theme

_FONT = '"Inter", "Segoe UI Variable", "SF Pro", "Noto Sans", "DejaVu Sans"'

_SHEET = """
* {{ font-family: {font}; font-size: 12.5px; color: {text}; outline: none; }}
QMainWindow, QDialog, QWidget[class~="app"] {{ background: {app}; }}
QWidget[class~="paper"] {{ background: {paper}; }}
QLabel {{ background: transparent; }}
QLabel[class~="label"] {{ font-size: 12px; color: {text_2}; }}
QLabel[class~="meta"] {{ font-size: 11.5px; color: {text_3}; }}
QLabel[class~="caption"] {{ font-size: 11px; color: {text_3}; }}
QLabel[class~="paper"] {{ background: {paper}; }}
QLabel[class~="heading"] {{ font-weight: 600; }}
QLabel[class~="before"] {{ color: {text_3}; }}
QLabel[class~="after"] {{ color: {text}; }}
QLabel[class~="reading"] {{ font-family: "Source Serif 4"; font-size: 15px; }}
QLabel[class~="title"] {{ font-size: 15px; font-weight: 600; }}
QLabel[class~="warn"] {{ font-size: 11.5px; color: {warn}; }}
QLabel[class~="danger"] {{ font-size: 11.5px; color: {danger}; }}

QLineEdit, QPlainTextEdit, QTextEdit[class~="field"], QComboBox, QAbstractSpinBox {{
  background: {paper}; border: 1px solid {line_2}; border-radius: 6px; padding: 0 7px;
  selection-background-color: {sel_text}; selection-color: {text};
}}
QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: 26px; max-height: 28px; }}
QPlainTextEdit {{ padding: 3px 4px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit[class~="field"]:focus, QComboBox:focus, QAbstractSpinBox:focus {{
  border: 2px solid {focus}; padding: 0 6px;
}}
QLineEdit:focus {{ min-height: 24px; }}
QPlainTextEdit:focus {{ padding: 2px 3px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QLineEdit[readOnly="true"], QPlainTextEdit[class~="area"][readOnly="true"] {{
  background: {app}; color: {text_3};
}}
QLineEdit[class~="wrong"], QPlainTextEdit[class~="wrong"] {{ border: 2px solid {danger}; padding: 0 6px; }}
QLineEdit[class~="wrong"] {{ min-height: 24px; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView, QListView[class~="popup"] {{
  background: {raised}; border: 1px solid {line_2}; border-radius: 6px; padding: 4px;
  selection-background-color: {row_sel}; selection-color: {text};
}}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView {{ border-radius: 0; outline: none; }}
QComboBox QAbstractItemView::item, QListView[class~="popup"]::item {{ min-height: 26px; padding: 0 6px; border-radius: 5px; }}

QPushButton {{
  background: {raised}; border: 1px solid {line_2}; border-radius: 6px; padding: 0 12px; min-height: 26px;
  font-weight: 500;
}}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {row_sel}; }}
QPushButton:focus {{ border: 2px solid {focus}; padding: 0 11px; }}
QPushButton:disabled {{ color: {line_3}; border-color: {line}; }}
QPushButton[class~="tool"] {{ padding: 0; border-color: transparent; background: transparent; }}
QPushButton[class~="tool"]:hover {{ background: {hover}; }}
QPushButton[class~="tool"]:checked {{ background: {row_sel}; font-weight: 600; }}
QPushButton[class~="tool"]:focus {{ border-color: {focus}; padding: 0; }}
QPushButton[class~="primary"] {{ background: {accent}; border-color: {accent}; color: {accent_fg}; }}
QPushButton[class~="primary"]:hover {{ background: {text_2}; border-color: {text_2}; }}
QPushButton[class~="primary"]:focus {{ border: 2px solid {line_3}; }}
QPushButton[class~="primary"]:disabled {{ background: {sunken}; border-color: {line}; color: {text_3}; }}
QPushButton[class~="fix"] {{
  background: transparent; border: 1px solid {line_2}; border-radius: 6px; padding: 1px 8px;
  min-height: 20px; font-size: 11.5px; text-align: left;
}}
QPushButton[class~="fix"]:hover {{ background: {hover}; }}
QPushButton[class~="fix"]:focus {{ border: 2px solid {focus}; padding: 0 7px; }}
QLabel[class~="guideline"] {{ color: {text_3}; font-size: 11.5px; padding: 3px 2px 2px 2px; }}
QPushButton[class~="quiet"], QToolButton {{
  background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 0 6px;
}}
QToolButton {{ min-width: 24px; min-height: 24px; padding: 0 1px; }}
QPushButton[class~="quiet"]:hover, QToolButton:hover {{ background: {hover}; }}
QPushButton[class~="quiet"]:focus, QToolButton:focus {{ border: 2px solid {focus}; padding: 0 5px; }}
QToolButton:focus {{ padding: 0; }}
QToolButton:checked, QPushButton[class~="quiet"]:checked {{ background: {row_sel}; }}
QToolButton::menu-indicator {{ image: none; }}

QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMessageBox QLabel#qt_msgbox_label {{ min-width: 340px; font-weight: 600; }}
QMessageBox QLabel#qt_msgbox_informativelabel {{ min-width: 340px; color: {text_2}; }}

QMenuBar {{ background: transparent; spacing: 0; font-size: 12.5px; }}
QMenuBar::item {{ background: transparent; padding: 5px 9px; border-radius: 5px; color: {text_2}; }}
QMenuBar::item:selected {{ background: {hover}; color: {text}; }}
QMenu {{ background: {raised}; border: 1px solid {line_2}; border-radius: 8px; padding: 5px; }}
QMenu::item {{ padding: 5px 26px 5px 12px; border-radius: 5px; }}
QMenu::item:selected {{ background: {row_sel}; }}
QMenu::item:disabled {{ color: {line_3}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 5px 8px; }}
QMenu::right-arrow {{ image: url("{chevron_right}"); width: 12px; height: 12px; margin-right: 6px; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line_2}; padding: 4px 6px; font-size: 11.5px; }}

QSplitter::handle {{ background: {line}; }}
QScrollArea, QScrollArea > QWidget > QWidget[class~="page"] {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {line_2}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {line_3}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QTreeView, QListView, QTableView {{ background: {app}; border: none; show-decoration-selected: 1; }}
QDialog[class~="over"] {{ background: transparent; }}
QTableView[class~="files"] {{ background: {raised}; }}
QTextEdit[class~="preview"], QPlainTextEdit[class~="preview"] {{ background: {raised}; border: none; padding: 0; }}
QPushButton[class~="link"] {{ text-align: left; text-decoration: underline; font-weight: 400; min-height: 24px; color: {text_2}; padding: 0 2px; }}
QPushButton[class~="link"]:focus {{ padding: 0 1px; }}
QRadioButton {{ spacing: 8px; background: transparent; min-height: 24px; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {line_3}; border-radius: 8px; background: {paper}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {accent}; border-radius: 8px; background: {accent_fg}; }}
QRadioButton:focus {{ border: 2px solid {focus}; border-radius: 5px; }}
QRadioButton:disabled {{ color: {line_3}; }}
QScrollArea[class~="mend"], QWidget[class~="mend"] {{ background: {app}; border: none; }}
QTreeView::item, QListView::item {{ border: none; }}
QTreeView::item:hover, QListView::item:hover {{ background: {hover}; }}
QTreeView::item:selected, QListView::item:selected {{ background: {row_sel}; color: {text}; }}
QCheckBox {{ spacing: 8px; background: transparent; min-height: 24px; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {line_3}; border-radius: 4px; background: {paper}; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{check}"); }}
QCheckBox:focus {{ border: 2px solid {focus}; border-radius: 5px; }}
QFrame[class~="rule"] {{ background: {line}; border: none; }}
QLabel[class~="form-title"] {{ font-size: 13.5px; font-weight: 600; }}
QLabel[class~="place"] {{ font-size: 13px; color: {text_3}; }}
QLabel[class~="small"] {{ font-size: 11.5px; }}
QLabel[class~="large"] {{ font-size: 13px; }}
QWidget[class~="inspector"] {{ background: {app}; }}
QLineEdit[class~="bare"], QLineEdit[class~="bare"]:focus, QLineEdit[class~="bare"]:disabled {{
  border: none; background: transparent; padding: 0 2px; min-height: 20px;
}}
QLineEdit[class~="tall"], QLineEdit[class~="tall"]:focus {{ min-height: 24px; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {text_3}; }}
QLineEdit[class~="combo"] {{ padding-right: 24px; }}
QLineEdit[class~="combo"]:focus {{ padding-right: 23px; }}
QListView[class~="plain"] {{ background: transparent; }}
QListView[class~="places"]::item {{ padding-left: 12px; }}
QListView::indicator {{ width: 14px; height: 14px; border: 1px solid {line_3}; border-radius: 4px; background: {paper}; }}
QListView::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{check}"); }}
QWidget[class~="segments"] {{ background: {sunken}; border-radius: 7px; }}
QPushButton[class~="segment"] {{ background: transparent; border: 1px solid transparent; border-radius: 6px; min-height: 24px; color: {text_2}; padding: 0 12px; }}
QPushButton[class~="segment"]:hover {{ color: {text}; }}
QPushButton[class~="segment"]:checked {{ background: {raised}; color: {text}; border-color: {line}; }}
QPushButton[class~="segment"]:focus {{ border: 2px solid {focus}; padding: 0 11px; }}
QToolButton[class~="heading"] {{ font-size: 13px; font-weight: 600; text-align: left; }}
QProgressBar {{ background: {sunken}; border: none; border-radius: 2px; max-height: 4px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}
"""


@cache
def stylesheet(theme: Theme) -> str:
    """Return the style sheet of the whole program in one look."""
    names = (
        "app paper raised sunken hover row-sel line line-2 line-3 text text-2 text-3 accent accent-fg "
        "focus danger warn sel-text"
    )
    colours = {name.replace("-", "_"): theme.hex(name) for name in names.split()}
    return _SHEET.format(font=_FONT, **colours, **_pictures(theme))


def _pictures(theme: Theme) -> dict[str, str]:
    """Return the paths of the pictures that a style sheet can only take from files."""
    folder = resource("icons/style")
    return {
        "chevron": (folder / f"chevron-down-{theme.mode}.svg").as_posix(),
        "chevron_right": (folder / f"chevron-right-{theme.mode}.svg").as_posix(),
        "check": (folder / f"check-{theme.mode}.svg").as_posix(),
    }
