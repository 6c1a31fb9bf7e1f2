"""How many articles are in each state, kept current change by change.

The queue shows these figures all the time; counting a hundred thousand articles anew after every
annotation would be felt.
"""

from collections import Counter

from app.model.article import STATES, State
from app.model.changes import Change
from app.storage import listing, queries
from app.storage.sql import Connection

_MANY = 50
"""Articles touched at once after which everything is counted anew."""


class Progress:
    """The states of all articles in one layer, as far as they are not new."""

    def __init__(self) -> None:
        self._layer = ""
        self._states: dict[str, State] | None = None
        self._counts: Counter[State] = Counter()
        self._touched: set[str] = set()

    def counts(self, connection: Connection, layer: str) -> dict[State, int]:
        """Return how many articles are in each state."""
        if self._states is None or layer != self._layer or len(self._touched) > _MANY:
            self._layer, self._states = layer, queries.states(connection, layer)
            self._counts = Counter(self._states.values())
            self._counts["new"] = queries.article_count(connection) - len(self._states)
        else:
            for article in self._touched:
                self._look_at(connection, article, self._states)
        self._touched.clear()
        return {state: self._counts[state] for state in STATES}

    def _look_at(self, connection: Connection, article: str, states: dict[str, State]) -> None:
        row = listing.row(connection, article, self._layer)
        if row is None:
            return
        self._counts[states.pop(article, "new")] -= 1
        self._counts[row.state] += 1
        if row.state != "new":
            states[article] = row.state

    def take_in(self, change: Change) -> None:
        """Remember which articles a change touched."""
        somewhere = change.removed_annotations and change.article is None
        if change.articles or change.removed_articles or somewhere:
            self._states = None
        self._touched |= {annotation.article for annotation in change.annotations}
        self._touched |= {status.article for status in change.statuses}
        self._touched |= {article for article, _ in change.cleared_statuses}
        if change.article is not None:
            self._touched.add(change.article)
