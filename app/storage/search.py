"""Full-text search over titles and texts. What a person types can never break the query."""

import re

MATCHES = "SELECT rowid FROM article_search WHERE article_search MATCH ?"
"""Takes `query(words)`; gives the positions of articles."""

_TERM = re.compile(r'"([^"]*)"|(\S+)')


def query(words: str) -> str | None:
    """Return the FTS5 query for words: all of them, in any order, the last one as a beginning.

    Words in double quotes are a phrase. None where nothing could be looked for.
    """
    terms = [
        (quoted or bare).replace('"', " ")
        for quoted, bare in _TERM.findall(words.replace("\0", " "))
    ]
    terms = [term for term in terms if any(c.isalnum() for c in term)]
    if not terms:
        return None
    quoted_terms = " ".join(f'"{term}"' for term in terms)
    return quoted_terms if words.rstrip().endswith('"') else quoted_terms + "*"
