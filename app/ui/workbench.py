"""What stands in the main window: menus, the desk or the first page, status bar, and the projects.

It is apart from the window so that the window can be painted before any of this is imported.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.model.changes import Change
from app.model.errors import KnownError, Refused
from app.model.listing import Sort
from app.model.reports import CheckReport, RepairReport
from app.model.suggestion import Wanted
from app.model.wording import spoken_time
from app.ui.actions import ACTIONS, Need
from app.ui.announce import Announcer, in_the_past
from app.ui.arrivals import Arrivals
from app.ui.article import accessible
from app.ui.asking import Asking
from app.ui.backups import Backups
from app.ui.banner import Notice
from app.ui.codebook_window import CodebookWindow
from app.ui.crash import Reports, sentence
from app.ui.departures import Departures
from app.ui.desk import Desk
from app.ui.files import Files
from app.ui.first_run import FirstRun
from app.ui.history_window import HistoryBeside
from app.ui.jobs import Job
from app.ui.key_help import KeyHelp
from app.ui.learning import Learning
from app.ui.menus import Menus
from app.ui.presence import Presence
from app.ui.proposals import KNOWN_WORDS, LEARNED, RULES
from app.ui.queue import saved
from app.ui.queue.saved import SavedFilter
from app.ui.ranking import Ranking
from app.ui.registry_window import RegistryBeside
from app.ui.scale import restart
from app.ui.session import Session
from app.ui.settings import ZOOM_STEPS, Settings
from app.ui.statusbar import StatusBar
from app.ui.style import stylesheet
from app.ui.theme import style_hints
from app.ui.topbar import TopBar
from app.ui.unclean import Unclean
from app.ui.unopened import Unopened
from app.ui.view_switch import VIEWS
from app.ui.views import View, Views
from app.workspace import Workspace
from app.workspace.memory import Memory

if TYPE_CHECKING:
    from app.ui.compare.panel import ComparePanel
    from app.ui.dataset.panel import DatasetPanel
    from app.ui.history.window import Scope
    from app.ui.palette.entries import Entry
    from app.ui.palette.offer import Offers
    from app.ui.palette.panel import Palette

_LATELY = 12
"""Commands that the palette remembers."""


class Workbench(QObject):
    """Furnishes a window and works on one project in it, or on none."""

    def __init__(self, window: QMainWindow, settings: Settings, reports: Reports) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._reports = reports
        self.session: Session | None = None
        self._presence: Presence | None = None
        self.announcer = Announcer(window)
        self._palette: Palette | None = None
        self._offers: Offers | None = None
        accessible.install()
        self.exit_code = 0
        """What the program ends with: 0, or why no project could be opened."""
        self._files = Files(window, settings)
        self._top = TopBar()
        self.desk = Desk()
        self._first_run = FirstRun()
        self.status = StatusBar()
        self.unopened = Unopened()
        self._stack = QStackedWidget()
        self._counts: dict[str, int] = {}
        """Marks of the open article by type."""
        self.views = Views(
            self._stack,
            self.desk,
            {
                "compare": self._make_compare,
                "dataset": self._make_dataset,
                "dashboard": self._make_dashboard,
            },
        )
        self._arrange()
        self.arrivals = Arrivals(window, self._files, settings, session=lambda: self.session)
        self.departures = Departures(window, self._files, settings)
        self.keymap = settings.keymap(self)
        self.codebook = CodebookWindow(window)
        self.history = HistoryBeside(window)
        self.registry = RegistryBeside(window)
        self.backups = Backups(self)
        self.learning = Learning(self)
        self.ranking = Ranking(self)
        self.asking = Asking(self)
        self.checking: Job | None = None
        """The check that somebody asked for."""
        self.repairing: Job | None = None
        """The repair that is going on, of a project that is not open."""
        self.unclean = Unclean(self)
        self.learning.message.connect(self.status.message)
        self.ranking.message.connect(self.status.message)
        self.ranking.ranked.connect(self.desk.queue.reload)
        self.desk.queue.rank_wanted.connect(self._rank)
        self.learning.learnt.connect(self.desk.proposals.learnt_anew)
        self.unclean.found.connect(self._show_found)
        self.desk.view.set_keymap(self.keymap)
        self.menus = Menus(
            self._top.menu_bar,
            self._handlers(),
            choose=self.choose,
            keymap=self.keymap,
            parent=self,
        )
        self._connect()
        self._restore()
        self._show_project()

    def _arrange(self) -> None:
        self._window.setMenuWidget(self._top)
        self._stack.addWidget(self._first_run)
        self._stack.addWidget(self.desk)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.unopened)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self._window.setCentralWidget(centre)

    def _connect(self) -> None:
        self.desk.message.connect(self.status.message)
        self.desk.message.connect(self.announcer.say)
        self.desk.view.annotation_entered.connect(self.announcer.say)
        self.desk.counts_changed.connect(self._show_counts)
        self.desk.selection_changed.connect(self._refresh_actions)
        self.desk.import_requested.connect(self._import)
        self.desk.queue.filters_kept.connect(self._keep_filters)
        self.desk.action_requested.connect(self._run)
        desk = self.desk
        for banner in (desk.banner, desk.reviewing.banner, desk.tour.banner):
            banner.action_requested.connect(self._run)
        desk.tour.switched.connect(lambda on: self.menus.check("tour", on=on))
        desk.reviewing.switched.connect(lambda on: self.menus.check("review", on=on))
        desk.reviewing.switched.connect(self._show_hints)
        self.desk.zoom_requested.connect(self._zoom)
        self.desk.suggestions_switched.connect(lambda on: self._switch_suggestions(on=on))
        self.codebook.mark_requested.connect(self._show_mark)
        self.registry.mark_requested.connect(self._show_mark)
        self.history.article_requested.connect(self.desk.open_again)
        self.status.retry_requested.connect(self._retry)
        self.status.copy_requested.connect(self._save_copy)
        self.status.discard_requested.connect(self._discard)
        self.unopened.retry_requested.connect(self.open_project)
        self.unopened.repair_requested.connect(self._repair_closed)
        self.unopened.restore_requested.connect(self._restore_backup)
        self.unopened.closed.connect(self._step_back)
        self._first_run.import_requested.connect(self._import)
        self._first_run.open_requested.connect(self._open)
        self._first_run.sample_requested.connect(self._sample_with_tour)
        self._first_run.project_requested.connect(self.open_project)
        self.departures.jump_requested.connect(self._show_mark)
        self.arrivals.message.connect(self.status.message)
        self.backups.message.connect(self.status.message)
        self.backups.message.connect(self.announcer.say)
        self.arrivals.message.connect(self.announcer.say)
        self.asking.message.connect(self.status.message)
        self.asking.message.connect(self.announcer.say)
        self.asking.standing.connect(self.status.show_standing)
        self.asking.found.connect(self.desk.proposals.learnt_anew)
        self.arrivals.arrived.connect(self._show_arrived)
        self.arrivals.undo_offered.connect(self.desk.offer_undo)
        self.arrivals.project_requested.connect(self.open_project)
        self._top.views.view_chosen.connect(self.show_view)
        self._top.command.clicked.connect(lambda: self.menus.action("palette").trigger())
        self.keymap.changed.connect(self._print_keys)
        self._print_keys()
        hints = style_hints()
        hints.colorSchemeChanged.connect(self._restyle)
        hints.accessibility().contrastPreferenceChanged.connect(self._apply_view_settings)

    def panes(self) -> list[QWidget]:
        """Return the panes of the desk in the order in which Tab goes; none without a project."""
        if self.session is None:
            return []
        shown = [view] if (view := self.views.shown) else self.desk.in_order()
        return [self._top, *shown, self.status]

    def _handlers(self) -> dict[str, Callable[[], object]]:
        desk = self.desk
        by_scope = {"article": self._run_in_text, "compare": self._run_comparing}
        scoped = {
            action.id: partial(by_scope[action.scope], action.id)
            for action in ACTIONS
            if action.scope in by_scope
        }
        views = {f"view-{name}": partial(self.show_view, name) for name in VIEWS}
        at_desk = {name: partial(self._at_desk, run) for name, run in self._desk_handlers().items()}
        return (
            scoped
            | views
            | at_desk
            | {
                "new": self._new,
                "open": self._open,
                "sample": self._sample,
                "import": self._import,
                "paste-article": self._paste_article,
                "export": self._export,
                "exports": self._show_exports,
                "undo-project": self._undo_in_project,
                "redo-project": self._redo_in_project,
                "check": self._check,
                "restore": self._restore_backup,
                "quit": self._window.close,
                "undo": desk.undo,
                "redo": desk.redo,
                "history": lambda: self._show_history("project"),
                "mark-history": lambda: self._show_history("mark"),
                "trash": lambda: self._show_history("trash"),
                "done": self._finish,
                "flag": desk.flag,
                "next": desk.open_next,
                "previous": desk.open_previous,
                "look-system": lambda: self.set_look("system"),
                "look-light": lambda: self.set_look("light"),
                "look-dark": lambda: self.set_look("dark"),
                "zoom-in": lambda: self._zoom(+1),
                "zoom-out": lambda: self._zoom(-1),
                "zoom-reset": lambda: self._zoom(0),
                "settings": self._open_settings,
                "palette": self._toggle_palette,
                "suggestions": lambda: self._switch_suggestions(on=not desk.proposals.on),
                "tour": partial(self._at_desk, desk.tour.switch),
                "review": partial(self._at_desk, desk.reviewing.switch),
                "rejected": desk.show_rejected,
                "ask-server": self._ask_server,
                "others": lambda: self._switch_others(on=not desk.others_shown),
                "letters": lambda: self._switch_setting("letters"),
                "definitions": lambda: self._switch_setting("definitions"),
                "next-pane": lambda: self._cycle_pane(+1),
                "previous-pane": lambda: self._cycle_pane(-1),
                "duplicates": self._show_duplicates,
                "codebook": self.show_codebook,
                "registry": self.show_registry,
                "keys": self._show_keys,
                "about": self._files.about,
            }
        )

    def _desk_handlers(self) -> dict[str, Callable[[], object]]:
        """Return what can be done at the desk alone: it is shown first."""
        desk = self.desk
        return {
            "copy": desk.view.copy_quote,
            "copy-link": desk.copy_link,
            "search": desk.search,
            "search-all": lambda: desk.search_all("texts"),
            "bookmark": desk.switch_bookmark,
            "bookmarks": lambda: desk.search_all("bookmarks"),
            "next-bookmark": lambda: desk.go_to_bookmark(+1),
            "previous-bookmark": lambda: desk.go_to_bookmark(-1),
            "edit": desk.focus_form,
            "comment": desk.focus_comment,
            "delete": lambda: desk.delete(desk.view.selected_id()),
            "find": desk.view.find_words,
            "find-next": lambda: desk.view.find_words(+1),
            "find-previous": lambda: desk.view.find_words(-1),
            "fix": desk.offer_fixes,
            "alike-everywhere": desk.tag_alike_everywhere,
            "queue": desk.toggle_queue,
            "filter": desk.filter_articles,
            "all-articles": desk.queue.show_all,
        }

    def _at_desk(self, run: Callable[[], object]) -> None:
        """Do something at the desk, whichever view was shown."""
        self.show_view("annotate")
        run()

    def _show_mark(self, article: str, mark: str) -> None:
        self._at_desk(lambda: self.desk.show_mark(article, mark))

    # -- views ------------------------------------------------------------------------------------

    @property
    def compare(self) -> "ComparePanel | None":
        """The pane that compares, where somebody has asked for it."""
        made: ComparePanel | None = self.views.made("compare")  # type: ignore[assignment]
        return made

    @property
    def comparing(self) -> bool:
        """Whether annotators are compared now."""
        return self.views.current == "compare"

    def _show_hints(self) -> None:
        reviews = self.desk.reviewing.on and self.views.current == "annotate"
        self.status.show_hints("review" if reviews else self.views.current)

    def show_view(self, name: str) -> None:
        """Show another view of the project."""
        if self.session is None or name == self.views.current:
            return
        self.desk.flush()
        self.views.show(name)
        self._top.views.show_view(name)
        self._show_hints()
        self.status.show_figures("")
        self._show_counts(self._counts)
        self._show_figures()
        self.menus.check(f"view-{name}")
        (self.views.shown or self.desk.view).setFocus()
        self._refresh_actions()

    def _furnish(self, made: View) -> None:
        """Give a view that was just made what all of them have."""
        made.set_theme(self._settings.theme())
        made.show_session(self.session)
        made.message.connect(self.status.message)
        made.message.connect(self.announcer.say)
        made.current_changed.connect(self._refresh_actions)
        made.current_changed.connect(self._show_figures)

    def _make_compare(self) -> View:
        from app.ui.compare.panel import ComparePanel

        made = ComparePanel()
        made.set_keymap(self.keymap)
        made.set_zoom(self._settings.zoom / 100)
        made.set_high_contrast(on=self._settings.high_contrast)
        self._furnish(made)
        made.asked.connect(self.announcer.say)
        made.action_requested.connect(self._run)
        made.article_requested.connect(self.desk.open_article)
        return made

    def _make_dataset(self) -> View:
        from app.ui.dataset.panel import DatasetPanel

        made = DatasetPanel()
        made.set_keymap(self.keymap)
        self._furnish(made)
        made.place_requested.connect(self._show_mark)
        made.export_requested.connect(self._export)
        return made

    def _make_dashboard(self) -> View:
        from app.ui.dashboard.panel import Dashboard

        made = Dashboard()
        self._furnish(made)
        made.place_requested.connect(self._show_mark)
        made.view_requested.connect(self.show_view)
        made.state_requested.connect(
            lambda state: self._at_desk(lambda: self.desk.show_articles(state))
        )
        made.table_requested.connect(self._show_table)
        made.likely_requested.connect(self._show_likely)
        return made

    def _show_likely(self) -> None:
        if self.session is not None:
            self.registry.open_likely(self.session, theme=self._settings.theme())

    def _show_table(self, type_name: str, words: str) -> None:
        """Show a table of the dataset, narrowed to some words."""
        self.show_view("dataset")
        panel: DatasetPanel | None = self.views.made("dataset")  # type: ignore[assignment]
        if panel is not None:
            panel.ask_for(type_name, words)

    def _show_exports(self) -> None:
        if (session := self.session) is None:
            return
        from app.ui.exporting.so_far import ExportsSheet  # only for those who ask

        kept = session.workspace.receipts()
        sheet = ExportsSheet(self._window, kept, theme=self._settings.theme())
        sheet.exec()
        sheet.deleteLater()

    def _show_duplicates(self) -> None:
        if (session := self.session) is None:
            return
        from app.ui.duplicates import DuplicatesSheet  # only for those who ask

        self.desk.flush()
        sheet = DuplicatesSheet(self._window, session, theme=self._settings.theme())
        sheet.message.connect(self.status.message)
        sheet.message.connect(self.announcer.say)
        sheet.article_requested.connect(
            lambda article: self._at_desk(partial(self.desk.open_article, article))
        )
        sheet.exec()
        sheet.deleteLater()

    def _show_figures(self) -> None:
        if view := self.views.shown:
            self.status.show_figures(view.figures())

    def _run_comparing(self, action_id: str) -> None:
        if self.comparing and (panel := self.compare):
            panel.run(action_id)

    def _finish(self) -> None:
        """Mark the article done, or finish comparing it."""
        if self.comparing and (panel := self.compare):
            panel.finish()
        else:
            self._at_desk(self.desk.mark_done)

    def _cycle_pane(self, step: int) -> None:
        (self.views.shown or self.desk).cycle_pane(step)

    def _run_in_text(self, action_id: str) -> None:
        """Do something in the text as if its key had been pressed there."""
        self.show_view("annotate")
        self.desk.view.setFocus()
        self.desk.view.run(action_id)

    def _run(self, action_id: str) -> None:
        action = self.menus.action(action_id)
        if action.isEnabled():
            action.trigger()

    def choose(self, submenu: str, name: str) -> None:
        """Take an entry that the codebook put into a submenu."""
        view = self.desk.view
        if submenu == "tag":
            view.setFocus()
            view.tag_or_hint(name)
        elif submenu == "repeat":
            view.setFocus()
            view.tag_or_hint(name, repeat=True)
        elif submenu == "retype":
            self.desk.retype_selected(name)
        elif submenu == "role":
            self.desk.focus_role(name)
        elif submenu == "saved-filter":
            self.desk.show_queue()
            self.desk.queue.apply_filter(name)
        else:
            self._settings.set_text("profile", name)
            self.desk.inspector.set_profile(name)
            self._refresh_actions()

    # -- projects ---------------------------------------------------------------------------------

    def open_project(self, location: str, article: str | None = None) -> None:
        """Open a project in this window; on a failure the window keeps what it had and says why."""
        try:
            workspace = self._files.open_workspace(location)
        except (Refused, KnownError) as problem:
            self.exit_code = self._files.failure if self.session is None else self.exit_code
            self.unopened.show_failure(location, problem)
            self.announcer.say_now(str(problem))
            return
        if not self.may_close():
            workspace.close()
            return
        self._take(workspace, article)

    def _take(self, workspace: Workspace, article: str | None) -> None:
        self.close_project()
        self.unopened.hide()
        self.exit_code = 0
        self._presence = Presence(workspace.location, workspace.annotator)
        session = self.session = Session(workspace, self)
        session.saving.connect(self.status.show_saving)
        session.progressed.connect(self.status.show_progress)
        session.saved.connect(self.status.show_saved)
        session.refused.connect(self.status.message)
        session.failed.connect(self.status.show_failure)
        session.failed.connect(self.announcer.say_now)
        session.changed.connect(self._announce)
        session.recovered.connect(self._recovered)
        self._settings.remember_project(workspace.location)
        self.backups.watch(workspace)
        session.before_much = self.backups.before
        self.asking.attend(session)
        session.changed.connect(self.learning.hear)
        self.learning.watch(workspace)
        note = Notice(self._presence.other() or self._after_crash(workspace))
        recovered = self.unclean.attend(workspace, alone=self._presence.is_first)
        note = note if note.sentence else recovered
        if workspace.risk:
            note = note._replace(sentence=f"{note.sentence} {workspace.risk}".strip())
        memory = Memory(self._settings.folder, workspace.project.id, workspace.annotator)
        self.desk.show_session(session, profile=self._profile(), note=note, memory=memory)
        for view in self.views:
            view.show_session(session)
        self.desk.queue.set_filters(self._saved_filters(session))
        self._show_project()
        wanted = article or self._settings.text(f"article/{workspace.project.id}")
        first = workspace.queue(limit=1)
        if workspace.queue_row(wanted) is None:
            wanted = first[0].id if first else ""
        self.desk.open_article(wanted)

    def _step_back(self) -> None:
        """Give the keyboard back to what stands below the bar that was closed."""
        (self.desk.view if self.session is not None else self._first_run).setFocus()

    def _show_found(self, location: str, sentence: str) -> None:
        """Say above the text that the check after an unclean end found something."""
        if self.session is not None and self.session.workspace.location == location:
            self.desk.banner.show_message(sentence, kind="danger", button="Repair…", action="check")
            self.announcer.say_now(sentence)

    def _after_crash(self, workspace: Workspace) -> str:
        """Return, once, what is said after a run that did not end properly."""
        reports = self._reports
        report, reports.last = reports.last, None
        return sentence(report, spoken_time(workspace.last_saved)) if report else ""

    def _keep_filters(self, filters: tuple[SavedFilter, ...]) -> None:
        if self.session is not None:
            name = f"filters/{self.session.workspace.project.id}"
            self._settings.set_text(name, saved.to_text(filters))
            self._refresh_actions()

    def _saved_filters(self, session: Session) -> tuple[SavedFilter, ...]:
        return saved.from_text(self._settings.text(f"filters/{session.workspace.project.id}"))

    def _announce(self, change: Change) -> None:
        """Say what was done here; undo says so itself, others are not talked about."""
        session = self.session
        if session and change.kind == "do" and change.by == session.workspace.annotator:
            self.announcer.say(in_the_past(change.title))

    def is_busy(self) -> bool:
        """Tell whether an import or export is going on."""
        return self.arrivals.busy or self.departures.busy

    def may_close(self, *, ask: bool = True) -> bool:
        """Write what is still being typed; `ask` where the last change cannot reach the disk."""
        if self.is_busy():
            return False
        if self.session is None:
            return True
        self.desk.flush()
        if self.session.waiting and self.session.retry():
            self.desk.send_drafts()
        return not (self.session.waiting and ask) or self._files.may_lose_change()

    def close_project(self) -> None:
        """Write what is still being typed and close the project."""
        if self.session is None:
            return
        self.codebook.close()
        self.registry.close()
        self.history.close()
        self.desk.flush()
        if self.session.article:
            key = f"article/{self.session.workspace.project.id}"
            self._settings.set_text(key, self.session.article)
        self.show_view("annotate")
        self.desk.show_session(None)
        for view in self.views:
            view.show_session(None)
        self.asking.attend(None)
        self.learning.leave()
        self.ranking.leave()
        self.backups.leave()
        self.session.close()
        self.session.deleteLater()
        self.session = None
        if self._presence is not None:
            self._presence.leave()

    def _show_project(self) -> None:
        self._stack.setCurrentWidget(self.desk if self.session else self._first_run)
        if self.session is None:
            self._window.setWindowTitle("Pressmark")
            self._first_run.set_recent(self._settings.recent())
            self.status.show_no_project()
        else:
            workspace = self.session.workspace
            self._window.setWindowTitle(f"{workspace.project.name} – Pressmark")
            self._top.set_annotator(workspace.annotator)
            self.status.set_annotator(workspace.layer)
            self.status.show_saved(workspace.last_saved)
        self._top.offer_views(on=self.session is not None)
        self.menus.check("view-annotate")
        self._refresh_actions()

    def _new(self) -> None:
        if location := self._files.new_project(self._settings.theme()):
            self.open_project(location)

    def _open(self) -> None:
        if location := self._files.ask_project():
            self.open_project(location)

    def _restore_backup(self) -> None:
        """Make a new project from a backup, and open it."""
        from app.ui.restoring import RestoreSheet
        from app.workspace.backups import outline, project_at

        workspace = self.session.workspace if self.session is not None else None
        asked = self.unopened.location if self.unopened.isVisible() else ""
        self.desk.flush()
        sheet = RestoreSheet(
            self._window,
            theme=self._settings.theme(),
            project=workspace.project.id if workspace else project_at(asked) if asked else "",
            location=workspace.location if workspace else asked,
            now=outline(workspace.location) if workspace else None,
        )
        sheet.exec()
        if sheet.location:
            self.open_project(sheet.location)

    def _sample_with_tour(self) -> None:
        self._sample()
        if self.session is not None:
            self.desk.tour.switch()

    def _sample(self) -> None:
        if location := self._files.sample_project():
            self.open_project(location)

    def _import(self) -> None:
        self.desk.flush()
        self.backups.make()
        self.arrivals.import_files()

    def _paste_article(self) -> None:
        self.desk.flush()
        self.arrivals.paste()

    def _show_arrived(self, article: str) -> None:
        """Show what came into the project: that article, or the first where none is open."""
        if self.session is None:
            return
        self.desk.queue.reload()
        first = self.session.workspace.queue(limit=1)
        if article or self.session.article is None:
            self.desk.open_article(article or (first[0].id if first else ""))
        self._refresh_actions()

    def _undo_in_project(self) -> None:
        if self.session is not None:
            self.desk.flush()
            self.session.undo_in_project()
            self._refresh_actions()

    def _redo_in_project(self) -> None:
        if self.session is not None:
            self.session.redo_in_project()
            self._show_arrived("")

    def _export(self) -> None:
        if self.session is not None:
            self.desk.flush()
            self.departures.export(self.session)

    def _rank(self, by: Sort) -> None:
        if self.session is not None:
            self.ranking.begin(self.session.workspace, by)

    def _check(self) -> None:
        """Check the project beside the window, then say what was found."""
        session = self.session
        if session is None or self.checking is not None:
            return
        self.desk.flush()
        from app.workspace.repairing import look_over

        location = session.workspace.location
        job = self.checking = Job(lambda _: look_over(location))
        job.done.connect(lambda report: self._checked(session, report))
        job.failed.connect(self._files.say)
        job.ended.connect(self._end_check)
        self.status.message("Checking the project…")
        job.start()

    def _end_check(self) -> None:
        self.checking = None

    def _checked(self, session: Session, report: CheckReport) -> None:
        if session is not self.session:
            return  # another project was opened meanwhile
        self.status.message("")
        if self._files.report_check(report) and self.may_close():
            self._repair(session)

    def _repair(self, session: Session) -> None:
        """Repair the project in this window: nobody may have it open meanwhile."""
        location, article = session.workspace.location, session.article
        self.close_project()
        self._show_project()
        self._repair_closed(location, article)

    def _repair_closed(self, location: str, article: str | None = None) -> None:
        """Repair a project that is not open here, beside the window; then open it."""
        if self.repairing is not None:
            return
        from app.workspace.repairing import repair

        self.unopened.hide()
        job = self.repairing = Job(lambda _: repair(location))
        job.done.connect(lambda report: self._repaired(report, location, article))
        job.failed.connect(self._files.say)
        job.ended.connect(self._end_repair)
        self.status.message("Repairing the project…")
        job.start()

    def _repaired(self, report: RepairReport, location: str, article: str | None) -> None:
        self._files.report_repair(report)
        if self.session is None:  # nobody went on with another project meanwhile
            self.open_project(location, article)

    def _end_repair(self) -> None:
        self.repairing = None
        self.status.message("")

    # -- state ------------------------------------------------------------------------------------

    def _refresh_actions(self) -> None:
        session = self.session
        present: set[Need] = {"writable"}
        selected_type: str | None = None
        if session is not None:
            present = {"project"} if session.workspace.read_only else {"project", "writable"}
            if session.contents is not None:
                present.add("article")
                selected = session.contents.annotation(self.desk.view.selected_id() or "")
                selected_type = selected.type if selected else None
            if self.comparing and (panel := self.compare):
                present |= {"comparing"} if panel.comparing else set()
            elif self.views.shown is None:
                present |= {"mark"} if selected_type else set()
        self.menus.enable(present)
        if session is not None:
            self.menus.fill(session.workspace.codebook, self._profile(), selected_type)
            self.menus.fill_filters(one.name for one in self._saved_filters(session))
            whole = session.workspace
            self.menus.name_history(whole.undo_title(None), whole.redo_title(None), of="-project")
            if {"article", "writable"} <= present:
                workspace, article = session.workspace, session.article
                self.menus.name_history(
                    workspace.undo_title(article), workspace.redo_title(article)
                )

    def _show_counts(self, counts: dict[str, int]) -> None:
        self._counts = counts
        if self.session is not None and self.views.shown is None:
            self.status.show_counts(self.session.workspace.codebook, counts)

    def _retry(self) -> None:
        if self.session is not None and self.session.retry():
            self.desk.send_drafts()

    def _discard(self) -> None:
        if self.session is not None:
            self.session.discard()
            self.desk.forget_typing()

    def _recovered(self) -> None:
        if self.session is not None:
            self.status.show_saved(self.session.workspace.last_saved)
            if self.status.has_focus():
                (self.views.shown or self.desk.view).setFocus()

    def _save_copy(self) -> None:
        """Go on in a copy of the project elsewhere, with the change that did not reach the disk."""
        session = self.session
        if session is None or (location := self._files.copy_project(session.workspace)) is None:
            return
        try:
            workspace, article = self._files.open_workspace(location), session.article
        except (Refused, KnownError) as problem:
            self._files.say(str(problem))
            return
        self.desk.flush()
        drafts = self.desk.drafts()
        self._take(workspace, article)  # the change is kept meanwhile: nothing more goes there
        kept = session.hand_over()
        if kept is not None and self.session is not None:
            self.session.take_over(kept)
        self.desk.send_drafts(drafts)

    def _profile(self) -> str:
        codebook = self.session.workspace.codebook if self.session else None
        chosen = self._settings.text("profile")
        if codebook is None or any(profile.name == chosen for profile in codebook.profiles):
            return chosen
        return codebook.profile

    # -- look -------------------------------------------------------------------------------------

    def set_look(self, look: str) -> None:
        """Take the look `light`, `dark` or `system`, now and next time."""
        self._settings.set_text("look", look)
        self._restyle()

    def _restyle(self) -> None:
        theme = self._settings.theme()
        self.menus.check(f"look-{self._settings.look}")
        QApplication.setPalette(theme.palette())
        self._window.setStyleSheet(stylesheet(theme))
        for panel in (self._top, self.unopened, self.desk, self._first_run, self.status):
            panel.set_theme(theme)
        for view in self.views:
            view.set_theme(theme)
        self.codebook.set_theme(theme)
        self.history.set_theme(theme)
        self.registry.set_theme(theme)

    def _print_keys(self) -> None:
        keys = self.keymap.keys("palette")
        self._top.command.set_key(keys[0] if keys else "")

    def _open_settings(self, page: int = 0) -> None:
        """Open the settings over the window; each is applied at once."""
        from app.ui.preferences.sheet import Preferences

        codebook = self.session.workspace.codebook if self.session else None
        sheet = Preferences(
            self._window,
            self._settings,
            self.keymap,
            codebook=codebook,
            theme=self._settings.theme(),
            page=page,
            learnt=self.learning.said(),
        )
        sheet.changed.connect(self._apply_setting)
        sheet.exec()
        sheet.deleteLater()

    def _apply_setting(self, name: str) -> None:
        if name == "look":
            self._restyle()
        elif name == "zoom":
            self._show_zoom()
        elif name == "pipeline-types":
            self.desk.proposals.pipelines.look_again()
        elif name == "interface":
            # The sheet is closed first: nobody answers it in a window that goes.
            QTimer.singleShot(0, self, self._open_anew)
        else:
            self._apply_view_settings()

    def _open_anew(self) -> None:
        """Open this window again, in a process that begins with another size of everything."""
        while (sheet := QApplication.activeModalWidget()) is not None:
            sheet.close()
        session = self.session
        arguments = ["open"]
        if session is not None:
            arguments.append(session.workspace.location)
            if session.article is not None:
                arguments += ["--article", session.article]
        self.desk.flush()
        if self._window.close():
            restart(arguments if len(arguments) > 1 else [])

    def _apply_view_settings(self) -> None:
        """Let the text look and behave as it is set."""
        settings, view = self._settings, self.desk.view
        view.set_reading_font(settings.text("reading-font"))
        view.set_letters_on_marks(settings.text("letters") == "on")
        view.set_high_contrast(settings.high_contrast)
        if self.compare is not None:
            self.compare.set_high_contrast(on=settings.high_contrast)
        view.set_reduced_motion(settings.reduced_motion)
        view.selects_characters = settings.text("drag") == "characters"
        view.tags_at_once = settings.text("double-click") == "tag"
        found = [name for name in (LEARNED, *RULES) if settings.suggests(name)]
        found += filter(None, (*settings.pipelines, settings.text("server")))
        self.asking.tell(settings.text("server"))
        self.learning.switch(on=self.desk.proposals.on and LEARNED in found)
        without = frozenset(settings.text("suggest-without").split())
        self.desk.proposals.want(Wanted(settings.least_score, without))
        self.desk.proposals.choose((KNOWN_WORDS, *found))
        self.desk.inspector.set_definitions(settings.text("definitions") == "on")
        for name in ("letters", "definitions"):
            self.menus.check(name, on=settings.text(name) == "on")

    def _switch_setting(self, name: str) -> None:
        self._settings.set_text(name, "off" if self._settings.text(name) == "on" else "on")
        self._apply_view_settings()

    def _toggle_palette(self) -> None:
        """Open the command palette over the window, or close it."""
        if self._palette is None:
            from app.ui.palette.offer import Offers
            from app.ui.palette.panel import Palette

            lately = self._settings.text("palette").split()
            self._offers = Offers(self, lately)
            self._palette = Palette(self._window, self._offers, self._run_entry)
        self._palette.set_theme(self._settings.theme())
        self._palette.toggle()

    def _run_entry(self, entry: "Entry") -> None:
        """Do what was chosen in the palette, and remember commands."""
        if self._offers is not None and ":" not in entry.id:
            others = [name for name in self._offers.recent if name != entry.id]
            self._offers.recent = [entry.id, *others][:_LATELY]
            self._settings.set_text("palette", " ".join(self._offers.recent))
        if ":" in entry.id and not entry.id.startswith("article:"):
            self.show_view("annotate")  # marks are there
        entry.run()

    def _switch_suggestions(self, *, on: bool) -> None:
        """Show what the program proposes, or hide it; now and next time."""
        self._settings.set_text("suggestions", "on" if on else "")
        self.desk.switch_suggestions(on=on)
        self.learning.switch(on=on and self._settings.suggests(LEARNED))
        self.menus.check("suggestions", on=on)

    def _switch_others(self, *, on: bool) -> None:
        """Show the marks of other annotators over the text, or hide them."""
        self.desk.show_others(on=on)
        self.menus.check("others", on=on)

    def _zoom(self, step: int) -> None:
        here = ZOOM_STEPS.index(self._settings.zoom)
        place = min(max(here + step, 0), len(ZOOM_STEPS) - 1) if step else ZOOM_STEPS.index(100)
        self._settings.zoom = ZOOM_STEPS[place]
        self._show_zoom()

    def _show_zoom(self) -> None:
        self.desk.view.set_zoom(self._settings.zoom)
        if self.compare is not None:
            self.compare.set_zoom(self._settings.zoom / 100)
        self.status.show_zoom(self._settings.zoom)

    def _show_history(self, scope: "Scope") -> None:
        if self.session is not None:
            self.desk.flush()
            mark = self.desk.view.selected_id() or ""
            self.history.open(self.session, scope, mark=mark, theme=self._settings.theme())

    def show_codebook(self) -> None:
        """Open the codebook editor on the project."""
        if self.session is not None:
            self.desk.flush()
            self.backups.make()
            look = self._settings.theme()
            self.codebook.open(
                self.session, keymap=self.keymap, profile=self._profile(), theme=look
            )

    def _ask_server(self) -> None:
        self.desk.flush()
        if self._settings.text("server"):
            self._switch_suggestions(on=True)
        self.asking.ask(self._window, self._settings.theme())

    def show_registry(self) -> None:
        """Open the registry of the project, at the entry that the selected mark mentions."""
        if self.session is not None:
            self.desk.flush()
            contents, selected = self.session.contents, self.desk.view.selected_id()
            mark = contents.annotation(selected) if contents and selected else None
            record = mark.record if mark else None
            self.registry.open(self.session, record or "", theme=self._settings.theme())

    def _show_keys(self) -> None:
        codebook = self.session.workspace.codebook if self.session else None
        look = self._settings.theme()
        sheet = KeyHelp(codebook, self._window, keymap=self.keymap, theme=look)
        sheet.change_requested.connect(lambda: self._open_settings(page=1))
        sheet.exec()

    def show_unexpected(self, name: str) -> None:
        """Say that the program met a bug; what is on disk is not touched by it."""
        self.status.message(
            f"Something went wrong inside Pressmark ({name}). What is on disk is safe."
        )

    def _restore(self) -> None:
        self.desk.restore_sizes(self._settings.numbers("pane-sizes"))
        self._restyle()
        self._apply_view_settings()
        self._show_zoom()
        self._switch_suggestions(on=self._settings.text("suggestions") == "on")

    def close(self) -> None:
        """Write what is still being typed, remember the panes and let go of the project."""
        if sizes := self.desk.sizes_to_keep():
            self._settings.set_text("pane-sizes", " ".join(map(str, sizes)))
        self.close_project()
