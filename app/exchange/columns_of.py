"""Which columns of a table are the text, title, date … of articles, told by their names."""

import re
from collections.abc import Mapping, Sequence

FIELDS = ("text", "title", "date", "source", "author", "url", "language", "id")
"""What a column can be. Everything else is kept beside the article under the column's name."""

_NAMES = {
    "text": "text fulltext articletext bodytext body maintext content articlebody article story"
    " texte contenu volltext artikeltext inhalt texto cuerpo testo tekst текст",
    "title": "title headline heading articletitle head hd titre titel überschrift schlagzeile"
    " titulo título titular titolo kop заголовок название",
    "date": "date published publisheddate publicationdate datepublished pubdate publishedat"
    " publishdate pubdatetime day time timestamp pd datum erscheinungsdatum fecha data дата",
    "source": "source newspaper publication publisher outlet medium media sourcename paper site"
    " sitename domain journal zeitung quelle fuente periodico periódico fonte krant источник"
    " газета",
    "author": "author authors byline by journalist writer auteur auteurs autor autoren verfasser"
    " autore автор",
    "url": "url link href address weburl sourceurl articleurl permalink adresse lien ссылка",
    "language": "language lang langue sprache idioma lingua taal язык",
    "id": "id articleid docid documentid uid guid uuid uri identifier key",
}
_SIGNS = re.compile(r"[\W_]+")
_PROSE = 200
"""Characters that a column has on average which can only be the text, whatever its name."""


def guess(columns: Sequence[str], lengths: Mapping[str, int]) -> dict[str, str]:
    """Return the column of each field that can be told.

    `lengths` are the average numbers of characters. Where no column is named like a text, the only
    one with prose in it is the text.
    """
    plain = {column: _SIGNS.sub("", column).casefold() for column in columns}
    found: dict[str, str] = {}
    for field, words in _NAMES.items():
        for word in words.split():
            named = [one for one in columns if plain[one] == word and one not in found.values()]
            if named:
                found[field] = max(named, key=lambda one: lengths.get(one, 0))
                break
    if "text" not in found:
        prose = [
            one for one in columns if lengths.get(one, 0) >= _PROSE and one not in found.values()
        ]
        if len(prose) == 1:
            found["text"] = prose[0]
    return found
