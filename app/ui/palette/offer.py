"""Gathers what the palette offers: links, actors, marks of the article, articles, commands."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.ui.actions import ACTIONS, SUBMENUS
from app.ui.palette.entries import Entry, best, folded

if TYPE_CHECKING:
    from app.ui.workbench import Workbench

_FEW, _SOME, _MANY = 4, 6, 60
_LONGEST = 70


class Offers:
    """Answers the palette of one window. `recent` are the ids chosen last, newest first."""

    def __init__(self, bench: "Workbench", recent: list[str]) -> None:
        self._bench = bench
        self.recent = recent

    def __call__(self, typed: str) -> list[Entry]:
        """Return what fits the words typed, section by section."""
        sign = typed[:1] if typed[:1] in {">", "@", "#"} else ""
        words = typed.removeprefix(sign).strip()
        if sign == ">":
            return best(self._commands(), words, _MANY)
        if sign == "@":
            return self._actors(words, _MANY)
        if sign == "#":
            return self._articles(words, _MANY)
        if not words:
            return self._without_words()
        return [
            *best(self._links(), words, _FEW),
            *self._actors(words, _FEW),
            *best(self._marks(words), words, _SOME),
            *self._articles(words, _SOME),
            *best(self._commands(), words, _SOME),
        ]

    def _without_words(self) -> list[Entry]:
        """Return what was chosen lately, then every command."""
        commands = list(self._commands())
        by_id = {entry.id: entry for entry in commands}
        lately = [by_id[name] for name in self.recent if name in by_id][:_SOME]
        rest = [entry for entry in commands if entry not in lately]
        return [*(_under("Lately", entry) for entry in lately), *rest]

    # -- commands ---------------------------------------------------------------------------------

    def _commands(self) -> Iterator[Entry]:
        bench = self._bench
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
                    words=f"{action.id.replace('-', ' ')} {action.explanation}",
                    run=bench.menus.action(action.id).trigger,
                )
        for submenu, title, name, label, key in bench.menus.choices():
            yield Entry(
                id=f"{submenu}:{name}",
                title=f"{title} {label.lower()}" if submenu != "profile" else f"{title}: {label}",
                section="Commands",
                key=key,
                icon="keyboard",
                run=partial(bench.choose, submenu, name),
            )

    # -- the open article -------------------------------------------------------------------------

    def _open(self) -> tuple[ArticleContents, Codebook] | None:
        session = self._bench.session
        if session is None or session.contents is None:
            return None
        return session.contents, session.workspace.codebook

    def _links(self) -> Iterator[Entry]:
        """Yield what a slot of the selected mark may be filled with: each actor or event once."""
        here = self._open()
        selected = self._bench.desk.view.selected
        if here is None or selected is None or self._bench.desk.view.read_only:
            return
        contents, codebook = here
        heading = f"For {self._bench.desk.view.short_name(selected)}"
        for role in codebook.roles_of(selected.type):
            filled = {r.target for r in contents.outgoing(selected.id) if r.role == role.name}
            seen: set[str] = set()
            for mark in contents.annotations:
                label = contents.label(mark)
                fits = mark.type in role.targets and mark.id != selected.id
                if fits and mark.id not in filled and label not in seen:
                    seen.add(label)
                    letter, ink = _badge(codebook, mark.type)
                    yield Entry(
                        id=f"link:{role.name}:{mark.id}",
                        title=f"{role.label}: {_short(label)}",
                        detail=f"¶{self._bench.desk.view.paragraph_of(mark.start)}",
                        section=heading,
                        letter=letter,
                        ink=ink,
                        run=partial(self._bench.desk.relate, selected.id, role.name, mark.id),
                    )

    def _marks(self, words: str) -> Iterator[Entry]:
        here = self._open()
        if here is None:
            return
        contents, codebook = here
        wanted = folded(words).split()
        for mark in contents.annotations:
            label = contents.label(mark)
            title = label if label == mark.quote else f"{label} · {mark.quote}"
            if all(word in folded(title) for word in wanted):
                letter, ink = _badge(codebook, mark.type)
                yield Entry(
                    id=f"mark:{mark.id}",
                    title=_short(title),
                    detail=f"¶{self._bench.desk.view.paragraph_of(mark.start)}",
                    section="Marks in this article",
                    letter=letter,
                    ink=ink,
                    run=partial(self._bench.desk.show_mark, mark.article, mark.id),
                )

    # -- the project ------------------------------------------------------------------------------

    def _actors(self, words: str, limit: int) -> list[Entry]:
        session = self._bench.session
        if session is None:
            return []
        workspace, found = session.workspace, []
        kinds = {t.record_kind: t for t in workspace.codebook.types if t.record_kind}
        for kind, span_type in kinds.items():
            for record in workspace.records(kind, words, limit):
                mentions, articles = workspace.mentions(record.id)
                found.append(
                    Entry(
                        id=f"record:{record.id}",
                        title=record.name,
                        detail=f"{_many(mentions, 'mention')} in {_many(articles, 'article')}",
                        section=f"{span_type.plural} of the project",
                        letter=span_type.letter,
                        ink=span_type.ink,
                        run=partial(self._bench.desk.show_record, record.id),
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
                run=partial(self._bench.desk.open_article, row.id),
            )
            for row in session.workspace.titles(words, limit)
        ]


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _under(section: str, entry: Entry) -> Entry:
    return Entry(
        id=entry.id,
        title=entry.title,
        section=section,
        run=entry.run,
        detail=entry.detail,
        key=entry.key,
        icon=entry.icon,
    )


def _badge(codebook: Codebook, type_name: str) -> tuple[str, str]:
    span_type = codebook.type(type_name)
    return (span_type.letter, span_type.ink) if span_type else ("?", "")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
