"""What computes for long, done once in a process of its own: nothing here waits for it."""

import contextlib
import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from app.model.errors import KnownError, Refused


class Apart:
    """Calls a function of a module with plain arguments in a process of its own."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self._function, self._arguments = function, arguments
        self._lock = Lock()
        self._process: Any = None
        self._is_ended = False

    def run(self) -> Any:
        """Return what the function returns.

        Raises `KnownError` for what it refuses, and where the process is gone.
        """
        context = get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        with self._lock:
            if self._is_ended:
                raise KnownError(_ENDED)
            self._process = context.Process(
                target=_call, args=(theirs, self._function, self._arguments), daemon=True
            )
            self._process.start()
        theirs.close()
        try:
            is_good, result = ours.recv()
        except (EOFError, OSError):
            raise KnownError(_ENDED) from None
        finally:
            ours.close()
            self.end()
        if not is_good:
            raise KnownError(result)
        return result

    def end(self) -> None:
        """End the process, if there is one; whoever waits for it gets a `KnownError`."""
        with self._lock:
            self._is_ended, process, self._process = True, self._process, None
        if process is not None:
            process.kill()
            process.join()
            process.close()


_ENDED = "The work beside the window ended before it was done."


def _call(pipe: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    if hasattr(os, "nice"):
        os.nice(10)  # whoever types comes first
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        try:
            pipe.send((True, function(*arguments)))
        except (KnownError, Refused) as problem:
            pipe.send((False, str(problem)))
