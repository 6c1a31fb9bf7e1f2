"""The commands of the window as data; menus, shortcuts, key help and manual are views of it.

Keys of scope `article` act only while the text has the focus (the article view handles them), so
that a digit typed in a form field stays a digit; the menu merely prints them.
"""

from dataclasses import dataclass
from typing import Literal

Scope = Literal["window", "article"]
Need = Literal["", "project", "article", "mark", "writable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One command: what it is called, where it stands, which keys run it, what it needs.

    `keys` are in Qt's portable notation, `article_keys` do the same while the text has the focus.
    `needs` lists what must be there for it to be enabled.
    Of actions with the same `choice` one is chosen at a time.
    """

    id: str
    title: str
    menu: str
    keys: tuple[str, ...] = ()
    article_keys: tuple[str, ...] = ()
    scope: Scope = "window"
    needs: tuple[Need, ...] = ()
    separator: bool = False
    choice: str = ""


ACTIONS: tuple[Action, ...] = (
    Action(id="new", title="New project…", menu="File", keys=("Ctrl+N",)),
    Action(id="open", title="Open project…", menu="File", keys=("Ctrl+O",)),
    Action(id="sample", title="Open the sample", menu="File"),
    Action(
        id="import",
        title="Import articles…",
        menu="File",
        keys=("Ctrl+I",),
        needs=("writable",),
        separator=True,
    ),
    Action(id="export", title="Export dataset…", menu="File", keys=("Ctrl+E",), needs=("project",)),
    Action(id="check", title="Check project", menu="File", needs=("project",)),
    Action(id="quit", title="Quit", menu="File", keys=("Ctrl+Q",), separator=True),
    Action(id="undo", title="Undo", menu="Edit", keys=("Ctrl+Z",), needs=("article", "writable")),
    Action(
        id="redo",
        title="Redo",
        menu="Edit",
        keys=("Ctrl+Y", "Ctrl+Shift+Z"),
        needs=("article", "writable"),
    ),
    Action(
        id="copy",
        title="Copy",
        menu="Edit",
        keys=("Ctrl+C",),
        scope="article",
        needs=("article",),
        separator=True,
    ),
    Action(
        id="search",
        title="Search articles",
        menu="Edit",
        keys=("Ctrl+Shift+F",),
        article_keys=("/",),
        needs=("project",),
        separator=True,
    ),
    Action(
        id="tag", title="Tag as", menu="Annotate", scope="article", needs=("article", "writable")
    ),
    Action(
        id="retype",
        title="Change type to",
        menu="Annotate",
        scope="article",
        needs=("mark", "writable"),
    ),
    Action(id="role", title="Link", menu="Annotate", scope="article", needs=("mark", "writable")),
    Action(
        id="edit",
        title="Edit fields",
        menu="Annotate",
        keys=("Return",),
        scope="article",
        needs=("mark",),
        separator=True,
    ),
    Action(
        id="comment",
        title="Comment",
        menu="Annotate",
        keys=("C",),
        scope="article",
        needs=("mark", "writable"),
    ),
    Action(
        id="delete",
        title="Remove mark",
        menu="Annotate",
        keys=("Del",),
        scope="article",
        needs=("mark", "writable"),
    ),
    Action(
        id="done",
        title="Mark done and open next",
        menu="Annotate",
        keys=("Ctrl+Return",),
        needs=("article", "writable"),
        separator=True,
    ),
    Action(
        id="flag",
        title="Flag article",
        menu="Annotate",
        keys=("F",),
        scope="article",
        needs=("article", "writable"),
    ),
    Action(
        id="next",
        title="Next article",
        menu="Annotate",
        keys=("N",),
        scope="article",
        needs=("project",),
        separator=True,
    ),
    Action(
        id="previous",
        title="Previous article",
        menu="Annotate",
        keys=("P",),
        scope="article",
        needs=("project",),
    ),
    Action(id="look-system", title="Look of the system", menu="View", choice="look"),
    Action(id="look-light", title="Light", menu="View", choice="look"),
    Action(id="look-dark", title="Dark", menu="View", choice="look"),
    Action(
        id="zoom-in", title="Larger text", menu="View", keys=("Ctrl++", "Ctrl+="), separator=True
    ),
    Action(id="zoom-out", title="Smaller text", menu="View", keys=("Ctrl+-",)),
    Action(id="zoom-reset", title="Normal text size", menu="View", keys=("Ctrl+0",)),
    Action(
        id="queue", title="Show or hide the queue", menu="View", keys=("Ctrl+B",), separator=True
    ),
    Action(id="next-pane", title="Next pane", menu="View", keys=("F6",)),
    Action(id="previous-pane", title="Previous pane", menu="View", keys=("Shift+F6",)),
    Action(id="profile", title="Fields shown", menu="View", needs=("project",), separator=True),
    Action(id="keys", title="All keys", menu="Help", keys=("F1",), article_keys=("?",)),
    Action(id="about", title="About Pressmark", menu="Help"),
)

MENUS = ("File", "Edit", "Annotate", "View", "Help")

SUBMENUS = frozenset({"tag", "retype", "role", "profile"})
"""Entries that the codebook fills: one item for each type, role or profile."""
