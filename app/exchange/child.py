"""Foreign files are read by a child process that may not write, connect or take without limit.

One child serves file after file. It is ended, and the next file gets a new one, when it takes
too long or breaks. What it answers is JSON, so that nothing it says can run in this process.
"""

import contextlib
import importlib
import json
import os
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from app.model.errors import InputRefused

SECONDS = 20.0
"""How long one file may take."""

MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes of memory that a child may map; kept where the system knows such a limit."""

_MOST_ANSWER = 256 * 1024 * 1024
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

    def read(self, module: str, data: bytes) -> dict[str, Any]:
        """Return what `read(data)` of a module of ours says of a foreign file's bytes.

        Raises `InputRefused` with the reason, also where the child breaks or takes too long.
        """
        with self._lock:
            answer = self._ask(module, data)
        if "refused" in answer:
            raise InputRefused(answer["refused"])
        return answer

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

    def _ask(self, module: str, data: bytes) -> dict[str, Any]:
        if self._process is None or not self._process.is_alive():
            self._start()
        asks, answers = self._asks, self._answers
        if asks is None or answers is None:  # pragma: no cover - _start has just made them
            raise RuntimeError("the child has no pipes")
        try:
            asks.send_bytes(module.encode())
            asks.send_bytes(data)
            if not answers.poll(self._seconds):
                self.end()
                raise InputRefused(f"reading it takes longer than {self._seconds:g} seconds")
            found: dict[str, Any] = json.loads(answers.recv_bytes(_MOST_ANSWER))
        except (EOFError, OSError):
            self.end()
            raise InputRefused("it breaks the program that reads it") from None
        return found

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


def _serve(asks: Connection, answers: Connection) -> None:
    """Answer until nobody asks any more. Runs in the child."""
    sys.dont_write_bytecode = True
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_forbid)
    while True:
        try:
            module = asks.recv_bytes().decode()
            data = asks.recv_bytes()
        except EOFError:
            return
        answers.send_bytes(json.dumps(_answer(module, data)).encode())


def _answer(module: str, data: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = importlib.import_module(module).read(data)
    except InputRefused as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "reading it takes too much memory"}
    except Exception as error:  # noqa: BLE001 - a broken file may raise anything in a reader
        return {"refused": f"it is broken ({type(error).__name__})"}
    return found


def _forbid(event: str, args: tuple[Any, ...]) -> None:
    """Let a reader neither connect, nor start programs, nor change files."""
    writes = event == "open" and isinstance(args[2], int) and bool(args[2] & _WRITING)
    if writes or event in _CHANGING or event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader may not: {event}")
