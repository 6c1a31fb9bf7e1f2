"""A model server that somebody set up: what would be sent to it, and what it answers.

The one module that opens a connection. Nothing imports it until a person has switched a server on
and asked for an article; what is sent is what `request_for` returns, and nothing else.
"""

import http.client
import json
import ssl
from collections.abc import Iterator
from contextlib import closing
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from app.model.article import Article
from app.model.codebook import Codebook
from app.model.errors import KnownError
from app.suggest.outside import Guess
from app.workspace.outside import Server

LONGEST = 60_000
"""Code points of an article that is sent; a longer one is refused."""
_SECONDS = 180.0
_MOST_BYTES = 4_000_000
_SCORE = 0.5
"""How sure a guess counts as: what a model says of itself is no measure."""

_TASK = """You mark spans in a news article. Answer with one JSON object and nothing else:
{"spans": [{"type": TYPE, "quote": WORDS, "nth": N}]}
WORDS are copied from the article letter by letter; N says which occurrence of them is meant,
counted from 1. TYPE is one of these:
"""


class Answer(NamedTuple):
    """What a server found, and how many of its quotes stand nowhere in the article."""

    guesses: tuple[Guess, ...]
    lost: int


def request_for(server: Server, codebook: Codebook, article: Article) -> bytes:
    """Return the whole body of the request about an article, as it would be sent (UTF-8, JSON)."""
    types = [
        f"- {one.name}: {one.label}{f'. {one.definition}' if one.definition else ''}"
        for one in codebook.types
        if not one.archived
    ]
    body = {
        "model": server.model,
        "temperature": 0,
        "stream": False,
        "response_format": {"type": "json_object"},
        "messages": [
            {"role": "system", "content": _TASK + "\n".join(types)},
            {"role": "user", "content": article.text},
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def ask(server: Server, body: bytes, article: Article) -> Answer:
    """Send a request and return what was found. Raises `KnownError`, in words for people."""
    if len(article.text) > LONGEST:
        raise KnownError(
            f"The article has {len(article.text):,} characters; a model server is asked about "
            f"{LONGEST:,} at most."
        )
    return located(_content(_sent(server, body)), article.text)


def _sent(server: Server, body: bytes) -> bytes:
    parts = urlsplit(server.address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if server.key:
        headers["Authorization"] = f"Bearer {server.key}"
    failed = f"{server.host} did not answer:"
    try:
        with closing(kind(parts.hostname or "", parts.port, timeout=_SECONDS)) as connection:
            path = f"{parts.path.rstrip('/')}/chat/completions"
            connection.request("POST", path, body=body, headers=headers)
            answer = connection.getresponse()
            if answer.status != http.client.OK:  # a redirect too: nothing goes to another host
                raise KnownError(f"{server.host} refused: {answer.status} {answer.reason}.")
            content = answer.read(_MOST_BYTES + 1)
    except ConnectionRefusedError as problem:
        raise KnownError(f"{failed} nothing listens there. Is the server running?") from problem
    except TimeoutError as problem:
        raise KnownError(f"{failed} it took longer than {_SECONDS:.0f} seconds.") from problem
    except ssl.SSLError as problem:
        raise KnownError(f"{failed} its certificate is not trusted.") from problem
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise KnownError(f"{failed} {type(problem).__name__}.") from problem
    if len(content) > _MOST_BYTES:
        raise KnownError(f"{server.host} answered with more than {_MOST_BYTES // 1_000_000} MB.")
    return content


def _content(answer: bytes) -> str:
    """Return what the model said."""
    try:
        said = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        said = None
    if not isinstance(said, str):
        raise KnownError("The model server’s answer is not one of a chat.")
    return said


def located(said: str, text: str) -> Answer:
    """Return the places of the quotes in an answer. Raises `KnownError` where it is no answer."""
    begin, end = said.find("{"), said.rfind("}")
    try:
        spans = json.loads(said[begin : end + 1])["spans"] if 0 <= begin < end else None
    except (ValueError, LookupError, TypeError, RecursionError):
        spans = None
    if not isinstance(spans, list):
        raise KnownError("The model did not answer with a list of spans.")
    found, lost = [], 0
    for span in spans:
        place = _place(span, text)
        if place is None:
            lost += 1
        else:
            found.append(place)
    return Answer(tuple(sorted(set(found))), lost)


def _place(span: Any, text: str) -> Guess | None:
    if not isinstance(span, dict):
        return None
    quote, label, nth = span.get("quote"), span.get("type"), span.get("nth", 1)
    if not isinstance(quote, str) or not quote.strip() or not isinstance(label, str):
        return None
    wanted = nth if isinstance(nth, int) and nth > 0 else 1
    places = _places(quote, text, wanted)
    start = next((place for n, place in enumerate(places, 1) if n == wanted), None)
    if start is None:
        start = next(_places(quote, text, 1), None)  # the words are there, if not so often
    return None if start is None else Guess(start, start + len(quote), label, _SCORE)


def _places(quote: str, text: str, at_most: int) -> Iterator[int]:
    place = text.find(quote)
    while place >= 0 and at_most:
        yield place
        at_most -= 1
        place = text.find(quote, place + len(quote))
