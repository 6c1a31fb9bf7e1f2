"""Gathers what the palette offers: links, actors, marks of the article, articles, commands."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.model.address import parse_address
from app.model.annotation import Annotation
from app.model.codebook import Codebook, Role, SpanType
from app.model.registry import Record
from app.model.wording import several
from app.ui.actions import ACTIONS, SUBMENUS
from app.ui.palette.entries import Entry, best, folded
from app.ui.palette.here import MarksHere

if TYPE_CHECKING:
    from app.ui.workbench import Workbench

_FEW, _SOME, _MANY = 4, 6, 60
_ALL = len(ACTIONS) + 1_000
_NAMED = frozenset({"profile", "saved-filter"})
"""Submenus whose entries have names of their own."""
_COUNTED = 1_000
"""Mentions beyond this are not counted: it would be felt while typing."""


class Offers:
    """Answers the palette of one window. `recent` are the ids chosen last, newest first."""

    def __init__(self, bench: "Workbench", recent: list[str]) -> None:
        self._bench = bench
        self._here: MarksHere | None = None
        self.recent = recent

    def refresh(self) -> None:
        """Look at the article anew: the palette opens."""
        self._here = None
        self._nowhere = ""

    def prepare(self) -> None:
        """Fold the names of the marks, ahead of the first letter."""
        self._marks_here()

    def __call__(self, typed: str) -> list[Entry]:
        """Return what fits the words typed, section by section."""
        sign = typed[:1] if typed[:1] in {">", "@", "#"} else ""
        words = typed.removeprefix(sign).strip()
        if sign == ">":
            return best(self._commands(), words, _ALL)
        if sign == "@":
            return self._records(self._named(words, _MANY))
        if sign == "#":
            return self._articles(words, _MANY)
        if not words:
            return self._without_words()
        if (place := parse_address(words)) is not None:
            return self._linked(*place)
        named, commands = self._named(words, _FEW), list(self._commands())
        for_mark = [*self._mentions(named), *self._links(words), *_of_mark(commands)]
        heading = self._heading()
        return [
            *(replace(entry, section=heading) for entry in best(for_mark, words, _SOME)),
            *self._records(named),
            *self._marks(words),
            *self._articles(words, _SOME),
            *best((entry for entry in commands if not entry.of_mark), words, _SOME),
        ]

    def _without_words(self) -> list[Entry]:
        """Return what was chosen lately, what can be done with the mark, then every command."""
        commands = list(self._commands())
        by_id = {entry.id: entry for entry in commands}
        lately = [by_id[name] for name in self.recent if name in by_id][:_SOME]
        rest = [entry for entry in commands if entry not in lately]
        return [
            *(replace(entry, section="Lately") for entry in lately),
            *(replace(entry, section=self._heading()) for entry in _of_mark(rest)),
            *(entry for entry in rest if not entry.of_mark),
        ]

    def _linked(self, project: str, article: str, annotation: str) -> list[Entry]:
        """Return the way to the mark of an address, or nothing where it is not in this project."""
        session = self._bench.session
        if session is None or session.workspace.project.id != project:
            return []
        row = session.workspace.queue_row(article)
        if row is None:
            return []
        return [
            Entry(
                id=f"mark:{annotation}",
                title="Go to the mark of this link",
                detail=row.title,
                section="Link",
                does="Go to",
                icon="link",
                run=partial(self._bench.desk.show_mark, article, annotation),
            )
        ]

    # -- commands ---------------------------------------------------------------------------------

    def _commands(self) -> Iterator[Entry]:
        bench = self._bench
        selected = self._selected() is not None
        for action in ACTIONS:
            if action.id in SUBMENUS or action.id == "palette":
                continue
            if bench.menus.action(action.id).isEnabled():
                keys = bench.keymap.keys(action.id)
                yield Entry(
                    id=action.id,
                    title=action.title.rstrip("…"),
                    detail=action.menu,
                    section="Commands",
                    key=keys[0] if keys else "",
                    icon="keyboard",
                    does="Run",
                    words=f"{action.id.replace('-', ' ')} {action.explanation}",
                    of_mark=selected and "mark" in action.needs,
                    run=bench.menus.action(action.id).trigger,
                )
        for submenu, title, name, label, key in bench.menus.choices():
            yield Entry(
                id=f"{submenu}:{name}",
                title=f"{title}: {label}" if submenu in _NAMED else f"{title} {label.lower()}",
                section="Commands",
                key=key,
                icon="keyboard",
                does="Run",
                of_mark=selected and submenu in {"retype", "role"},
                run=partial(bench.choose, submenu, name),
            )

    # -- the selected mark ------------------------------------------------------------------------

    def _selected(self) -> Annotation | None:
        return self._bench.desk.view.selected

    def _heading(self) -> str:
        selected, codebook = self._selected(), self._codebook()
        if selected is None or codebook is None:
            return ""
        span_type = codebook.type(selected.type)
        label = span_type.label.lower() if span_type else "mark"
        return f"For {label} {self._bench.desk.view.short_name(selected)}"

    def _links(self, words: str) -> Iterator[Entry]:
        """Yield what the slots of the selected mark may be filled with: each name once a slot."""
        here, selected, codebook = self._marks_here(), self._selected(), self._codebook()
        if here is None or selected is None or codebook is None or self._bench.desk.view.read_only:
            return
        answers: dict[str, list[tuple[Annotation, str]]] = {}
        for role in codebook.roles_of(selected.type):
            name = folded(role.label)
            rest = " ".join(word for word in words.split() if folded(word) not in name)
            if rest not in answers:
                answers[rest] = here.targets(rest, selected)
            filled = [r.target for r in here.contents.outgoing(selected.id) if r.role == role.name]
            fits = (
                (mark, label)
                for mark, label in answers[rest]
                if mark.type in role.targets and mark.id not in {selected.id, *filled}
            )
            for (mark, label), _ in zip(fits, range(_FEW), strict=False):
                yield self._link(selected, role, mark, label, filled)

    def _link(
        self, selected: Annotation, role: Role, mark: Annotation, label: str, filled: list[str]
    ) -> Entry:
        here, codebook = self._marks_here(), self._codebook()
        old = here.contents.annotation(filled[0]) if here and filled and not role.many else None
        detail = f"¶{self._bench.desk.view.paragraph_of(mark.start)}"
        if here and old:
            detail = f"replaces {here.contents.label(old)}"
        return Entry(
            id=f"link:{role.name}:{mark.id}",
            title=f"{role.label}: {label}",
            detail=detail,
            section="",
            does="Link",
            run=partial(self._bench.desk.relate, selected.id, role.name, mark.id),
            badge=_badge(codebook.type(mark.type) if codebook else None),
        )

    def _mentions(self, named: list[Record]) -> Iterator[Entry]:
        """Yield the records that the selected mark may be said to mention."""
        selected, codebook, session = self._selected(), self._codebook(), self._bench.session
        if (
            selected is None
            or codebook is None
            or session is None
            or self._bench.desk.view.read_only
        ):
            return
        span_type = codebook.type(selected.type)
        kind = codebook.record_kind(span_type.record_kind) if span_type else None
        for record in named:
            if kind and record.kind == kind.name and record.id != selected.record:
                old = session.contents.record(selected.record) if session.contents else None
                yield Entry(
                    id=f"mention:{record.id}",
                    title=f"Is the {kind.label.lower()} {record.name}",
                    detail=f"replaces {old.name}" if old else "links this mark",
                    section="",
                    does="Link",
                    words=" ".join(record.aliases),
                    run=partial(self._bench.desk.link_record, selected.id, record.id),
                    badge=_badge(span_type),
                )

    # -- the open article and the project ---------------------------------------------------------

    def _codebook(self) -> Codebook | None:
        session = self._bench.session
        return session.workspace.codebook if session else None

    def _marks_here(self) -> MarksHere | None:
        contents = self._bench.session.contents if self._bench.session else None
        if self._here is None and contents is not None:
            self._here = MarksHere(contents)
        return self._here

    def _marks(self, words: str) -> Iterator[Entry]:
        here, codebook = self._marks_here(), self._codebook()
        if here is None or codebook is None:
            return
        for mark, title in here.find(words, _SOME):
            yield Entry(
                id=f"mark:{mark.id}",
                title=title,
                detail=f"¶{self._bench.desk.view.paragraph_of(mark.start)}",
                section="Marks in this article",
                does="Go to",
                run=partial(self._bench.desk.show_mark, mark.article, mark.id),
                badge=_badge(codebook.type(mark.type)),
            )

    def _named(self, words: str, limit: int) -> list[Record]:
        session, codebook = self._bench.session, self._codebook()
        if session is None or codebook is None:
            return []
        if self._nowhere and words.startswith(self._nowhere):
            return []  # more letters find no more
        kinds = dict.fromkeys(t.record_kind for t in codebook.types if t.record_kind)
        found = session.workspace.named(tuple(kinds), words, limit)
        self._nowhere = "" if found else words
        return found

    def _records(self, named: list[Record]) -> list[Entry]:
        session, codebook = self._bench.session, self._codebook()
        if session is None or codebook is None:
            return []
        kinds = {t.record_kind: t for t in reversed(codebook.types) if t.record_kind}
        found = []
        for record in named:
            span_type = kinds[record.kind]
            mentions, articles = session.workspace.mentions(record.id, _COUNTED)
            found.append(
                Entry(
                    id=f"record:{record.id}",
                    title=record.name,
                    detail=_told(mentions, articles),
                    section=f"{span_type.plural} of the project",
                    does="Next mention" if mentions else "",
                    run=partial(self._bench.desk.show_record, record.id),
                    badge=_badge(span_type),
                )
            )
        return found

    def _articles(self, words: str, limit: int) -> list[Entry]:
        session = self._bench.session
        if session is None:
            return []
        return [
            Entry(
                id=f"article:{row.id}",
                title=row.title,
                detail=" · ".join(filter(None, (row.source, row.published))),
                section="Articles",
                icon="file-text",
                does="Open",
                run=partial(self._bench.desk.open_article, row.id),
            )
            for row in session.workspace.titles(words, limit)
        ]


def _of_mark(commands: list[Entry]) -> list[Entry]:
    return [entry for entry in commands if entry.of_mark]


def _told(mentions: int, articles: int) -> str:
    if mentions >= _COUNTED:
        return f"{_COUNTED:,} mentions and more"
    if not mentions:
        return "no mentions"
    return f"{several(mentions, 'mention')} in {several(articles, 'article')}"


def _badge(span_type: SpanType | None) -> tuple[str, str]:
    return (span_type.letter, span_type.ink) if span_type else ("?", "")
