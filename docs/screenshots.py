"""Draw every state of the program, light and dark, without a screen: `make shot`.

With `--light` only the light look; with `--page` print the page of the manual that shows them all.
"""

import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QRect, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from app.__main__ import main as pressmark
from app.exchange.registry import format_named
from app.model.annotation import Annotation, fragments_of
from app.model.article import Article
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    AddRecord,
    Batch,
    DeleteAnnotation,
    EditAnnotation,
)
from app.model.ids import derived_id
from app.model.registry import Record
from app.model.text import sha256_of
from app.ui.application import make_window
from app.ui.asking import AskSheet
from app.ui.dataset.panel import DatasetPanel
from app.ui.desk import Desk
from app.ui.duplicates import DuplicatesSheet
from app.ui.exporting.so_far import ExportsSheet
from app.ui.key_help import KeyHelp
from app.ui.main_window import MainWindow
from app.ui.new_project import NewProject
from app.ui.preferences.sheet import Preferences
from app.ui.restoring import RestoreSheet
from app.ui.settings import Settings
from app.ui.sheet import Sheet
from app.workspace import Workspace
from app.workspace.backups import back_up, outline
from app.workspace.exporting import export, keep_receipt
from app.workspace.model_server import request_for
from app.workspace.outside import add_folder, keep_server, server
from tests.two_annotators import compared_project

_SIZE = 1440, 900
Over = QWidget | None
"""What lies over the window in the picture."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One state: the name of its picture, what it shows, the picture of the design beside it."""

    name: str
    told: str
    make: Callable[[MainWindow], Over]
    design: str = ""
    size: tuple[int, int] = _SIZE


def main(folder: Path, looks: Sequence[str]) -> int:
    """Write the pictures and say where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = place
        project = Path(place) / "sample.pressmark"
        if pressmark(["sample", str(project)]):
            return 1
        _more_articles(project)
        make_window()[1].deleteLater()  # Qt and the fonts
        for look in looks:
            for scene in SCENES:
                _shoot(scene, look, project, folder / f"{scene.name}-{look}.png")
    print(f"The pictures are in {folder}")
    return 0


def _more_articles(project: Path) -> None:
    """Put some articles beside the sample, and marks of a second person into it."""
    with Workspace.open(project, annotator="Marta") as workspace:
        first = workspace.contents(workspace.article_ids()[0])
        for title, text in _ARTICLES:
            article = Article(
                id=derived_id("picture", title), title=title, text=text, sha256=sha256_of(text)
            )
            workspace.do(AddArticle(article=article), title="import")
        for number, mark in enumerate(first.annotations[:12]):
            start = mark.fragments[0].start
            other = replace(
                mark,
                id=derived_id("picture", str(number)),
                layer="Jonas",
                record=None,
                fragments=fragments_of(first.article.text, [(start, mark.fragments[0].end + 3)]),
                version=0,
            )
            workspace.do(AddAnnotation(annotation=other), title="tag", article=mark.article)


_ARTICLES = (
    ("Farmers block roads near Toulouse", "Around 300 farmers blocked roads on Monday.\n" * 9),
    (
        "آلاف المتظاهرين في الخرطوم",
        "خرج آلاف المتظاهرين إلى شوارع الخرطوم يوم السبت. وقال أحمد إن 25 شخصا اعتقلوا (TASS).\n"
        * 4,
    ),
    ("Teachers strike for a second week", "Teachers in Porto said 😀 they would go on.\n"),
)


def _shoot(scene: Scene, look: str, project: Path, path: Path) -> None:
    """Draw one state in a window of its own, on a project of its own."""
    place = project.parent / "scene"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    shutil.copyfile(project, place / project.name)
    settings = Settings()
    settings._store.clear()
    shutil.rmtree(settings.folder, ignore_errors=True)
    settings.set_text("annotator", "Marta")
    window = MainWindow(settings)
    window.resize(*scene.size)
    window.show()
    window.bench.set_look(look)
    if scene.name != "first-run":
        article = derived_id("picture", _ARTICLES[1][0])
        if scene.name != "right-to-left":
            article = _first_article(project)
        window.bench.open_project(str(place / project.name), article=article)
    wait(30)
    over = scene.make(window)
    wait(60)
    picture = window.grab()
    if over is not None:
        _lay_over(picture, over, window)
    picture.save(str(path))
    if isinstance(over, QDialog):
        over.reject()
    window.close()
    window.deleteLater()


def _first_article(project: Path) -> str:
    with Workspace.open(project, annotator="Marta", read_only=True) as workspace:
        return workspace.article_ids()[0]


def _lay_over(picture: QPixmap, over: QWidget, window: QWidget) -> None:
    """Paint a window of its own where it stands over the main one, or in its middle."""
    shown = over.grab()
    place = window.mapFromGlobal(over.mapToGlobal(QPoint(0, 0)))
    room = window.size() - over.size()
    stands = isinstance(over, Sheet) or not isinstance(over, QDialog)
    if not (stands and window.rect().contains(place)):
        place = QPoint(max(0, room.width() // 2), max(0, room.height() // 3))
    with QPainter(picture) as painter:
        painter.drawPixmap(place, shown)
        if not isinstance(over, Sheet):  # the system frames other windows
            painter.setPen(QColor(128, 128, 128))
            painter.drawRect(QRect(place, shown.size()).adjusted(0, 0, -1, -1))


def wait(milliseconds: int) -> None:
    """Let the program do what it has to do."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


# -- scenes ---------------------------------------------------------------------------------------


def _mark(window: MainWindow, type_name: str, words: str) -> Annotation:
    marks = window.bench.desk.view.marks_shown()
    return next(mark for mark in marks if mark.type == type_name and words in mark.quote)


def _desk(window: MainWindow) -> Desk:
    return window.bench.desk


def _select(type_name: str, words: str) -> Callable[[MainWindow], Over]:
    def make(window: MainWindow) -> Over:
        _desk(window).view.select(_mark(window, type_name, words).id)
        return None

    return make


def _nothing(window: MainWindow) -> Over:
    _desk(window).view.select(None)
    return None


def _tagging(window: MainWindow) -> Over:
    view, words = _desk(window).view, "criminal lawsuit"
    start = view.text.text.index(words)
    view.set_range(start, start + len(words))
    return None


def _linking(window: MainWindow) -> Over:
    view = _desk(window).view
    _select("statement", "gave the order")(window)
    view.setFocus()
    session = window.bench.session
    role = session.workspace.codebook.role("statement", "speaker") if session else None
    view.arm_role(role)
    return None


def _hints(window: MainWindow) -> Over:
    view = _desk(window).view
    view.setFocus()
    view.read_on_at(view.text.text.index("Around 2500"))
    view.tag_or_hint("number")
    return None


def _guess(window: MainWindow) -> Over:
    desk = _desk(window)
    mark = _mark(window, "statement", "gave the order")
    desk.view.select(mark.id)
    desk._clear_role(mark.id, "speaker")
    wait(200)
    return None


def _definitions(window: MainWindow) -> Over:
    window.bench._switch_setting("definitions")
    _select("statement", "gave the order")(window)
    wait(20)
    _desk(window).inspector.focus_field("act")
    return None


def _done(window: MainWindow) -> Over:
    _desk(window).mark_done()
    return None


def _toast(window: MainWindow) -> Over:
    desk = _desk(window)
    desk.delete(_mark(window, "number", "2500").id)
    wait(50)
    return None


def _palette(window: MainWindow) -> Over:
    _select("statement", "gave the order")(window)
    window.bench._toggle_palette()
    palette = window.bench._palette
    if palette is not None:
        palette._line.setText("putin")
    return None


def _find(window: MainWindow) -> Over:
    view = _desk(window).view
    view.find_words()
    if view.find_bar is not None:
        view.find_bar._line.setText("Navalny")
    return None


def _search(window: MainWindow) -> Over:
    desk = _desk(window)
    desk.search_all("marks")
    if (panel := desk.found) is None:
        message = "the search did not open"
        raise RuntimeError(message)
    form = panel.form
    form.type.setCurrentIndex(form.type.findText("Statement"))
    form.attribute.setCurrentIndex(form.attribute.findText("Kind"))
    form.value.setCurrentIndex(form.value.findText("Accusation"))
    wait(300)
    panel.view.setCurrentIndex(panel.hits.index(1, 0))
    panel.view.chosen.emit(1)
    return None


def _filters(window: MainWindow) -> Over:
    _desk(window).filter_articles()
    return None


def _empty_filter(window: MainWindow) -> Over:
    queue = _desk(window).queue
    queue.search.setText("xylophone")
    queue._show()
    return None


def _without_marks(window: MainWindow) -> Over:
    _desk(window).open_next()
    return None


def _others(window: MainWindow) -> Over:
    window.bench._switch_others(on=True)
    return None


def _suggestions(window: MainWindow) -> Over:
    desk = _desk(window)
    for words in ("Navalny", "Putin"):
        desk.delete(_mark(window, "actor", words).id)
    window.bench._switch_suggestions(on=True)
    first = next(iter(desk.view.suggestions), None)
    desk.view.select_suggestion(first)
    wait(50)
    return None


def _suggested_links(window: MainWindow) -> Over:
    desk, session = _desk(window), window.bench.session
    if session is not None and session.contents is not None:
        gone = [DeleteAnnotation(id=a.id, version=a.version) for a in session.contents.annotations]
        session.do(Batch(steps=tuple(gone)), "remove all")
    window.bench._switch_suggestions(on=True)
    every = desk.view.suggestions.values()
    with_links = (one for one in every if one.type == "statement" and len(one.links) > 1)
    desk.view.select_suggestion(next(one.id for one in with_links))
    wait(50)
    return None


def _clash(window: MainWindow) -> Over:
    """Change a mark in two windows at once."""
    session = window.bench.session
    mark = _mark(window, "number", "2500")
    if session is not None:
        with Workspace.open(session.workspace.location, annotator="Marta") as other:
            edit = EditAnnotation(id=mark.id, version=mark.version, comment="about 2,400 by radio")
            other.do(edit, title="comment", article=mark.article)
        _desk(window).view.select(mark.id)
        mine = EditAnnotation(id=mark.id, version=mark.version, comment="2,500 by the police")
        session.do(mine, "comment")
    return None


def _damaged(window: MainWindow) -> Over:
    session = window.bench.session
    place = Path(session.workspace.location if session else "")
    damaged = place.with_name("protests.pressmark")
    shutil.copyfile(place, damaged)
    with closing(sqlite3.connect(damaged)) as file:
        file.execute("UPDATE codebook SET body = '{'")
        file.commit()
    window.bench.close_project()
    window.bench._show_project()
    window.bench.open_project(str(damaged))
    window.bench._first_run.set_recent(())  # no place of whoever draws this
    return None


def _restore(window: MainWindow) -> Over:
    bench = window.bench
    if bench.session is None:
        return None
    workspace = bench.session.workspace
    back_up(workspace.location, workspace.project.id)
    _desk(window).delete(_mark(window, "actor", "Navalny").id)
    sheet = RestoreSheet(
        window,
        theme=bench._settings.theme(),
        project=workspace.project.id,
        location=workspace.location,
        now=outline(workspace.location),
    )
    sheet.show()
    return sheet


def _pipelines(window: MainWindow) -> Over:
    bench = window.bench
    folder = Path(bench.session.workspace.location if bench.session else "").parent / "en_news"
    folder.mkdir()
    about = {"lang": "en", "name": "news", "labels": {"ner": ["EVENT", "GPE", "ORG", "PERSON"]}}
    (folder / "meta.json").write_text(json.dumps(about))
    add_folder(folder)
    codebook = bench.session.workspace.codebook if bench.session else None
    theme = bench._settings.theme()
    sheet = Preferences(
        window, bench._settings, bench.keymap, codebook=codebook, theme=theme, page=2
    )
    sheet.show()
    return sheet


def _ask(window: MainWindow) -> Over:
    bench = window.bench
    if bench.session is None or bench.session.contents is None:
        return None
    keep_server("http://localhost:11434/v1", "llama3.2", "", on=True)
    now = server()
    if now is None:
        return None
    bench._settings.set_text("server", now.pipeline.name)
    bench._apply_view_settings()
    body = request_for(now, bench.session.workspace.codebook, bench.session.contents.article)
    sheet = AskSheet(window, now, body, theme=bench._settings.theme())
    sheet.show()
    return sheet


def _contrast(window: MainWindow) -> Over:
    window.bench._settings.set_text("contrast", "on")
    window.bench._apply_view_settings()
    return _select("statement", "gave the order")(window)


def _large(window: MainWindow) -> Over:
    window.bench._settings.zoom = 150
    window.bench._show_zoom()
    return _select("statement", "gave the order")(window)


def _write_failed(window: MainWindow) -> Over:
    window.bench.status.show_failure("Not on disk: no space left.")
    return None


def _newer(window: MainWindow) -> Over:
    """Open the project as if a later version had made it: what is said is the program's own."""
    session = window.bench.session
    place = Path(session.workspace.location if session else "")
    newer = place.with_name("newer.pressmark")
    shutil.copyfile(place, newer)
    with closing(sqlite3.connect(newer)) as file:
        file.execute("PRAGMA user_version = 99")
        file.commit()
    window.bench.open_project(str(newer))
    return None


def _recovered(window: MainWindow) -> Over:
    """Open the project as a killed process leaves it: what was written last lies in the log."""
    session = window.bench.session
    if session is None or session.contents is None:
        return None
    mark, place = session.contents.annotations[0], Path(session.workspace.location)
    edit = EditAnnotation(id=mark.id, version=mark.version, comment="seen")
    session.workspace.do(edit, title="comment", article=mark.article)
    left = place.with_name("left") / place.name
    left.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copyfile(f"{place}{ending}", f"{left}{ending}")
    window.bench.open_project(str(left))
    while window.bench.unclean.job is not None:
        wait(30)
    return None


def _drop(window: MainWindow) -> Over:
    data = QMimeData()
    data.setText("Hundreds marched through Leeds on Sunday.")
    window.bench.arrivals._drops._show(data)
    return None


def _import(window: MainWindow) -> Over:
    folder = Path(tempfile.mkdtemp())
    (folder / "Leeds march.txt").write_text("Hundreds marched through Leeds on Sunday.\n")
    (folder / "empty.txt").write_text("")
    (folder / "old.txt").write_bytes("Grève à Orléans, dit le préfet.".encode("cp1252"))
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 4)
    window.bench.arrivals.import_files([str(path) for path in sorted(folder.iterdir())])
    wait(900)
    return window.bench.arrivals._sheet


def _duplicates(window: MainWindow) -> Over:
    session = window.bench.session
    if session is None:
        return None
    text = session.workspace.contents(session.workspace.article_ids()[0]).article.text
    wire = text.replace("2500", "3100").replace("gave the order", "gave the orders")
    article = Article(
        id=derived_id("picture", "wire"),
        title="Protests in Russia, the late edition",
        text=wire,
        sha256=sha256_of(wire),
        source="Wire",
        published="2021-01-24",
    )
    session.do_in_project(AddArticle(article=article), "import")
    sheet = DuplicatesSheet(window, session, theme=Settings().theme())
    sheet.show()
    wait(400)
    return sheet


def _export(window: MainWindow) -> Over:
    session = window.bench.session
    if session is not None:
        window.bench.departures.export(session)
    sheet = window.bench.departures.sheet
    if sheet is not None:
        sheet.path.setText("sample.json")  # not where this computer keeps its things
    wait(900)
    return sheet


def _settings(window: MainWindow) -> Over:
    bench = window.bench
    codebook = bench.session.workspace.codebook if bench.session else None
    theme = bench._settings.theme()
    sheet = Preferences(window, bench._settings, bench.keymap, codebook=codebook, theme=theme)
    sheet.show()
    return sheet


def _keys(window: MainWindow) -> Over:
    bench = window.bench
    codebook = bench.session.workspace.codebook if bench.session else None
    sheet = KeyHelp(codebook, window, keymap=bench.keymap, theme=bench._settings.theme())
    sheet.resize(sheet.width(), 800)
    sheet.show()
    return sheet


def _new(window: MainWindow) -> Over:
    theme = window.bench._settings.theme()
    sheet = NewProject(window, folder=tempfile.gettempdir(), annotator="Marta", theme=theme)
    sheet.name.setText("Protests 2021")
    sheet.show()
    return sheet


def _codebook(window: MainWindow) -> Over:
    window.bench.show_codebook()
    editor = window.bench.codebook.editor
    if editor is not None:
        editor.choose(("types", "event"))
    wait(200)
    return editor


def _registry(window: MainWindow) -> Over:
    session = window.bench.session
    if session is not None:
        for name in ("Nawalny", "Навальный", "Wladimir Putin"):
            made = Record(id=derived_id("picture", name), kind="actor", name=name)
            session.do_in_project(AddRecord(record=made), f"add {name}")
    window.bench.show_registry()
    shown = window.bench.registry.shown
    wait(300)
    if shown is not None:
        navalny = next(r for r in shown._records.values() if r.name == "Aleksei Navalny")
        shown.open_at(navalny.id)
        wait(150)
    return shown


def _registry_likely(window: MainWindow) -> Over:
    _registry(window)
    shown = window.bench.registry.shown
    if shown is not None:
        shown.tabs["likely"].click()
        wait(100)
    return shown


def _registry_split(window: MainWindow) -> Over:
    _registry(window)
    shown = window.bench.registry.shown
    if shown is not None:
        shown.split.click()
        wait(100)
    return shown


def _registry_empty(window: MainWindow) -> Over:
    session = window.bench.session
    if session is None:
        return None
    place = Path(session.workspace.location).with_name("empty.pressmark")
    book = session.workspace.codebook
    Workspace.create(place, name="Protests 2021", codebook=book, annotator="Marta").close()
    window.bench.open_project(str(place))
    window.bench.show_registry()
    wait(300)
    return window.bench.registry.shown


def _exports(window: MainWindow) -> Over:
    session = window.bench.session
    if session is None:
        return None
    for form in ("json", "jsonl"):
        out = Path(session.workspace.location).with_name(f"protests.{form}")
        if (chosen := format_named(form)) is not None:
            keep_receipt(session.workspace, export(session.workspace, out, chosen))
    # not where this computer keeps its things
    kept = [
        replace(one, path=Path(one.path).name, by="Marta") for one in session.workspace.receipts()
    ]
    sheet = ExportsSheet(window, kept, theme=Settings().theme())
    sheet.show()
    return sheet


def _history(window: MainWindow) -> Over:
    mark = _mark(window, "number", "2500")
    _desk(window)._switch_certainty(mark.id)
    window.bench._run("history")
    wait(100)
    return window.bench.history.shown


def _drawer(window: MainWindow) -> Over:
    _select("statement", "gave the order")(window)
    _desk(window).focus_form()
    return None


def _bookmarks(window: MainWindow) -> Over:
    desk = _desk(window)
    for words in ("Navalny spent", "But, the Russians"):
        desk.view.read_on_at(desk.view.text.text.index(words))
        desk.switch_bookmark()
    desk.search_all("bookmarks")
    return None


def _compare(window: MainWindow) -> Over:
    session = window.bench.session
    place = Path(session.workspace.location if session else "").with_name("two.pressmark")
    compared_project(place).close()
    window.bench.open_project(str(place))
    window.bench.show_view("compare")
    panel = window.bench.compare
    if panel is not None:
        for action in ("second", "next", "right"):
            panel.run(f"compare-{action}")
    return None


def _compare_alone(window: MainWindow) -> Over:
    window.bench.show_view("compare")
    return None


def _dataset(window: MainWindow) -> Over:
    window.bench.show_view("dataset")
    panel = window.bench.views.made("dataset")
    if isinstance(panel, DatasetPanel):
        wait(600)
        panel.table.choose(11)
    return None


def _dashboard(window: MainWindow) -> Over:
    session = window.bench.session
    place = Path(session.workspace.location if session else "").with_name("two.pressmark")
    compared_project(place).close()
    window.bench.open_project(str(place))
    if window.bench.session is not None:
        window.bench.session.set_state("flagged")
    window.bench.show_view("dashboard")
    wait(900)
    return None


SCENES = (
    Scene("first-run", "No project is open", lambda _: None, "08"),
    Scene("main", "A statement with its links", _select("statement", "gave the order"), "01, 02"),
    Scene("number", "A number and its form", _select("number", "2500"), "01b"),
    Scene("summary", "Nothing is selected: the article summed up", _nothing),
    Scene("without-marks", "An article without marks", _without_marks),
    Scene("tagging", "Words are selected: the bar of types", _tagging, "01"),
    Scene("hints", "Letters on the likely words for a number", _hints, "09"),
    Scene("linking", "A slot waits: letters on possible speakers", _linking, "09"),
    Scene("guess", "A guess in an empty slot, and a quick fix", _guess),
    Scene("definitions", "What the codebook says, at the field", _definitions),
    Scene("done", "Marked done, and told first what is open", _done),
    Scene("toast", "A mark was removed: undo", _toast),
    Scene("palette", "The palette over a selected statement", _palette, "03"),
    Scene("find", "Words found in the article", _find),
    Scene("search", "Marks found in all articles", _search),
    Scene("bookmarks", "Bookmarks of all articles", _bookmarks),
    Scene("filters", "The queue sorted and filtered", _filters),
    Scene("empty-filter", "No article matches", _empty_filter),
    Scene("suggestions", "A suggestion is selected", _suggestions, "11"),
    Scene("suggested-links", "What a suggestion would be linked to", _suggested_links),
    Scene("others", "Marks of somebody else", _others, "11"),
    Scene("compare", "Comparing two annotators", _compare, "04, 04b"),
    Scene("compare-alone", "Comparing takes the marks of two people", _compare_alone),
    Scene("dataset", "The dataset: one row an event, its mentions joined", _dataset, "06"),
    Scene("dashboard", "The dashboard: progress, agreement, what waits", _dashboard, "05"),
    Scene("high-contrast", "High contrast: outlines and letters", _contrast),
    Scene("large", "Text at 150 %", _large),
    Scene("right-to-left", "An article from right to left", lambda _: None),
    Scene("write-failed", "A change does not reach the disk", _write_failed),
    Scene("read-only", "A project of a newer Pressmark: read only", _newer),
    Scene("clash", "A mark was changed in two windows at once", _clash),
    Scene("damaged", "A project that cannot be opened", _damaged),
    Scene("restore", "Restoring a backup", _restore),
    Scene("recovered", "After the program was killed", _recovered),
    Scene("drop", "Something is dragged over the window", _drop),
    Scene("import", "Files to import, with problems", _import, "07a"),
    Scene("duplicates", "Near-duplicates, and marks to carry over", _duplicates),
    Scene("export", "Exporting, with a preview", _export, "07b"),
    Scene("exports", "The exports so far, each with its receipt", _exports),
    Scene("new-project", "A new project", _new),
    Scene("settings", "Settings", _settings),
    Scene("settings-pipelines", "Settings: pipelines and a model server", _pipelines),
    Scene("ask-server", "All that a model server would be sent", _ask),
    Scene("keys", "All keys", _keys, "10"),
    Scene("codebook", "The codebook editor", _codebook),
    Scene("registry", "The registry: an entry and its places", _registry),
    Scene("registry-likely", "Two entries that are likely the same", _registry_likely),
    Scene("registry-split", "An entry is split: which places go along", _registry_split),
    Scene("registry-empty", "Nothing is in the registry yet", _registry_empty),
    Scene("history", "The history", _history),
    Scene(
        "rail",
        "1024 × 700: the queue is a rail",
        _select("statement", "gave the order"),
        size=(1024, 700),
    ),
    Scene("drawer", "860 × 700: the form slides over the text", _drawer, size=(860, 700)),
)


def page() -> str:
    """Return the page of the manual with all pictures."""
    lines = [
        "# Pictures",
        "",
        "[Manual](README.md)",
        "",
        "Every state of the window, light and dark, drawn by `make shot` from the program itself.",
        "",
    ]
    for scene in SCENES:
        beside = f" (picture {scene.design} of the design)" if scene.design else ""
        light, dark = (
            f"![{scene.told}, {look}]({scene.name}-{look}.png)" for look in ("light", "dark")
        )
        lines += [f"## {scene.told}", "", f"Drawn as `{scene.name}`{beside}.", "", light, dark, ""]
    return "\n".join(lines)


if __name__ == "__main__":
    if sys.argv[1:] == ["--page"]:
        print(page(), end="")
        sys.exit(0)
    _given = [one for one in sys.argv[1:] if one != "--light"]
    _looks = ("light",) if "--light" in sys.argv else ("light", "dark")
    sys.exit(main(Path(_given[0] if _given else "build/screenshots"), _looks))
