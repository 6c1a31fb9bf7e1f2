"""Words that were typed into the form and are not on disk: kept until they are, or are let go."""

from collections.abc import Mapping
from dataclasses import dataclass

Place = tuple[str, ...]
"""Where words were typed: the name of a field, and below it what lies inside."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The unsent words of one mark's form."""

    article: str
    annotation: str
    words: Mapping[Place, str]

    @property
    def text(self) -> str:
        """All the words, as they go on the clipboard."""
        return "\n".join(self.words.values())
