"""Which language a text is in, as far as the rules of the suggesters need to know."""

from collections import Counter

from app.model.text import words

LANGUAGES = ("en", "de", "fr", "es", "ru")

_LOOK = 6_000
"""Code points that are looked at."""
_COMMON = {
    "en": "the of and to in that is was for on with as by at from said were has have they it be",
    "de": "der die das und ist nicht mit von den dem ein eine zu auf für im sich des auch wurde",
    "fr": "le la les des et est une dans que pour qui sur au du pas par sont avec plus été",
    "es": "el la los las y que en de un una por con para del se su fue más como han",
    "ru": "и в не на что с по как это его для к из от был было были после также",
}
_BY_WORD: dict[str, list[str]] = {}
for _language, _words in _COMMON.items():
    for _word in _words.split():
        _BY_WORD.setdefault(_word, []).append(_language)


def language_of(text: str, declared: str = "") -> str:
    """Return the language's two letters: the declared one, else that of the commonest small words.

    English where nothing speaks for another.
    """
    if declared:
        return declared.split("-", maxsplit=1)[0].lower()
    votes: Counter[str] = Counter()
    head = text[:_LOOK]
    for start, end in words(head):
        votes.update(_BY_WORD.get(head[start:end].lower(), ()))
    if not votes:
        return "en"
    return max(LANGUAGES, key=lambda one: votes[one])
