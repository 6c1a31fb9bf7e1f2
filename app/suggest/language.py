"""Which language a text is in, as far as the rules of the suggesters need to know."""

from collections import Counter

from app.model.text import words

LANGUAGES = ("en", "de", "fr", "es", "ru")

_LOOK = 6_000
"""Code points that are looked at."""
_COMMON = {
    "en": (
        "the of and to in that is was for on with as by at from said were has have they it be"
        " a an in who not but after their this"
    ),
    "de": (
        "der die das und ist nicht mit von den dem ein eine zu auf für im sich des auch wurde"
        " in am bei aus nach wie sie er es hat werden wurden mehr gegen"
    ),
    "fr": (
        "le la les des et est une dans que pour qui sur au du pas par sont avec plus été"
        " de en un à a ont ce cette selon aux nous vous ils mais leur ses après contre entre"
    ),
    "es": (
        "el la los las y que en de un una por con para del se su fue más como han"
        " a lo al sus ha sin sobre entre dijo según tras contra unas unos dos fueron"
    ),
    "ru": (
        "и в не на что с по как это его для к из от был было были после также"
        " мы за о об у до которые который менее около"
    ),
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
