"""The guess of a slot."""

from app.model.codebook import Codebook
from app.model.contents import ArticleContents


def guess(contents: ArticleContents, codebook: Codebook, source_id: str, role_name: str) -> str | None:
    """Return a fitting mark."""
    return None
