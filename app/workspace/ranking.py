"""Which article to work on next: ranks worked out from what is marked and finished so far.

They order the queue and are kept nowhere; whoever asks again gets them from what is there then.
"""

import re
from collections import Counter
from collections.abc import Mapping
from math import fsum
from typing import Literal

from app.model.listing import DONE_RANK, Ranks
from app.workspace.learning import models_folder, read_models
from app.workspace.workspace import Workspace

Ranked = Literal["useful", "relevant"]
_WORD = re.compile(r"[^\W\d_]{3,}")


def rank(workspace: Workspace, by: Ranked) -> Ranks:
    """Return how useful or how relevant each article is for the working layer.

    *Useful* is what would teach most: half the share of its words that no finished article has,
    half how unsure the learnt models are of it. *Relevant* is what looks like the articles that
    have marks: how much commoner its words are in them than in all.
    """
    layer = workspace.layer
    words: dict[int, frozenset[str]] = {}
    marked: set[int] = set()
    done: set[int] = set()
    for found in workspace.export_articles([layer]):
        place = found.article.position
        words[place] = frozenset(_WORD.findall(found.article.text.casefold()))
        if found.annotations:
            marked.add(place)
        if any(one.state == "done" for one in found.statuses):
            done.add(place)
    if by == "relevant":
        scores = _relevance(words, marked)
    else:
        scores = _novelty(words, done)
        for place, doubt in _doubts(workspace, done).items():
            scores[place] = (scores[place] + doubt) / 2
    return {place: DONE_RANK if place in done else score for place, score in scores.items()}


def rank_in(location: str, annotator: str, by: Ranked) -> Ranks:
    """Rank the articles of a project that somebody else has open; it is only read."""
    with Workspace.open(location, annotator=annotator, read_only=True) as workspace:
        return rank(workspace, by)


def _novelty(words: Mapping[int, frozenset[str]], done: set[int]) -> dict[int, float]:
    known = frozenset[str]().union(*(words[place] for place in done))
    return {place: len(own - known) / max(1, len(own)) for place, own in words.items()}


def _relevance(words: Mapping[int, frozenset[str]], marked: set[int]) -> dict[int, float]:
    everywhere: Counter[str] = Counter()
    in_marked: Counter[str] = Counter()
    for place, own in words.items():
        everywhere.update(own)
        if place in marked:
            in_marked.update(own)
    weights = {
        word: ((in_marked[word] + 1) / (len(marked) + 2)) / ((count + 1) / (len(words) + 2))
        for word, count in everywhere.items()
    }
    means = {
        place: fsum(weights[word] for word in own) / len(own) if own else 0.0
        for place, own in words.items()
    }
    most = max(means.values(), default=0.0) or 1.0
    return {place: mean / most for place, mean in means.items()}


def _doubts(workspace: Workspace, done: set[int]) -> dict[int, float]:
    """Return how unsure the learnt models are of each article that is not finished."""
    models = read_models(models_folder(workspace.project.id, workspace.layer))
    if not models:
        return {}
    from app.suggest.sequence import uncertainty

    return {
        found.article.position: max(
            uncertainty(learned.model, found.article.text) for learned in models.values()
        )
        for found in workspace.export_articles([])
        if found.article.position not in done
    }
