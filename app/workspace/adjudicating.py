"""Settling differences: from a decision on a case to the command that writes the gold layer.

What was taken is an annotation of the layer `gold` with the origin `adjudicated:<ids>`: the ids of
the annotations it settles, the one it was taken from first. That a case holds nothing is kept as a
rejection of each of its annotations by the gold layer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.agreement.align import Ranges, ranges_of
from app.agreement.disagreements import Case, Reading, cases, pattern
from app.model.annotation import GOLD, Annotation, Relation, Value, fragments_of
from app.model.article import Article, Status
from app.model.bookmark import Rejection
from app.model.changes import Change
from app.model.commands import (
    AddAnnotation,
    AddRelation,
    Batch,
    Command,
    DeleteAnnotation,
    EditAnnotation,
    RejectSuggestion,
    SetStatus,
    UnrejectSuggestion,
)
from app.model.contents import ArticleContents
from app.model.errors import Refused
from app.model.ids import new_id
from app.model.wording import on_one_line, several
from app.workspace.gestures import together
from app.workspace.workspace import Workspace

_ORIGIN = "adjudicated:"
SUGGESTER = "adjudication"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a case: the annotations in the gold layer; none: nothing is there."""

    taken: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Settling:
    """A command that settles cases, and what the history calls it."""

    command: Command
    title: str
    count: int = 1


def settles(annotation: Annotation) -> tuple[str, ...]:
    """Return the ids of what an annotation settles, the one it was taken from first."""
    if annotation.layer != GOLD or not annotation.origin.startswith(_ORIGIN):
        return ()
    return tuple(annotation.origin.removeprefix(_ORIGIN).split(","))


class Comparing:
    """One article with every layer: the cases in it and what was decided. Fed each change."""

    def __init__(
        self, contents: ArticleContents, layers: Sequence[str], status: Status | None
    ) -> None:
        self.contents = contents
        self.everybody = tuple(layers)
        """All layers that have worked on the article, the gold layer aside."""
        self.layers = self.everybody
        """Those that are compared."""
        self.status = status
        self._look()

    @classmethod
    def load(cls, workspace: Workspace, article_id: str) -> "Comparing":
        """Read an article with what every layer has in it. Raises `InputRefused`."""
        found = workspace.every_layer(article_id)
        begun = {one.layer for one in found.annotations}
        begun |= {one.layer for one in found.statuses if one.state != "new"}
        mentioned = {one.record for one in found.annotations if one.record}
        records = [workspace.record(record) for record in sorted(mentioned)]
        contents = ArticleContents(
            found.article,
            layer=GOLD,
            annotations=found.annotations,
            relations=found.relations,
            records=[one for one in records if one is not None],
            rejections=workspace.rejections_of(article_id, GOLD),
        )
        status = next((one for one in found.statuses if one.layer == GOLD), None)
        return cls(contents, sorted(begun - {GOLD}), status)

    def apply(self, change: Change) -> bool:
        """Take in a change; tell whether anything here is different now."""
        touched = self.contents.apply(change)
        for status in change.statuses:
            if (status.article, status.layer) == (self.article.id, GOLD):
                self.status = status
        if (self.article.id, GOLD) in change.cleared_statuses:
            self.status = None
        new = {one.layer for one in self.contents.annotations} - {GOLD, *self.everybody}
        if new:
            self.everybody = tuple(sorted({*self.everybody, *new}))
            self.layers = tuple(sorted({*self.layers, *new}))
        if touched:
            self._look()
        return touched

    def choose(self, layers: Sequence[str]) -> None:
        """Compare these layers only."""
        self.layers = tuple(one for one in self.everybody if one in layers)
        self._look()

    @property
    def article(self) -> Article:
        """The article."""
        return self.contents.article

    @property
    def is_done(self) -> bool:
        """Whether the gold layer is marked done."""
        return self.status is not None and self.status.state == "done"

    @property
    def differing(self) -> tuple[Case, ...]:
        """The cases in which the layers differ, in reading order."""
        return self._differing

    @property
    def alike(self) -> tuple[Case, ...]:
        """The cases in which all layers say the same."""
        return tuple(case for case in self._cases if case.kind == "alike")

    @property
    def open(self) -> tuple[Case, ...]:
        """The cases in which they differ and nothing is decided."""
        return tuple(case for case in self._differing if self.decision(case) is None)

    def decision(self, case: Case) -> Decision | None:
        """Return what was decided on a case: every annotation of it is settled or rejected.

        A mark of the gold layer that says what one of the readings says settles the case, too,
        wherever it came from.
        """
        if same := self._same(case):
            return Decision(same)
        taken: dict[str, Annotation] = {}
        for one in case.annotations:
            if one.id in self._gold:
                taken.update({gold.id: gold for gold in self._gold[one.id]})
            elif not self.contents.rejected(one.id):
                return None
        return Decision(tuple(taken.values()))

    def _same(self, case: Case) -> tuple[Annotation, ...]:
        """Return marks of the gold layer, made by hand, with type and words of a reading."""
        wanted = {(one.type, ranges_of(one)) for one in case.annotations}
        return tuple(self._by_hand[said] for said in sorted(wanted & self._by_hand.keys()))

    def alike_cases(self, case: Case) -> tuple[Case, ...]:
        """Return the open cases in which the layers differ in the same way, with this one."""
        wanted = pattern(case)
        return tuple(one for one in self.open if one is case or pattern(one) == wanted)

    def _look(self) -> None:
        contents = self.contents
        self._cases = cases(self.layers, contents.annotations, contents.relations)
        self._differing = tuple(case for case in self._cases if case.kind != "alike")
        self._gold: dict[str, list[Annotation]] = {}
        self._by_hand: dict[tuple[str, Ranges], Annotation] = {}
        for annotation in contents.annotations:
            settled = settles(annotation)
            for one in settled:
                self._gold.setdefault(one, []).append(annotation)
            if annotation.layer == GOLD and not settled:
                self._by_hand[annotation.type, ranges_of(annotation)] = annotation

    # -- deciding ---------------------------------------------------------------------------------

    def take(self, case: Case, chosen: Sequence[int], *, reason: str = "") -> Settling:
        """Return what takes some readings of a case, by place; of readings without a mark none."""
        return self._settle([case], lambda _: chosen, reason=reason)

    def take_alike(self, case: Case, chosen: int) -> Settling:
        """Return what takes the same reading in all cases that differ in the same way.

        Raises `Refused` where this one is settled.
        """
        if self.decision(case) is not None:
            raise Refused("This one is settled: choose an open one.")
        layers = case.readings[chosen].layers
        return self._settle(
            self.alike_cases(case),
            lambda one: [n for n, reading in enumerate(one.readings) if reading.layers == layers],
        )

    def take_neither(self, case: Case, *, reason: str = "") -> Settling:
        """Return what says that there is nothing to mark."""
        return self._settle([case], lambda _: (), reason=reason)

    def take_words(
        self, case: Case, chosen: int, ranges: Iterable[tuple[int, int]], *, reason: str = ""
    ) -> Settling:
        """Return what takes a reading with other words."""
        fragments = fragments_of(self.article.text, ranges)
        return self._settle(
            [case],
            lambda _: (chosen,),
            reason=reason,
            edit=lambda annotation: replace(annotation, fragments=fragments),
        )

    def give_reason(self, case: Case, reason: str) -> Settling | None:
        """Return what keeps a reason with a decision that was taken; None where it has no mark."""
        decision = self.decision(case)
        if decision is None or not decision.taken:
            return None
        steps = tuple(
            EditAnnotation(id=one.id, version=one.version, comment=reason) for one in decision.taken
        )
        return Settling(together(steps), f"give a reason for “{_short(case)}”")

    def finish(self) -> Settling:
        """Return what takes over all that everybody has, and marks the gold layer done.

        Raises `Refused` where it is done and holds all of it already.
        """
        missing = [case for case in self.alike if self.decision(case) is None]
        if self.is_done and not missing:
            raise Refused("This article is finished already.")
        status = self.status or Status(article=self.article.id, layer=GOLD)
        last = SetStatus(status=replace(status, state="done"))
        if not missing:
            return Settling(last, "finish comparing", 0)
        taken = self._settle(missing, lambda _: (0,))
        steps = taken.command.steps if isinstance(taken.command, Batch) else (taken.command,)
        title = f"finish comparing, take over {several(len(missing), 'mark')}"
        return Settling(Batch(steps=(*steps, last)), title, len(missing))

    def _settle(
        self,
        settled: Sequence[Case],
        choose: Callable[[Case], Sequence[int]],
        *,
        reason: str = "",
        edit: Callable[[Annotation], Annotation] = lambda annotation: annotation,
    ) -> Settling:
        steps: list[Command] = []
        added: list[Annotation] = []
        said = ""
        gone: set[str] = set()
        for case in settled:
            withdrawn = list(self._withdraw(case))
            gone |= {one.id for one in withdrawn if isinstance(one, DeleteAnnotation)}
            steps += withdrawn
            readings = [case.readings[n] for n in choose(case)]
            made = [edit(one) for one in _copies(case, readings, reason)]
            steps += [] if made else self._rejecting(case)
            added += made
            said = " and ".join(f"“{on_one_line(one.quote, 40)}”" for one in made)
        gold = self._places(added, gone)
        carried = [_carried(one, gold, self._known) for one in added]
        steps += [AddAnnotation(annotation=one) for one in carried]
        steps += [AddRelation(relation=one) for one in self._relations(added, gold, gone)]
        if len(settled) > 1:
            title = f"settle {several(len(settled), 'difference')} alike"
        else:
            title = f"settle {said}" if said else f"settle “{_short(settled[0])}”: nothing"
        because = f": {on_one_line(reason, 60)}" if reason and not added else ""
        return Settling(together(steps), title + because, len(settled))

    @property
    def _known(self) -> frozenset[str]:
        return frozenset(one.id for one in self.contents.annotations)

    def _withdraw(self, case: Case) -> Iterable[Command]:
        """Yield what takes an earlier decision back."""
        found = {gold.id: gold for one in case.annotations for gold in self._gold.get(one.id, ())}
        for gold in (*found.values(), *self._same(case)):
            yield DeleteAnnotation(id=gold.id, version=gold.version)
        for one in case.annotations:
            if self.contents.rejected(one.id):
                yield UnrejectSuggestion(article=self.article.id, layer=GOLD, id=one.id)

    def _rejecting(self, case: Case) -> list[Command]:
        return [
            RejectSuggestion(
                rejection=Rejection(
                    id=one.id,
                    article=self.article.id,
                    layer=GOLD,
                    type=one.type,
                    start=one.start,
                    end=one.end,
                    quote=one.quote,
                    suggester=SUGGESTER,
                )
            )
            for one in case.annotations
        ]

    def _places(self, added: Sequence[Annotation], gone: set[str]) -> dict[str, str]:
        """Return which annotation of the gold layer stands for each annotation of the others."""
        places: dict[str, str] = {}
        there = [one for found in self._gold.values() for one in found if one.id not in gone]
        for gold in (*there, *added):
            for one in settles(gold):
                places.setdefault(one, gold.id)
        for gold in (*there, *added):  # what it was taken from, before what it merely settles
            places[settles(gold)[0]] = gold.id
        return places

    def _relations(
        self, added: Sequence[Annotation], gold: Mapping[str, str], gone: set[str]
    ) -> list[Relation]:
        """Return the links of what was taken, where both ends are settled."""
        new = {one.id for one in added}
        origins = {settles(one)[0] for one in added}
        for found in self._gold.values():
            origins |= {settles(one)[0] for one in found if one.id not in gone}
        there = {(one.role, one.source, one.target) for one in self.contents.relations}
        made = []
        for one in self.contents.relations:
            if one.layer == GOLD or one.source not in origins or one.target not in gold:
                continue
            ends = one.role, gold[one.source], gold[one.target]
            if ends not in there and new & set(ends[1:]) and ends[1] != ends[2]:
                there.add(ends)
                values = _mapped(one.attributes, gold, self._known)
                made.append(
                    replace(
                        one,
                        id=new_id(),
                        layer=GOLD,
                        source=ends[1],
                        target=ends[2],
                        attributes=values,
                        version=0,
                    )
                )
        return made


def settle_elsewhere(
    workspace: Workspace,
    case: Case,
    chosen: int,
    *,
    layers: Sequence[str],
    but: str,
    tell: Callable[[tuple[int, int]], object] = lambda _: None,
) -> Settling:
    """Return what takes the same reading in all other articles that differ in the same way.

    `layers` are those that are compared. Reads only, so that a worker may do it; `tell` takes how
    many articles of how many were looked through. Raises `Refused` where there is nothing alike.
    """
    wanted, steps, count = pattern(case), list[Command](), 0
    places = [article for article, _ in workspace.comparable_articles(-1) if article != but]
    for n, article in enumerate(places, 1):
        tell((n, len(places)))
        compared = Comparing.load(workspace, article)
        compared.choose(layers)
        alike = [one for one in compared.open if pattern(one) == wanted]
        if alike:
            settling = compared.take_alike(alike[0], chosen)
            steps.append(settling.command)
            count += settling.count
    if not steps:
        raise Refused("No other article differs in this way.")
    where = several(len(steps), "article")
    title = f"settle {several(count, 'difference')} alike in {where}"
    return Settling(together(steps), title, count)


def _copies(case: Case, readings: Sequence[Reading], reason: str) -> list[Annotation]:
    """Return what is to stand in the gold layer for the readings that mark something."""
    marking = [reading for reading in readings if reading.annotation is not None]
    rest = [one.id for one in case.annotations]
    for reading in marking:
        rest = [one for one in rest if one not in {a.id for a in reading.annotations}]
    made = []
    for n, reading in enumerate(marking):
        ids = [one.id for one in reading.annotations] + (rest if n == 0 else [])
        made.append(
            replace(
                reading.annotations[0],
                id=new_id(),
                layer=GOLD,
                origin=_ORIGIN + ",".join(ids),
                comment=reason,
                created_at="",
                updated_at="",
                version=0,
                codebook_revision=0,
            )
        )
    return made


def _carried(annotation: Annotation, gold: Mapping[str, str], known: frozenset[str]) -> Annotation:
    """Return an annotation whose fields name annotations of the gold layer only."""
    evidence = tuple(
        replace(one, attributes=_mapped(one.attributes, gold, known)) for one in annotation.evidence
    )
    attributes = _mapped(annotation.attributes, gold, known)
    return replace(annotation, attributes=attributes, evidence=evidence)


def _mapped(
    values: Mapping[str, Value], gold: Mapping[str, str], known: frozenset[str]
) -> dict[str, Value]:
    """Return values in which ids of annotations are those of the gold layer, or left out."""
    found: dict[str, Value] = {}
    for name, value in values.items():
        if isinstance(value, str) and value in known:
            if value in gold:
                found[name] = gold[value]
        else:
            found[name] = value
    return found


def _short(case: Case) -> str:
    return on_one_line(case.annotations[0].quote, 40)
