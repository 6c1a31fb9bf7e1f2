"""A pipeline of spaCy or transformers at work, in a process of its own that loads it once.

Only that process imports the program; it opens no connection. Nothing here waits for the window.
"""

import contextlib
import os
from collections.abc import Callable, Collection, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, Self

from app.model.article import Article
from app.model.errors import KnownError
from app.suggest.outside import Guess
from app.workspace.outside import Pipeline, guesses_of, keep_guesses, pipelines

_PIECE = 20_000
"""Code points that a pipeline is given at once; cut between paragraphs, or words."""
_NO_SCORE = 0.6
"""How sure a guess counts as whose pipeline says nothing of that."""

Look = Callable[[str], Iterator[Guess]]


class AtWork:
    """The process of one pipeline, started when it is first asked.

    Calls come from one thread at a time; `end` may come from any.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self._lock = Lock()
        self._process: Any = None
        self._pipe: Connection | None = None

    def look(self, text: str) -> tuple[Guess, ...]:
        """Return what the pipeline takes for spans in a text.

        Raises `KnownError` where it cannot be loaded, fails or is ended.
        """
        pipe = self._running()
        try:
            pipe.send(text)
            answer = pipe.recv()
        except (EOFError, OSError):
            self.end()
            raise KnownError(f"{self.pipeline.title} ended before it had looked.") from None
        if isinstance(answer, str):
            self.end()
            raise KnownError(answer)
        return tuple(Guess(*one) for one in answer)

    def end(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            process, self._process, self._pipe = self._process, None, None
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def _running(self) -> Connection:
        with self._lock:
            if self._pipe is None:
                context = get_context("spawn")
                ours, theirs = context.Pipe()
                self._process = context.Process(
                    target=_serve, args=(theirs, self.pipeline), daemon=True
                )
                self._process.start()
                theirs.close()
                self._pipe = ours
            return self._pipe


class Looking:
    """Has the pipelines of some suggesters look at texts, each text once, and keeps what they find.

    Used with `with`: the processes end with it.
    """

    def __init__(self, suggesters: Collection[str] | None) -> None:
        self._at_work = [
            AtWork(pipeline) for pipeline in pipelines() if pipeline.name in (suggesters or ())
        ]

    def at(self, article: Article) -> None:
        """Look at an article. Raises `KnownError`."""
        for one in self._at_work:
            if guesses_of(one.pipeline, article.sha256) is None:
                keep_guesses(one.pipeline, article.sha256, one.look(article.text))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._at_work:
            one.end()


def _serve(pipe: Connection, pipeline: Pipeline) -> None:
    """Answer until nobody asks any more. Runs in the process."""
    if hasattr(os, "nice"):
        os.nice(10)  # whoever types comes first
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        text: str = pipe.recv()
        try:
            look = _LOADERS[pipeline.program](pipeline)
        except ImportError:
            pipe.send(f"{pipeline.title} needs: pip install pressmark[{pipeline.program}]")
            return
        except Exception as problem:  # noqa: BLE001 - what others' code raises is a sentence here
            pipe.send(f"{pipeline.title} cannot be loaded ({type(problem).__name__}).")
            return
        while True:
            try:
                found = [tuple(one) for one in _by_pieces(look, text)]
            except Exception as problem:  # noqa: BLE001 - as above
                pipe.send(f"{pipeline.title} failed on this text ({type(problem).__name__}).")
                return
            pipe.send(found)
            text = pipe.recv()


def _by_pieces(look: Look, text: str) -> Iterator[Guess]:
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > _PIECE:
            last = start + _PIECE
            cut = next((n for sign in "\n " if (n := text.rfind(sign, start, last)) > start), last)
            end = min(cut + 1, last)
        for guess in look(text[start:end]):
            yield guess._replace(start=guess.start + start, end=guess.end + start)
        start = end


def _spacy(pipeline: Pipeline) -> Look:
    import spacy

    nlp = spacy.load(pipeline.place)

    def look(text: str) -> Iterator[Guess]:
        for entity in nlp(text).ents:
            yield Guess(entity.start_char, entity.end_char, entity.label_, _NO_SCORE)

    return look


def _transformers(pipeline: Pipeline) -> Look:
    from transformers import pipeline as load

    labelled = load(
        "token-classification",
        model=pipeline.place,
        tokenizer=pipeline.place,
        aggregation_strategy="first",
        stride=32,
    )

    def look(text: str) -> Iterator[Guess]:
        for one in labelled(text):
            label = str(one["entity_group"])
            yield Guess(int(one["start"]), int(one["end"]), label, float(one["score"]))

    return look


_LOADERS: dict[str, Callable[[Pipeline], Look]] = {"spacy": _spacy, "transformers": _transformers}
