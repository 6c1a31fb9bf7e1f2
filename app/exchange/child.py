"""Foreign files are read by a child process that may not write, connect or take without limit.

One child serves file after file. It is ended, and the next file gets a new one, when it takes
too long or breaks. What it answers is JSON, so that nothing it says can run in this process. A file
of many articles is answered piece by piece, so that neither side holds all of it.
"""

import contextlib
import importlib
import json
import os
import sys
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from app.exchange.text_file import EncodingUnknown
from app.model.errors import InputRefused, KnownError

SECONDS = 20.0
"""How long one file may take; of a file of many articles, each piece."""

_BYTES_A_SECOND = 1_000_000
"""An annotated file is read whole before it is answered: so many bytes are given a second more."""

MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes of memory that a child may map for a file; kept where the system knows such a limit.

What the libraries hold that it loaded for files before comes on top, to four times as much.
"""

_MOST_ANSWER = 256 * 1024 * 1024
"""Bytes of an answer, where a file is not larger than what it says of itself by far."""

_WORDY = 12
"""So many times as large as an annotated file its answer may be, where that is more."""

_PIECE = 1_000_000
"""Characters after which the child sends what it has read so far."""
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")
_CHANGING = {"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Children:
    """The child that reads now, started when it is first needed. Threads wait for one another."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._process: Any = None
        self._asks: Connection | None = None
        self._answers: Connection | None = None
        self._talks = False
        """Whether the child has more to say about the file it was asked about."""

    def read(self, module: str, data: bytes, **options: Any) -> dict[str, Any]:
        """Return what `read(data)` of a module of ours says of a foreign file's bytes.

        Raises `InputRefused` with the reason, also where the child breaks or takes too long.
        """
        (only,) = self.stream(module, data, **options)
        return only

    def stream(
        self, module: str, data: bytes, *, size: int = 0, **options: Any
    ) -> Iterator[dict[str, Any]]:
        """Yield what `read(data, **options)` of a module of ours yields, as `read` does.

        `size` is that of the files which the module opens by itself, in bytes.
        """
        with self._lock:
            finished = False
            try:
                for answer in self._ask(module, data, options, size):
                    if "refused" in answer:
                        raise _refusal(answer)
                    yield answer
                finished = True
            finally:
                if not finished and self._talks:
                    self.end()

    def end(self) -> None:
        """End the child, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = None
        for pipe in (self._asks, self._answers):
            if pipe is not None:
                pipe.close()
        self._asks = self._answers = None
        self._talks = False

    def _ask(
        self, module: str, data: bytes, options: dict[str, Any], size: int
    ) -> Iterator[dict[str, Any]]:
        if self._process is None or not self._process.is_alive():
            self._start()
        asks, answers = self._asks, self._answers
        if asks is None or answers is None:  # pragma: no cover - _start has just made them
            raise RuntimeError("the child has no pipes")
        try:
            self._talks = True
            asks.send_bytes(json.dumps([module, options]).encode())
            asks.send_bytes(data)
            left = max(_MOST_ANSWER, _WORDY * size)
            seconds = self._seconds + size // _BYTES_A_SECOND
            while self._talks:
                if not answers.poll(seconds):
                    self.end()
                    raise InputRefused(f"reading it takes longer than {seconds:g} seconds")
                piece = answers.recv_bytes(min(_MOST_ANSWER, left))
                left -= len(piece)
                found = json.loads(piece)
                self._talks = found["more"]
                yield from found["items"]
        except (EOFError, OSError):
            self.end()
            raise InputRefused("it breaks the program that reads it") from None

    def _start(self) -> None:
        self.end()
        context = get_context("spawn")
        theirs, self._asks = context.Pipe(duplex=False)
        self._answers, their_answers = context.Pipe(duplex=False)
        self._process = context.Process(target=_serve, args=(theirs, their_answers), daemon=True)
        self._process.start()
        theirs.close()
        their_answers.close()


CHILDREN = Children()
"""The child that all readers of this process share."""


def _refusal(answer: dict[str, Any]) -> InputRefused | KnownError:
    if answer.get("unreachable"):
        return KnownError(answer["refused"])
    kind = EncodingUnknown if answer.get("encoding") else InputRefused
    return kind(answer["refused"])


def _serve(asks: Connection, answers: Connection) -> None:
    """Answer until nobody asks any more. Runs in the child."""
    sys.dont_write_bytecode = True
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, 4 * MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_forbid)
    while True:
        try:
            module, options = json.loads(asks.recv_bytes())
            data = asks.recv_bytes()
        except EOFError:
            return
        _grant()
        _send(answers, _answer(module, data, options))


def _grant() -> None:
    """Let the file that comes have its memory beyond what the child has mapped already."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # only Linux says what is mapped
        import resource

        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - a file of the system
            mapped = int(file.read().split()[0]) * resource.getpagesize()
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (min(most, mapped + MOST_MEMORY), most))


def _send(answers: Connection, items: Iterator[dict[str, Any]]) -> None:
    """Send items in pieces of a bounded size; the last piece says that it is the last."""
    piece: list[str] = []
    size = 0
    for item in items:
        piece.append(json.dumps(item))
        size += len(piece[-1])
        if size > _PIECE:
            answers.send_bytes(f'{{"more": true, "items": [{",".join(piece)}]}}'.encode())
            piece, size = [], 0
    answers.send_bytes(f'{{"more": false, "items": [{",".join(piece)}]}}'.encode())


def _answer(module: str, data: bytes, options: dict[str, Any]) -> Iterator[dict[str, Any]]:
    try:
        found = importlib.import_module(module).read(data, **options)
        yield from [found] if isinstance(found, dict) else found
    except InputRefused as refusal:
        yield {"refused": str(refusal), "encoding": isinstance(refusal, EncodingUnknown)}
    except KnownError as error:
        yield {"refused": str(error), "unreachable": True}
    except MemoryError:
        yield {"refused": "reading it takes too much memory"}
    except Exception as error:  # noqa: BLE001 - a broken file may raise anything in a reader
        yield {"refused": f"it is broken ({type(error).__name__})"}


def _forbid(event: str, args: tuple[Any, ...]) -> None:
    """Let a reader neither connect, nor start programs, nor change files."""
    writes = event == "open" and isinstance(args[2], int) and bool(args[2] & _WRITING)
    if writes or event in _CHANGING or event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader may not: {event}")
