"""The commands as data; menus, shortcuts, palette, key help and manual are views of this table.

Keys of scope `article` act only while the text has the focus (the article view handles them), so
that a digit typed in a form field stays a digit; the menu merely prints them. Those of scope
`compare` act in the same way where annotators are compared. The keys that types,
roles and fields of words have come from the codebook. `Keymap` holds what a person changed.
"""

from dataclasses import dataclass
from typing import Literal

Scope = Literal["window", "article", "compare"]
Need = Literal["", "project", "article", "mark", "writable", "comparing"]
Group = Literal["read", "tag", "resize", "suggest", "form", "compare", "everywhere"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One command: what it is called, where it stands, which keys run it, what it needs.

    `keys` are in Qt's portable notation, `article_keys` do the same while the text has the focus.
    `needs` lists what must be there for it to be enabled. An action without a `menu` is run by its
    keys alone. `explanation` is for the list of keys, where the title is too short to tell.
    Of actions with the same `choice` one is chosen at a time; a `switch` is on or off.
    """

    id: str
    title: str
    menu: str = ""
    keys: tuple[str, ...] = ()
    article_keys: tuple[str, ...] = ()
    scope: Scope = "window"
    needs: tuple[Need, ...] = ()
    separator: bool = False
    choice: str = ""
    switch: bool = False
    group: Group = "everywhere"
    explanation: str = ""

    @property
    def told(self) -> str:
        """What the list of keys says of it."""
        return self.explanation or self.title.rstrip("…")


def _in_text(group: Group, name: str, title: str, key: str, explanation: str) -> Action:
    return Action(
        id=name,
        title=title,
        keys=(key,),
        scope="article",
        needs=("article",),
        group=group,
        explanation=explanation,
    )


def _reading(name: str, title: str, key: str, *, explanation: str = "") -> Action:
    """Return an action that moves in the text and is in no menu."""
    return _in_text("read", name, title, key, explanation)


def _comparing(
    name: str,
    title: str,
    *keys: str,
    explanation: str = "",
    writes: bool = True,
    separator: bool = False,
) -> Action:
    """Return an action of comparing annotators."""
    return Action(
        id=f"compare-{name}",
        title=title,
        menu="Compare",
        keys=keys,
        scope="compare",
        needs=("comparing", "writable") if writes else ("comparing",),
        separator=separator,
        group="compare",
        explanation=explanation,
    )


def _resizing(name: str, title: str, key: str, *, explanation: str = "") -> Action:
    """Return an action that changes what is selected and is in no menu."""
    return _in_text("resize", name, title, key, explanation)


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
    Action(
        id="paste-article",
        title="Paste as new article",
        menu="File",
        keys=("Ctrl+Shift+V",),
        needs=("writable",),
        explanation="Make an article of the text that was copied, or import copied files",
    ),
    Action(id="export", title="Export dataset…", menu="File", keys=("Ctrl+E",), needs=("project",)),
    Action(
        id="exports",
        title="Exports so far…",
        menu="File",
        keys=("Ctrl+Shift+E",),
        needs=("project",),
        explanation="List what was exported, each with its receipt",
    ),
    Action(id="restore", title="Restore a backup…", menu="File"),
    Action(id="settings", title="Settings…", menu="File", keys=("Ctrl+,",), separator=True),
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
        id="undo-project",
        title="Undo in the project",
        menu="Edit",
        needs=("project", "writable"),
        explanation="Take back the last import or paste of an article",
    ),
    Action(
        id="redo-project", title="Redo in the project", menu="Edit", needs=("project", "writable")
    ),
    Action(
        id="copy",
        title="Copy",
        menu="Edit",
        keys=("Ctrl+C",),
        scope="article",
        needs=("article",),
        separator=True,
        group="form",
        explanation="Copy the selected text, or the words of the mark",
    ),
    Action(
        id="palette",
        title="Search or run a command…",
        menu="Edit",
        keys=("Ctrl+K",),
        separator=True,
    ),
    Action(
        id="find", title="Find in the article", menu="Edit", keys=("Ctrl+F",), needs=("article",)
    ),
    Action(id="find-next", title="Next hit", menu="Edit", keys=("F3",), needs=("article",)),
    Action(
        id="find-previous",
        title="Previous hit",
        menu="Edit",
        keys=("Shift+F3",),
        needs=("article",),
    ),
    Action(
        id="history",
        title="History…",
        menu="Edit",
        keys=("Ctrl+H",),
        needs=("project",),
        separator=True,
        explanation="Show every change, what it did, articles as they were, and ways back",
    ),
    Action(
        id="mark-history",
        title="History of the mark",
        menu="Edit",
        keys=("Ctrl+Shift+H",),
        needs=("mark",),
        explanation="Show what was done to the selected mark",
    ),
    Action(id="trash", title="Trash…", menu="Edit", needs=("project",)),
    Action(
        id="copy-link",
        title="Copy link to the mark",
        menu="Edit",
        keys=("Ctrl+Shift+C",),
        needs=("mark",),
        explanation="Copy the address of the selected mark; pasted into the palette it leads there",
    ),
    Action(
        id="search",
        title="Search articles",
        menu="Edit",
        keys=("Ctrl+L",),
        article_keys=("/",),
        needs=("project",),
        separator=True,
        explanation="Search the queue",
    ),
    Action(
        id="search-all",
        title="Search all articles",
        menu="Edit",
        keys=("Ctrl+Shift+F",),
        needs=("project",),
        explanation="Search the texts and the marks of all articles, with the words around",
    ),
    Action(
        id="filter",
        title="Sort and filter articles",
        menu="View",
        keys=("Ctrl+Shift+L",),
        needs=("project",),
        separator=True,
        explanation="Sort and filter the queue; save filters under names",
    ),
    Action(
        id="saved-filter",
        title="Saved filters",
        menu="View",
        needs=("project",),
    ),
    Action(
        id="all-articles",
        title="Show all articles",
        menu="View",
        needs=("project",),
        explanation="Show all articles in the order of import again",
    ),
    Action(
        id="bookmark",
        title="Bookmark",
        menu="View",
        keys=("M",),
        scope="article",
        needs=("article", "writable"),
        separator=True,
        group="read",
        explanation="Put a bookmark at the sentence, or take it away",
    ),
    Action(
        id="bookmarks",
        title="All bookmarks",
        menu="View",
        keys=("Ctrl+Shift+M",),
        needs=("project",),
        explanation="List the bookmarks of all articles",
    ),
    Action(
        id="next-bookmark",
        title="Next bookmark",
        menu="View",
        keys=("F4",),
        needs=("article",),
        explanation="Next bookmark, also in the next articles",
    ),
    Action(
        id="previous-bookmark",
        title="Previous bookmark",
        menu="View",
        keys=("Shift+F4",),
        needs=("article",),
    ),
    Action(
        id="tag",
        title="Tag as",
        menu="Annotate",
        scope="article",
        needs=("article", "writable"),
        group="tag",
        explanation="Tag the selected text; else letters on likely words, twice: the sentence",
    ),
    Action(
        id="repeat",
        title="Keep tagging as",
        menu="Annotate",
        scope="article",
        needs=("article", "writable"),
        group="tag",
        explanation="Keep tagging: each letter, or each selection, is tagged until Esc",
    ),
    Action(
        id="retype",
        title="Change type to",
        menu="Annotate",
        scope="article",
        needs=("mark", "writable"),
        group="tag",
        explanation="Change the type of the selected mark; with the letters shown: end there",
    ),
    Action(
        id="alike",
        title="Do the same to all alike",
        menu="Annotate",
        keys=(".",),
        scope="article",
        needs=("article", "writable"),
        group="tag",
        explanation="Mark all that is alike: same words, short forms of a name; accept all alike",
    ),
    Action(
        id="alike-everywhere",
        title="Tag all alike…",
        menu="Annotate",
        keys=("Alt+.",),
        needs=("mark", "writable"),
        group="tag",
        explanation="The same words in this article or in all, to tick and mark in one step",
    ),
    Action(
        id="role",
        title="Link",
        menu="Annotate",
        scope="article",
        needs=("mark", "writable"),
        group="tag",
    ),
    Action(
        id="edit",
        title="Edit fields",
        menu="Annotate",
        keys=("Return", "Enter"),
        scope="article",
        needs=("mark",),
        separator=True,
        group="form",
        explanation="Edit the fields of the selected mark",
    ),
    Action(
        id="comment",
        title="Comment",
        menu="Annotate",
        keys=("C",),
        scope="article",
        needs=("mark", "writable"),
        group="form",
        explanation="Comment the selected mark",
    ),
    Action(
        id="fix",
        title="Quick fixes…",
        menu="Annotate",
        keys=("Ctrl+.",),
        needs=("article", "writable"),
        group="form",
        explanation="Offer what mends an open point: of the list, the field or the mark",
    ),
    Action(
        id="unsure",
        title="Sure or unsure",
        menu="Annotate",
        keys=("Ctrl+U",),
        scope="article",
        needs=("mark", "writable"),
        group="form",
        explanation="Say that the selected mark is unsure, or sure",
    ),
    Action(
        id="add-fragment",
        title="Add fragment",
        menu="Annotate",
        keys=("Shift+Return",),
        scope="article",
        needs=("mark", "writable"),
        group="resize",
        explanation="Add the selected text, or words by their letters, to the selected mark",
    ),
    Action(
        id="delete",
        title="Remove mark",
        menu="Annotate",
        keys=("Del", "Backspace"),
        scope="article",
        needs=("mark", "writable"),
        group="tag",
        explanation="Remove the selected mark",
    ),
    Action(
        id="accept",
        title="Accept",
        menu="Annotate",
        keys=("A",),
        scope="article",
        needs=("article", "writable"),
        separator=True,
        group="suggest",
        explanation="Accept the suggestion, or what is guessed for the selected mark",
    ),
    Action(
        id="reject",
        title="Reject suggestion",
        menu="Annotate",
        keys=("X",),
        scope="article",
        needs=("article", "writable"),
        group="suggest",
        explanation="Reject the suggestion, go to the next",
    ),
    Action(
        id="reject-alike",
        title="Reject all alike",
        menu="Annotate",
        keys=("Shift+X",),
        scope="article",
        needs=("article", "writable"),
        group="suggest",
        explanation="Reject all suggestions of these words and this type",
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
        group="read",
        explanation="Flag the article, or take the flag away",
    ),
    Action(
        id="next",
        title="Next article",
        menu="Annotate",
        keys=("N",),
        scope="article",
        needs=("project",),
        separator=True,
        group="read",
    ),
    Action(
        id="previous",
        title="Previous article",
        menu="Annotate",
        keys=("P",),
        scope="article",
        needs=("project",),
        group="read",
    ),
    Action(
        id="duplicates",
        title="Near-duplicates…",
        menu="Annotate",
        keys=("Ctrl+Shift+D",),
        needs=("project",),
        separator=True,
        explanation="List articles that are nearly the same, and carry marks over",
    ),
    Action(
        id="codebook",
        title="Codebook…",
        menu="Annotate",
        keys=("Ctrl+Shift+K",),
        needs=("project",),
        explanation="Open the codebook editor: types, fields, links, keys, colours",
    ),
    Action(
        id="registry",
        title="Registry…",
        menu="Annotate",
        keys=("Ctrl+Shift+R",),
        needs=("project",),
        explanation="Open the registry of actors and events: fields, places, merge, split, tables",
    ),
    _comparing("next", "Next disagreement", "Down", writes=False),
    _comparing("previous", "Previous disagreement", "Up", writes=False),
    _comparing(
        "first", "Take the first", "1", separator=True, explanation="Take the first reading"
    ),
    _comparing("second", "Take the second", "2", explanation="Take the second reading"),
    _comparing("both", "Take both", "3", explanation="Take all readings that mark something"),
    _comparing("neither", "Take neither", "0", explanation="Say that there is nothing to mark"),
    _comparing(
        "right",
        "Next reading",
        "Right",
        writes=False,
        separator=True,
        explanation="Choose the next reading; while words are edited: the end a word further",
    ),
    _comparing(
        "left",
        "Previous reading",
        "Left",
        writes=False,
        explanation="Choose the reading before; while words are edited: the end a word back",
    ),
    _comparing("take", "Take the chosen", "Return", explanation="Take the chosen reading"),
    _comparing(
        "edit",
        "Edit the words",
        "E",
        separator=True,
        explanation="Change the words of the chosen reading before it is taken",
    ),
    _comparing(
        "start-right",
        "Start a word further",
        "Shift+Right",
        writes=False,
        explanation="While words are edited: the start a word further",
    ),
    _comparing(
        "start-left",
        "Start a word back",
        "Shift+Left",
        writes=False,
        explanation="While words are edited: the start a word back",
    ),
    _comparing(
        "alike",
        "Settle all alike",
        ".",
        separator=True,
        explanation="Take the chosen reading wherever they differ in the same way",
    ),
    _comparing(
        "everywhere",
        "Settle all alike in other articles",
        "A",
        explanation="Take the chosen reading in all other articles that differ in the same way",
    ),
    _comparing(
        "later",
        "Later",
        "Space",
        writes=False,
        explanation="Leave it open, go to the next open one",
    ),
    _comparing(
        "reason", "Reason", "C", explanation="Say why; the reason is kept with the decision"
    ),
    _comparing(
        "out",
        "Step out of the question",
        "Esc",
        writes=False,
        explanation="Stop editing the words, or leave the question",
    ),
    Action(
        id="view-annotate",
        title="Annotate",
        menu="View",
        keys=("Ctrl+1",),
        needs=("project",),
        choice="view",
        explanation="Annotate: the queue, the article, its form",
    ),
    Action(
        id="view-compare",
        title="Compare",
        menu="View",
        keys=("Ctrl+2",),
        needs=("project",),
        choice="view",
        explanation="Compare what several people marked, and settle where they differ",
    ),
    Action(
        id="view-dataset",
        title="Dataset",
        menu="View",
        keys=("Ctrl+3",),
        needs=("project",),
        choice="view",
        explanation="Dataset: one row an event, actor, number or statement, its mentions joined",
    ),
    Action(
        id="view-dashboard",
        title="Dashboard",
        menu="View",
        keys=("Ctrl+4",),
        needs=("project",),
        choice="view",
        explanation="Dashboard: progress, agreement, time, and what waits for a decision",
    ),
    Action(
        id="look-system", title="Look of the system", menu="View", choice="look", separator=True
    ),
    Action(id="look-light", title="Light", menu="View", choice="look"),
    Action(id="look-dark", title="Dark", menu="View", choice="look"),
    Action(
        id="zoom-in", title="Larger text", menu="View", keys=("Ctrl++", "Ctrl+="), separator=True
    ),
    Action(id="zoom-out", title="Smaller text", menu="View", keys=("Ctrl+-",)),
    Action(id="zoom-reset", title="Normal text size", menu="View", keys=("Ctrl+0",)),
    Action(
        id="suggestions",
        title="Suggestions",
        menu="View",
        needs=("article",),
        switch=True,
        separator=True,
    ),
    Action(
        id="review",
        title="Review suggestions",
        menu="View",
        keys=("Ctrl+R",),
        needs=("article", "writable"),
        switch=True,
        group="suggest",
        explanation="Go from suggestion to suggestion, through all articles; Esc leaves",
    ),
    Action(
        id="rejected",
        title="Rejected…",
        menu="View",
        needs=("article",),
        explanation="List the rejected suggestions of the article, and propose some again",
    ),
    Action(
        id="ask-server",
        title="Ask the model server…",
        menu="View",
        keys=("Ctrl+Alt+A",),
        needs=("article", "writable"),
        group="suggest",
        explanation="Show what would be sent about this article to the server of the settings",
    ),
    Action(
        id="others",
        title="Marks of others",
        menu="View",
        needs=("article",),
        switch=True,
    ),
    Action(id="letters", title="Letters on marks", menu="View", switch=True),
    Action(
        id="definitions",
        title="Definitions at the field",
        menu="View",
        keys=("Ctrl+D",),
        switch=True,
        explanation="Show what the codebook says of the type, and of the field one is in",
    ),
    Action(
        id="queue", title="Show or hide the queue", menu="View", keys=("Ctrl+B",), separator=True
    ),
    Action(id="next-pane", title="Next pane", menu="View", keys=("F6",)),
    Action(id="previous-pane", title="Previous pane", menu="View", keys=("Shift+F6",)),
    Action(id="profile", title="Fields shown", menu="View", needs=("project",), separator=True),
    Action(id="keys", title="All keys", menu="Help", keys=("F1",), article_keys=("?",)),
    Action(id="check", title="Check project…", menu="Help", needs=("project",), separator=True),
    Action(
        id="tour",
        title="Tour of five minutes",
        menu="Help",
        needs=("article", "writable"),
        switch=True,
    ),
    Action(id="about", title="About Pressmark", menu="Help", separator=True),
    _reading("next-sentence", "Next sentence", "Down"),
    _reading("previous-sentence", "Previous sentence", "Up"),
    _reading("next-mark", "Next mark or suggestion", "Right"),
    _reading("previous-mark", "Previous mark or suggestion", "Left"),
    _reading("first-mark", "First mark", "Home"),
    _reading("last-mark", "Last mark", "End"),
    _reading("outer-mark", "Next outer mark at the same place", "Ctrl+Up"),
    _reading("inner-mark", "Next inner mark at the same place", "Ctrl+Down"),
    _reading(
        "next-open",
        "Next open point",
        "Space",
        explanation="Next open point: suggestion, empty required field, unread sentence",
    ),
    _reading("previous-open", "Previous open point", "Shift+Space"),
    _reading("next-word", "Caret to the next word", "Ctrl+Right"),
    _reading("previous-word", "Caret to the previous word", "Ctrl+Left"),
    _reading("page-down", "A page down", "PgDown"),
    _reading("page-up", "A page up", "PgUp"),
    _reading("document-start", "Beginning of the article", "Ctrl+Home"),
    _reading("document-end", "End of the article", "Ctrl+End"),
    _resizing(
        "widen",
        "Select more",
        "V",
        explanation="Select the word; again: name or number, clause, quotation, sentence",
    ),
    _resizing("narrow", "Select less", "Shift+V", explanation="Select less again"),
    _resizing(
        "extend-right",
        "Extend to the right",
        "Shift+Right",
        explanation="Selected mark: move its edge by a word. Text: select a character more",
    ),
    _resizing(
        "extend-left", "Extend to the left", "Shift+Left", explanation="The same to the left"
    ),
    _resizing(
        "extend-far-right",
        "Extend far to the right",
        "Ctrl+Shift+Right",
        explanation="Selected mark: move its edge by a character. Text: select a word more",
    ),
    _resizing(
        "extend-far-left",
        "Extend far to the left",
        "Ctrl+Shift+Left",
        explanation="The same to the left",
    ),
    _resizing(
        "start-edge",
        "Move the start",
        "[",
        explanation="Shift and arrows move the start of the selected mark",
    ),
    _resizing(
        "end-edge",
        "Move the end",
        "]",
        explanation="Shift and arrows move the end of the selected mark",
    ),
    _resizing(
        "step-out", "Step out", "Esc", explanation="Step out: letters, link, selection, mark"
    ),
)

MENUS = ("File", "Edit", "Annotate", "Compare", "View", "Help")

SUBMENUS = frozenset({"tag", "repeat", "retype", "role", "profile", "saved-filter"})
"""Entries with one item for each type, role, profile or saved filter."""
