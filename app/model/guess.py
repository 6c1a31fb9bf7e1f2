"""The guess of a slot."""

from app.model.codebook import Codebook
from app.model.contents import ArticleContents


def guess(contents: ArticleContents, codebook: Codebook, source_id: str, role_name: str) -> str | None:
    """Return a fitting mark."""
    return None


def guesses(
    contents: ArticleContents, codebook: Codebook, source_id: str
) -> tuple[tuple[str, str], ...]:
    """Return what the empty roles of an annotation are likely filled with: (role, target)."""
    return ()
