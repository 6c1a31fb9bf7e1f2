"""Suggestions for an article: what the suggesters propose, without what is decided already."""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from app.model.changes import Change
from app.model.contents import ArticleContents
from app.model.suggestion import Suggestion
from app.suggest.context import Context
from app.suggest.forms import KnownForms
from app.suggest.language import language_of
from app.suggest.learned import NAME as LEARNED
from app.suggest.learned import Models
from app.suggest.outside import Outside
from app.suggest.registry import SUGGESTERS, guessed, kept, proposals
from app.suggest.relations import linked
from app.workspace.learning import models_folder, read_models
from app.workspace.outside import is_outside, known
from app.workspace.workspace import Workspace


def suggestions(
    workspace: Workspace, article_id: str, *, suggesters: Collection[str] | None = None
) -> tuple[Suggestion, ...]:
    """Return what is proposed for one article, in reading order.

    Who asks often keeps a `Suggesting`.
    """
    with_everything = Suggesting(workspace)
    try:
        return with_everything.of(workspace.contents(article_id), suggesters=suggesters)
    finally:
        with_everything.close()


class Suggesting:
    """Keeps what the project knows at hand, change by change.

    Only the working layer is learnt from: what another annotator marked must not reach this one, or
    their agreement would say nothing.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._forms: KnownForms | None = None
        self._stale: set[str] = set()
        self._layer = workspace.layer
        self._by_rules = _ByRules()
        self._models: Models = {}
        self._models_of: str | None = None
        """The layer whose models they are, None where they are to be read."""
        self._outside: tuple[Outside, ...] = ()
        self._guessed_at: tuple[tuple[str, ...], str] | None = None
        """Whose guesses about which text they are, None where they are to be read."""
        self._unsubscribe = workspace.subscribe(self._heard)

    def close(self) -> None:
        """Stop listening to the project."""
        self._unsubscribe()

    def of(
        self, contents: ArticleContents, *, suggesters: Collection[str] | None = None
    ) -> tuple[Suggestion, ...]:
        """Return what is proposed for an article as it is marked now, in reading order.

        Nothing is proposed where the words, or part of them, are marked with the same type, nor
        where exactly these words are marked with another.
        """
        context = Context(
            article=contents.article.id,
            text=contents.article.text,
            codebook=self._workspace.codebook,
            forms=self._known(),
            language=language_of(contents.article.text, contents.article.language),
            published=contents.article.published,
            models=self._learnt() if suggesters is None or LEARNED in suggesters else {},
            outside=self._guessed(suggesters, contents.article.sha256),
        )
        chosen = [one for one in SUGGESTERS if suggesters is None or one.name in suggesters]
        learnt = proposals(context, [one.name for one in chosen if one.learns])
        ruled = self._by_rules.of(context, [one.name for one in chosen if not one.learns])
        decided = _Decided(contents)
        undecided = [
            one for one in kept({**learnt, **guessed(context), **ruled}) if one not in decided
        ]
        return linked(contents, self._workspace.codebook, undecided)

    def learnt_anew(self) -> None:
        """Hear that there are other models than before, or other guesses of pipelines."""
        self._models_of = self._guessed_at = None

    def _guessed(self, suggesters: Collection[str] | None, sha256: str) -> tuple[Outside, ...]:
        """Return what the chosen pipelines guessed about a text."""
        names = tuple(sorted(filter(is_outside, suggesters or ())))
        if self._guessed_at != (names, sha256):
            self._outside = known(names, sha256) if names else ()
            self._guessed_at = names, sha256
        return self._outside

    def _learnt(self) -> Models:
        layer = self._workspace.layer
        if self._models_of != layer:
            self._models = read_models(models_folder(self._workspace.project.id, layer))
            self._models_of = layer
        return self._models

    def _known(self) -> KnownForms:
        """Return what is known, with what changed since the last look."""
        workspace = self._workspace
        if self._forms is None or self._layer != workspace.layer:
            self._layer = workspace.layer
            self._forms = forms = KnownForms()
            for record in workspace.all_records():
                forms.put_record(record)
            for article, rows in groupby(workspace.marked_words(), key=itemgetter(0)):
                forms.put_article(article, ((words, type_, of) for _, words, type_, of in rows))
        for article in self._stale:
            uses = ((words, type_, of) for _, words, type_, of in workspace.marked_words(article))
            self._forms.put_article(article, uses)
        self._stale.clear()
        return self._forms

    def _heard(self, change: Change) -> None:
        if self._forms is None:
            return
        for record in change.records:
            self._forms.put_record(record)
        for record_id in change.removed_records:
            self._forms.drop_record(record_id)
        self._stale.update(annotation.article for annotation in change.annotations)
        if change.removed_annotations and change.article is not None:
            self._stale.add(change.article)
        elif change.removed_annotations:
            self._forms = None  # of which articles is not told: everything is read again


class _ByRules:
    """What the suggesters propose that go by the article alone, looked for once an article."""

    def __init__(self) -> None:
        self._context: Context | None = None
        self._found: dict[str, tuple[Suggestion, ...]] = {}

    def of(self, context: Context, names: Collection[str]) -> dict[str, tuple[Suggestion, ...]]:
        """Return what each of these suggesters proposes, by its name."""
        last, self._context = self._context, context
        if last is None or context != replace(
            last, forms=context.forms, models=context.models, outside=context.outside
        ):
            self._found = {}
        missing = [name for name in names if name not in self._found]
        self._found |= proposals(context, missing)
        return {name: self._found[name] for name in names}


class _Decided:
    """The places of an article where nothing is to be proposed any more."""

    def __init__(self, contents: ArticleContents) -> None:
        self._starts: dict[str, list[int]] = {}
        self._ends: dict[str, list[int]] = {}
        self._marked = set()
        for mark in contents.annotations:  # by start
            self._marked.add(mark.fragments)
            ends = self._ends.setdefault(mark.type, [])
            ends.append(max(mark.end, ends[-1] if ends else 0))
            self._starts.setdefault(mark.type, []).append(mark.start)

    def __contains__(self, suggestion: Suggestion) -> bool:
        if suggestion.fragments in self._marked:
            return True
        before = bisect_left(self._starts.get(suggestion.type, []), suggestion.end)
        return before > 0 and self._ends[suggestion.type][before - 1] > suggestion.start
