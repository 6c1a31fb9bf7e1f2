"""How a text refers to somebody: by a name, a common noun or a pronoun. By letters alone."""

import re
from typing import Literal

Level = Literal["name", "nominal", "pronoun"]

_PRONOUNS = frozenset(
    (
        "i you he she it we they me him her us them my mine your yours his hers its our ours their "
        "theirs myself himself herself itself ourselves themselves who whom "
        "ich er sie es wir ihr mich ihn uns euch ihm ihnen "
        "je tu il elle on nous vous ils elles lui leur eux "
        "yo él ella nosotros nosotras ellos ellas usted ustedes "
        "я он она оно мы вы они его её ее их ему ей им нас вас"
    ).split()
)
_INSIDE = re.compile(r"\s(?:of|from|in|at|for|von|aus|de|du|des|del|из|от)\s")


def level(words: str) -> Level:
    """Return how words refer to somebody.

    A pronoun stands alone. The word that the others hang on decides between name and noun: “police
    officers” and “ministers from the EU” are nouns. German nouns look like names.
    """
    parts = words.split()
    is_abbreviation = words.isupper() and len(words) > 1
    if len(parts) == 1 and not is_abbreviation and words.casefold() in _PRONOUNS:
        return "pronoun"
    head = _INSIDE.split(words)[0].split() or parts
    return "nominal" if head and head[-1][0].islower() else "name"
