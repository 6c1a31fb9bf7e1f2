"""The annotator's desk: queue, article, form and outline of one open project meet here.

Panels build themselves and know nothing of each other; every connection between them stands in
`_connect`, one a line.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.model.address import address
from app.model.article import State
from app.model.changes import Change
from app.model.codebook import Codebook
from app.model.commands import Command
from app.model.contents import ArticleContents
from app.model.errors import Refused
from app.model.hits import Hit
from app.model.listing import Listing
from app.model.points import Point, summed_up
from app.model.registry import Record
from app.ui.announce import in_the_past
from app.ui.article.strip import Strip
from app.ui.article.view import ArticleView
from app.ui.banner import Banner, Notice
from app.ui.bars import Bars
from app.ui.clashing import Clashing
from app.ui.completeness import Completeness
from app.ui.form.drafts import Draft
from app.ui.form.inspector import Inspector
from app.ui.form.outline import Outline
from app.ui.panes import LEFT, Panes, flush, holds
from app.ui.proposals import Proposals
from app.ui.queue.panel import QueuePanel
from app.ui.readerbar import ReaderBar
from app.ui.reviewing import Reviewing
from app.ui.session import Session
from app.ui.stranded import Stranded
from app.ui.theme import LIGHT, Theme
from app.ui.toast import Toast
from app.ui.tour import Tour
from app.workspace import gestures
from app.workspace.gestures import Gesture
from app.workspace.memory import Memory

if TYPE_CHECKING:
    from app.model.clash import Clash
    from app.ui.search.panel import Kind, SearchPanel

Ranges = tuple[tuple[int, int], ...]

_SLOW = 6_000
"""Marks of an article that takes longer than 150 ms to open."""


class Desk(Panes):
    """The panes of an open project. The window gives it a session and listens to its signals."""

    message = Signal(str)
    counts_changed = Signal(object)
    """Annotations of the open article by type: `dict[str, int]`."""
    selection_changed = Signal()
    """What is open or selected changed: menus may look again."""
    import_requested = Signal()
    action_requested = Signal(str)
    """An action of the table whose key belongs to the article was pressed there."""
    suggestions_switched = Signal(bool)
    zoom_requested = Signal(int)
    """Steps of zoom asked for by the wheel or the bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._heard: list[Change] = []
        self._note = Notice()
        self.others_shown = False
        self._queue_was_shown = True
        self._theme: Theme = LIGHT
        self._memory: Memory | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._asked = ""
        """The article whose open points were told instead of marking it done."""
        self.queue = QueuePanel(lambda: self._session.workspace if self._session else None)
        self.found: SearchPanel | None = None
        """The search over all articles, made when it is first asked for; it hides the queue."""
        self.reader = ReaderBar()
        self.banner = Banner()
        self.stranded = Stranded()
        self.clashing = Clashing()
        self.view = ArticleView()
        self._strip = Strip(self.view)
        self.inspector = Inspector(find_records=self._find_records, read_record=self._read_record)
        self.outline = Outline()
        self._toast = Toast(self.view)
        self.proposals = Proposals(self.view, self._gesture, self)
        self.reviewing = Reviewing(self.view, self.proposals, Banner(), self)
        self.tour = Tour(self.view, Banner(), self)
        self.completeness = Completeness(self.view, self)
        self._arrange()
        self._connect()
        self._connect_banners()

    def _arrange(self) -> None:
        text = QWidget()
        row = flush(QHBoxLayout(text))
        row.addWidget(self._nothing, 1)
        row.addWidget(self.view, 1)
        row.addWidget(self._strip)
        self._bars = Bars(text)
        middle = QWidget()
        column = flush(QVBoxLayout(middle))
        column.addWidget(self.reader)
        column.addWidget(self.banner)
        column.addWidget(self.reviewing.banner)
        column.addWidget(self.tour.banner)
        column.addWidget(self.stranded)
        column.addWidget(self.clashing)
        column.addWidget(text, 1)
        self.lay_out(middle, self._strip)

    def _connect(self) -> None:
        self.queue.article_requested.connect(self.open_article)
        self.queue.import_requested.connect(self.import_requested)
        self.queue.text_focus_requested.connect(self._back_to_text)
        self.queue.unfold_requested.connect(self.show_queue)
        self.reader.previous_requested.connect(self.open_previous)
        self.reader.next_requested.connect(self.open_next)
        self.reader.types_shown_changed.connect(self.view.set_types_shown)
        self.reader.zoom_requested.connect(self.zoom_requested)
        self.reader.suggestions_switched.connect(self.suggestions_switched)
        self.reader.flag_requested.connect(self.flag)
        self.reader.done_requested.connect(self.mark_done)
        self.reader.reopen_requested.connect(self.reopen)
        self.view.annotation_selected.connect(lambda _: self._later.start())
        self.view.annotation_clicked.connect(self.inspector.fill_role)
        self.view.tag_requested.connect(self.tag)
        self.view.linked_tag_requested.connect(self._tag_for_role)
        self.view.fragments_requested.connect(self._reshape)
        self.view.type_requested.connect(self._retype)
        self.view.delete_requested.connect(self.delete)
        self.view.relation_requested.connect(self.relate)
        self.view.links_requested.connect(self._link_all)
        self.proposals.message.connect(self.message)
        self.view.role_cleared.connect(self._clear_role)
        self.view.certainty_requested.connect(self._switch_certainty)
        self.view.record_requested.connect(self.link_record)
        self.view.role_requested.connect(self.focus_role)
        self.view.edit_requested.connect(self.focus_form)
        self.view.comment_requested.connect(self.focus_comment)
        self.view.action_requested.connect(self.action_requested)
        self.view.zoom_requested.connect(self.zoom_requested)
        self.view.selection_changed.connect(self.inspector.set_selection)
        self.view.message.connect(self.message)
        self.inspector.command_requested.connect(self._do)
        self.inspector.annotation_requested.connect(self.view.select)
        self.inspector.role_armed.connect(self.view.arm_role)
        self.inspector.text_focus_requested.connect(self._close_drawer)
        self.inspector.message.connect(self.message)
        self.inspector.words_stranded.connect(self._show_stranded)
        self._flap.clicked.connect(self._toggle_drawer)
        self.outline.annotation_requested.connect(self.view.select)
        self.outline.delete_requested.connect(self.delete)
        self._toast.undo_requested.connect(self.undo)
        self._later.timeout.connect(self._settle)
        self.completeness.changed.connect(self._show_points)
        self.proposals.changed.connect(self.completeness.refresh)
        self.proposals.changed.connect(self._count_suggestions)
        self.inspector.place_requested.connect(self._go_to_point)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._focus_moved)

    def _connect_banners(self) -> None:
        self.stranded.return_requested.connect(self._bring_back)
        self.stranded.dropped.connect(self.inspector.drop_draft)
        self.clashing.insisted.connect(self._insist)
        self.clashing.settled.connect(self.view.setFocus)
        self.reviewing.message.connect(self.message)
        self.reviewing.article_requested.connect(self.open_article)
        self.reviewing.suggestions_wanted.connect(lambda: self.suggestions_switched.emit(True))

    # -- the project ------------------------------------------------------------------------------

    def show_session(
        self,
        session: Session | None,
        *,
        profile: str = "",
        note: Notice = Notice(),  # noqa: B008 - a tuple
        memory: Memory | None = None,
    ) -> None:
        """Show another project, or none. `note` is what is said about it over the text.

        `memory` holds where the articles were read.
        """
        if self._memory is not None:
            self.remember_place()
            self._memory.save()
        self._memory = memory
        self._asked = ""
        self.proposals.attend(session)
        self.reviewing.attend(session)
        self.tour.attend(session)
        self.completeness.attend(memory)
        if self.found is not None:
            self.found.cancel()
        self.inspector.discard()
        self.stranded.forget()
        self.clashing.forget()
        self._session = session
        self._note = note
        self._later.stop()
        self._heard.clear()
        self._toast.hide()
        self.view.clear()
        self._show_panes(article=False)
        if session is None:
            return
        session.changed.connect(self._changed)
        session.changed.connect(self.clashing.hear)
        session.retried.connect(self._show_retried)
        session.clashed.connect(self._show_clash)
        session.article_opened.connect(self._opened)
        self.inspector.set_profile(profile)
        self._show_project(session)
        self.counts_changed.emit({})

    def _show_project(self, session: Session) -> None:
        workspace = session.workspace
        self.queue.set_project_name(workspace.project.name)
        self.queue.reload()
        if self.found is not None:
            self.found.load()
        self.reader.set_codebook(workspace.codebook)
        for panel in (self.view, self.inspector, self.outline, self.reader):
            panel.set_read_only(workspace.read_only)
        self._show_notice(session)

    def _show_notice(self, session: Session) -> None:
        """Say above the text what holds for all of the project, the gravest first."""
        workspace = session.workspace
        if workspace.damage:
            found = workspace.damage[0].detail
            sentence = f"An article is damaged: {found} Nothing was moved."
            self.banner.show_message(
                sentence, kind="danger", button="Check project", action="check"
            )
        elif workspace.read_only:
            self.banner.show_message(workspace.read_only_reason, kind="warn")
        elif self._note.sentence:
            sentence, button, action = self._note
            self.banner.show_message(sentence, kind="info", button=button, action=action)
        else:
            self.banner.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take another look."""
        self._theme = theme
        if self.found is not None:
            self.found.set_theme(theme)
        banners = self.banner, self.reviewing.banner, self.tour.banner, self.stranded, self.clashing
        for panel in (self.queue, self.reader, *banners, self.view, self._strip):
            panel.set_theme(theme)
        for part in (self.inspector, self.outline, self._toast, self._flap, self._bars):
            part.set_theme(theme)

    def flush(self) -> None:
        """Write what is still being typed."""
        self.inspector.flush()

    def forget_typing(self) -> None:
        """Let the form show what is on disk again, and not send what was typed."""
        self.inspector.discard()
        if self._session is not None and self._session.contents is not None:
            self.inspector.load(self._session.contents, self._codebook)
            self.inspector.show_annotation(self.view.selected_id())
            self._show_points()

    def drafts(self) -> tuple[Draft, ...]:
        """Return the words that were typed and did not reach the disk."""
        return self.inspector.drafts()

    def send_drafts(self, drafts: Sequence[Draft] = ()) -> None:
        """Send such words, and more of them, now that the disk takes them again."""
        self.inspector.keep_drafts(drafts)
        here = self._session.article if self._session is not None else None
        waiting = {draft.article for draft in self.drafts()}
        for article in [*sorted(waiting - {here}), here]:
            self._turn_to(article)
            self.inspector.send_drafts()

    def _show_stranded(self, draft: Draft) -> None:
        """Offer words whose mark is gone, unless it was removed here."""
        if self._session is not None and not self._session.writing:
            self.stranded.show_draft(draft)

    def _show_clash(self, clash: "Clash") -> None:
        """Show both versions of what was changed here and elsewhere."""
        if self._session is not None:
            from app.model.field_words import FieldWords

            contents = self._session.contents
            words = FieldWords(self._session.workspace.codebook, lambda: contents)
            self.clashing.show_clash(clash, words)

    def _insist(self, clash: "Clash") -> None:
        self.view.setFocus()
        if self._session is not None:
            self._session.insist(clash)

    def _bring_back(self, draft: Draft) -> None:
        """Bring a mark that was removed elsewhere back, with what was being typed about it."""
        session = self._session
        if session is None:
            return
        wanted = {draft.article, draft.annotation}
        for thing in session.workspace.trash():
            if thing.id in wanted and session.restore(thing) is None:
                return
        self.stranded.forget()
        self.show_mark(draft.article, draft.annotation)
        self._settle()

    # -- articles ---------------------------------------------------------------------------------

    def open_article(self, article_id: str | None) -> None:
        """Open an article of the queue."""
        if self._session is not None and article_id:
            if self._session.contents is not None:  # else the form is of the last project
                self.flush()
            self._settle()
            self.remember_place()
            row = self._session.workspace.queue_row(article_id)
            if row is not None and row.annotations >= _SLOW and self.view.isVisible():
                self._bars.cover(self.view)
            try:
                self._session.open_article(article_id)
            finally:
                self._bars.hide()

    def _turn_to(self, article_id: str | None) -> None:
        """Open an article unless it is open."""
        if self._session is not None and self._session.article != article_id:
            self.open_article(article_id)

    def open_next(self) -> None:
        """Open the article after this one."""
        self._open_neighbour(+1, "This is the last article")

    def open_previous(self) -> None:
        """Open the article before this one."""
        self._open_neighbour(-1, "This is the first article")

    def switch_bookmark(self) -> None:
        """Put a bookmark at the sentence where reading stands, or take it away."""
        view = self.view
        sentence = view.scene.sentence or view.text.sentence_at(view.place())
        if sentence is None:
            return
        if done := self._gesture(lambda c: gestures.switch_bookmark(c, sentence)):
            self.message.emit(in_the_past(done.title))

    def go_to_bookmark(self, step: int) -> None:
        """Go to the next (+1) or previous (-1) bookmark, in this article or another one."""
        session = self._session
        if session is None or session.contents is None:
            return
        marks = session.workspace.bookmark_hits()
        here = session.contents.article.position, self.view.place()
        places = [(hit.position, hit.start) for hit in marks]
        found = bisect_right(places, here) if step > 0 else bisect_left(places, here) - 1
        if 0 <= found < len(marks):
            self.show_place(marks[found].article, marks[found].start)
        else:
            self.message.emit(f"No bookmark {'further on' if step > 0 else 'further back'}")

    def show_place(self, article_id: str, start: int, end: int | None = None) -> None:
        """Open an article and read on at an offset (code points); select the words up to `end`."""
        self._turn_to(article_id)
        self.view.read_on_at(start)
        if end is not None and end > start:
            self.view.set_range(start, end)
            self.view.reveal(start, end)

    def search_all(self, kind: "Kind") -> None:
        """Open the search over all articles in the place of the queue."""
        if self.found is None:
            from app.ui.search.panel import SearchPanel

            self.found = SearchPanel(lambda: self._session.workspace if self._session else None)
            self.found.set_theme(self._theme)
            self.found.hit_chosen.connect(self._go_to_hit)
            self.found.left.connect(self.close_search)
            self.panes.insertWidget(0, self.found)
            self.panes.setCollapsible(0, False)
            self.found.hide()
            self.found.load()
        if self.found.isHidden():
            self._queue_was_shown = not self.queue.isHidden()
            sizes = self.panes.sizes()
            self.queue.hide()
            self.found.show()
            self.panes.setSizes([sizes[1] or LEFT, 0, *sizes[2:]])
        self.found.choose(kind)
        self.found.start()

    def close_search(self) -> None:
        """Show the queue again where it was, and read on."""
        if self.found is not None:
            sizes = self.pane_sizes()
            self.found.hide()
            self.queue.setVisible(self._queue_was_shown)
            self.set_pane_sizes(sizes)
        self.view.setFocus()

    def _go_to_hit(self, hit: Hit) -> None:
        """Go to what was found; the keyboard stays in the list, for the next one."""
        if hit.annotation:
            self._turn_to(hit.article)
            self.view.select(hit.annotation)
        else:
            self.show_place(hit.article, hit.start, hit.end)
        if self.found is not None and self.found.isVisible():
            self.found.view.setFocus()

    def mark_done(self) -> None:
        """Mark the article done and open the next one that is not.

        Where points are open they are listed first; asked again it is done all the same.
        """
        if self._session is None or self._session.contents is None:
            return
        self.flush()
        here = self._session.article or ""
        self.completeness.note_what_is_seen()
        if self._asked != here and self.completeness.look():
            self._asked = here
            self._list_points()
            return
        following = self.queue.next_open(here)  # as the list stands now: this one may leave it
        if self._session.set_state("done") is None:
            return
        if following is None:
            rest = "in this list" if self.queue.model.listing != Listing() else "of the project"
            self.message.emit(f"Done. Every article {rest} is done")
        else:
            self.open_article(following)

    def step_out(self) -> None:
        """Take back the notice about open points, and read on."""
        if self._asked and self._session is not None:
            self._asked = ""
            self._show_notice(self._session)
        self._take_keyboard()

    def _list_points(self) -> None:
        """Show what is open instead of a form, with the keyboard in the list."""
        self.view.select(None)
        self._settle()
        self._tell_points()
        self._open_drawer()
        self.inspector.focus_first()

    def _tell_points(self) -> None:
        keys = self.view.keymap.keys("done")
        key = keys[0].replace("Return", "Enter") if keys else "Mark done"
        said = summed_up(self.completeness.points)
        self.banner.show_message(f"Not done yet: {said}. {key} again says it is done.", kind="info")

    def _show_points(self) -> None:
        completeness, session = self.completeness, self._session
        self.inspector.show_points(completeness.points, completeness.findings)
        if self._asked and session is not None and self._asked == session.article:
            if completeness.points:
                self._tell_points()
            else:
                self._asked = ""
                self._show_notice(session)

    def _go_to_point(self, point: Point) -> None:
        if point.suggestion:
            self.view.select_suggestion(point.suggestion)
        else:
            self.view.read_on_at(point.start)
        self.view.setFocus()

    def reopen(self) -> None:
        """Say that the article is in progress again."""
        if self._session is not None:
            self._session.set_state("in progress")

    def flag(self) -> None:
        """Flag the article, or take the flag away."""
        if self._session is None or (contents := self._session.contents) is None:
            return
        flagged = contents.status is not None and contents.status.state == "flagged"
        if self._session.set_state("in progress" if flagged else "flagged") is not None:
            self.message.emit("Flag taken away" if flagged else "Flagged for a second look")

    def _open_neighbour(self, step: int, otherwise: str) -> None:
        session = self._session
        self._settle()
        here = session.article if session is not None else None
        following = self.queue.neighbour(here, step) if here else None
        if following is None:
            self.message.emit(otherwise)
        self.open_article(following)

    def _opened(self, contents: ArticleContents) -> None:
        self._heard.clear()
        self._toast.hide()
        self._show_panes(article=True)
        codebook = self._codebook
        self._asked = ""
        self.view.load(contents, codebook)
        self.completeness.load(contents, codebook)
        self.inspector.load(contents, codebook)
        self.outline.load(contents, codebook)
        self.queue.select(contents.article.id)
        self._show_over_text()
        self._count_suggestions()
        self._go_where_it_was_read(contents)
        self._refresh()
        if self._session is not None:
            self._show_notice(self._session)  # reading the article may have found damage
        self._take_keyboard()

    def _show_over_text(self) -> None:
        """Show what lies over a text that was loaded: the marks of others, and suggestions."""
        self.show_others(on=self.others_shown)
        self.proposals.outdate()
        self.proposals.refresh()

    def _go_where_it_was_read(self, contents: ArticleContents) -> None:
        if self._memory is not None and (place := self._memory.position(contents.article.id)):
            offset = min(place, len(contents.article.text))
            self.view.set_sentence(self.view.text.sentence_at(offset))
            self.view.set_range(offset, offset, in_text=False)
            self.view.begin_at(offset)

    def remember_place(self) -> None:
        """Remember where the open article is read."""
        if self._memory is not None and self._session is not None and self._session.article:
            self._memory.set_position(self._session.article, self.view.reading_offset())

    def _changed(self, change: Change) -> None:
        """Paint a change at once where the annotator looks; everything else follows right after."""
        if self._session is not None and change.codebook is not None:
            self._take_codebook(self._session, change)
            return
        if self._session is not None and self._session.article in change.removed_articles:
            self._leave(self._session, change)
            return
        self._toast.hide()  # its “Undo” would take back this change, not the one it names
        self.proposals.outdate()
        self.view.apply(change)
        self.completeness.apply(change)
        in_form = self._has_focus(self.inspector)
        self.inspector.apply(change)
        if in_form and not self._has_focus(self.inspector):  # its form is gone with the mark
            self.view.setFocus()
        self._heard.append(change)
        self._later.start()

    def _leave(self, session: Session, change: Change) -> None:
        """Go to another article: the one that was open is not in the project any more."""
        lost = [d for d in self.drafts() if d.article == session.article]
        session.close_article()
        self._later.stop()
        self._heard.clear()
        self._toast.hide()
        self.view.clear()
        self.queue.apply(change)
        self._show_panes(article=False)
        rows = session.workspace.queue(limit=1)
        if rows:
            session.open_article(rows[0].id)
        else:
            self.selection_changed.emit()
        if lost and not session.writing:
            self.stranded.show_draft(lost[0], whole_article=True)

    def offer_undo(self, sentence: str, undo: Callable[[], object]) -> None:
        """Say what came into the project, and offer to take it back."""
        self._toast.show_message(sentence, undo)

    def _take_codebook(self, session: Session, change: Change) -> None:
        """Show the same place of the same article, and the same mark, under another codebook."""
        self.reader.set_codebook(session.workspace.codebook)
        if (contents := session.contents) is None:
            self.selection_changed.emit()
            return
        view, selected = self.view, self.view.selected_id()
        at = view.verticalScrollBar().value()
        in_form = self._has_focus(self.inspector)
        self.inspector.flush()
        view.load(contents, self._codebook)
        self.completeness.load(contents, self._codebook)
        self._show_over_text()
        self.inspector.load(contents, self._codebook)
        self.outline.load(contents, self._codebook)
        view.select(selected, scroll=False)
        view.verticalScrollBar().setValue(at)
        self._heard.append(change)
        self._settle()
        self._refresh()
        if in_form:  # the field that had the keyboard is gone
            view.setFocus()

    def show_mark(self, article_id: str, annotation_id: str) -> None:
        """Open an article and select a mark of it."""
        self._turn_to(article_id)
        self.view.select(annotation_id)
        self.window().activateWindow()

    def open_again(self, article_id: str) -> None:
        """Show an article in which something was brought back, or which came back itself."""
        session = self._session
        if session is not None and session.workspace.queue_row(article_id) is not None:
            self._turn_to(article_id)

    def copy_link(self) -> None:
        """Put the address of the selected mark on the clipboard."""
        session, mark = self._session, self.view.selected
        if session is not None and mark is not None:
            words = address(session.workspace.project.id, mark.article, mark.id)
            QGuiApplication.clipboard().setText(words)
            self.message.emit("Link copied. Pasted into the palette it leads here")

    def show_record(self, record_id: str) -> None:
        """Go to the next mention of a record in this article, else to its first one anywhere."""
        session = self._session
        if session is None:
            return
        here = session.contents.annotations if session.contents is not None else ()
        mentions = [mark for mark in here if mark.record == record_id]
        place = self.view.place()
        if mentions:
            found = next((mark for mark in mentions if mark.start > place), mentions[0])
            self.view.select(found.id)
        elif (first := session.workspace.first_mention(record_id)) is not None:
            self.show_mark(*first)
        else:
            self.message.emit("No mark mentions it")

    def _settle(self) -> None:
        """Bring queue, outline, bars and menus up to date."""
        self._later.stop()
        has_article = self._session is not None and self._session.contents is not None
        if has_article:  # else the form is of the last project: what it would send is not for this
            self.inspector.show_annotation(self.view.selected_id())
        heard, self._heard = self._heard, []
        for change in heard:
            self.queue.apply(change)
            if self.found is not None:
                self.found.apply(change)
            if has_article:
                self.outline.apply(change)
        self.outline.select(self.view.selected_id())
        if has_article:
            self.inspector.set_guesses(self.view.guesses())
        if heard:
            self.proposals.refresh()
            self._refresh()
        else:
            self.selection_changed.emit()

    def _refresh(self) -> None:
        session = self._session
        if session is None or (contents := session.contents) is None:
            return
        counts: dict[str, int] = {}
        for annotation in contents.annotations:
            counts[annotation.type] = counts.get(annotation.type, 0) + 1
        blank: State = "in progress" if counts else "new"
        state = contents.status.state if contents.status else blank
        self.reader.show_article(
            session.place() + 1, session.workspace.queue_count(), state, counts
        )
        self.outline.setVisible(bool(counts))
        self.counts_changed.emit(counts)
        self.selection_changed.emit()

    def switch_suggestions(self, *, on: bool) -> None:
        """Show what the program proposes over the text, or hide it."""
        self.proposals.switch(on=on)
        self._count_suggestions()

    def _count_suggestions(self) -> None:
        self.reader.show_suggestions(
            on=self.proposals.on,
            count=len(self.view.suggestions),
            looking=self.proposals.looking,
        )

    def show_rejected(self) -> None:
        """List the rejected suggestions of the article, to be proposed again or looked at."""
        session = self._session
        if session is None or session.contents is None:
            return
        from app.ui.rejected import RejectedSheet  # only for those who ask

        self.flush()
        writable = not session.workspace.read_only
        window, contents = self.window(), session.contents
        sheet = RejectedSheet(
            window, contents, self._codebook, theme=self._theme, read_only=not writable
        )
        sheet.return_requested.connect(self.proposals.propose_again)
        sheet.shown.connect(partial(self.show_place, contents.article.id))
        sheet.exec()
        sheet.deleteLater()

    def tag_alike_everywhere(self) -> None:
        """List the words of the selected mark elsewhere, to be ticked and marked in one step."""
        self.flush()
        self.proposals.tag_everywhere(self.window(), self._theme)

    def show_others(self, *, on: bool) -> None:
        """Show what others marked in this article over the text, or hide it."""
        self.others_shown = on
        session = self._session
        if session is not None and session.article is not None:
            shown = session.workspace.other_marks(session.article) if on else ()
            self.view.set_other_marks(shown)

    def focus_form(self) -> None:
        """Go to the first field of the selected mark."""
        self._settle()
        self._open_drawer()
        self.inspector.focus_first()

    def offer_fixes(self) -> None:
        """Show what mends the open point of the list, the field, or the selected mark."""
        self._settle()
        self._open_drawer()
        self.inspector.offer_fixes()

    def focus_comment(self) -> None:
        """Go to the comment of the selected mark."""
        self._settle()
        self._open_drawer()
        self.inspector.focus_comment()

    def focus_role(self, role_name: str) -> None:
        """Go to the slot of a role, or to an evidence field, of the selected mark."""
        self._settle()
        self._open_drawer()
        self.inspector.focus_role(role_name)

    # -- gestures ---------------------------------------------------------------------------------

    def tag(self, type_name: str, ranges: Ranges) -> None:
        """Tag ranges (code points) of the article and select the new mark."""
        if done := self._gesture(lambda c: gestures.tag(c, self._codebook, type_name, ranges)):
            self.view.select(done.annotation)

    def delete(self, annotation_id: str | None) -> None:
        """Remove a mark; a toast offers to undo."""
        if annotation_id and (done := self._gesture(lambda c: gestures.delete(c, annotation_id))):
            self._toast.show_message(done.title.replace("remove", "Removed", 1))

    def retype_selected(self, type_name: str) -> None:
        """Change the type of the selected mark."""
        if selected := self.view.selected_id():
            self._retype(selected, type_name)

    def undo(self) -> None:
        """Take back the last step in this article."""
        self.flush()
        self.view.hints.end()  # they are for a mark that may be gone
        if self._session and (change := self._session.undo()):
            self._show_again(change)
            self.message.emit(f"Undone: {change.title}")

    def redo(self) -> None:
        """Do the step taken back last once more."""
        self.flush()
        if self._session and (change := self._session.redo()):
            self._show_again(change)
            self.message.emit(f"Done again: {change.title}")

    def _show_again(self, change: Change) -> None:
        """Select the mark that a step taken back is about, unless somebody types in the form."""
        here = [one for one in change.annotations if self.view.index.get(one.id)]
        if len(here) == 1 and not self._has_focus(self.inspector):
            self.view.select(here[0].id)

    def _show_retried(self, change: Change) -> None:
        """Select the mark that was made at last, where its words are still selected."""
        if not self.view.selected_id():
            self._show_again(change)

    def _tag_for_role(self, type_name: str, ranges: Ranges, source: str, role: str) -> None:
        self._gesture(
            lambda c: gestures.tag_for_role(
                c, self._codebook, type_name, ranges, source=source, role=role
            )
        )

    def _reshape(self, annotation_id: str, ranges: Ranges) -> None:
        self._gesture(lambda c: gestures.reshape(c, annotation_id, ranges))

    def _retype(self, annotation_id: str, type_name: str) -> None:
        self._gesture(lambda c: gestures.retype(c, self._codebook, annotation_id, type_name))

    def relate(self, source: str, role: str, target: str) -> None:
        """Fill a role of a mark with another mark."""
        self._gesture(lambda c: gestures.relate(c, self._codebook, source, role, target))

    def _link_all(self, source: str, pairs: tuple[tuple[str, str], ...]) -> None:
        self._gesture(lambda c: gestures.link_all(c, self._codebook, source, pairs))

    def _clear_role(self, source: str, role: str) -> None:
        if done := self._gesture(lambda c: gestures.clear_role(c, self._codebook, source, role)):
            self.message.emit(in_the_past(done.title))

    def link_record(self, annotation_id: str, record_id: str) -> None:
        """Say which registry record a mark mentions; the empty id says none."""
        record = self._read_record(record_id) if record_id else None
        self._gesture(lambda c: gestures.link_record(c, annotation_id, record))

    def _switch_certainty(self, annotation_id: str) -> None:
        if done := self._gesture(lambda c: gestures.switch_certainty(c, annotation_id)):
            self.message.emit(done.title[:1].upper() + done.title[1:])

    def _gesture(self, make: Callable[[ArticleContents], Gesture]) -> Gesture | None:
        session = self._session
        if session is None or session.contents is None:
            return None
        self.flush()
        try:
            gesture = make(session.contents)
        except (Refused, ValueError) as error:
            self.message.emit(str(error))
            return None
        # A mark made by a letter, and where Shift and another letter let it end, are one step.
        merge_key = f"letters {gesture.annotation}" if self.view.hints.active else ""
        return gesture if session.do(gesture.command, gesture.title, merge_key) else None

    def _do(self, command: Command, title: str, merge_key: str) -> None:
        if self._session is not None:
            self._session.do(command, title, merge_key)

    # -- what the panels may ask ------------------------------------------------------------------

    @property
    def _codebook(self) -> Codebook:
        if self._session is None:
            message = "no project is open"
            raise RuntimeError(message)
        return self._session.workspace.codebook

    def _find_records(self, kind: str, text: str) -> tuple[Record, ...]:
        return self._session.workspace.records(kind, text) if self._session else ()

    def _read_record(self, record_id: str) -> Record | None:
        return self._session.workspace.record(record_id) if self._session else None

    # -- focus ------------------------------------------------------------------------------------

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Let no slot wait any longer once the focus is neither in the text nor in the form."""
        if self._is_drawer and new is not None and holds(self.view, new):
            self._side.hide()
        if new is not None and not (holds(self.view, new) or holds(self.inspector, new)):
            self.inspector.disarm()
            self.view.arm_role(None)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            # What is hidden cannot take the keyboard, and the window was active long before.
            QTimer.singleShot(0, self.view, self._take_keyboard)

    def _take_keyboard(self) -> None:
        """Give the keyboard to the text, unless another view of the project is shown."""
        if self.isVisible():
            self.view.setFocus()

    def toggle_queue(self) -> None:
        """Show or hide the queue; the keyboard goes to the text with it."""
        is_searching = self.found is not None and self.found.isVisible()
        if self._has_focus(self.queue) or is_searching:
            self.view.setFocus()
        if is_searching:
            self.show_queue()
        elif self._is_narrow:
            self._set_rail(not self.queue.rail)
        else:
            self.queue.setVisible(self.queue.isHidden())

    def show_articles(self, state: State) -> None:
        """Show the articles in a state in the queue."""
        self.show_queue()
        self.queue.show_listing(Listing(state=state))
        self.queue.view.setFocus()

    def show_queue(self) -> None:
        """Show the queue where it was hidden."""
        if self.found is not None:
            self.found.hide()
        self.queue.show()
        if self.queue.rail:
            self._set_rail(False)

    def filter_articles(self) -> None:
        """Go to what the queue is sorted and narrowed by."""
        self.show_queue()
        self.queue.focus_filters()

    def search(self) -> None:
        """Go to the search of the queue, which is shown where it was hidden."""
        self.show_queue()
        self.queue.focus_search()
