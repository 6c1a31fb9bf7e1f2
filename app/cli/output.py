"""What verbs print: data to stdout, messages and progress to stderr, always as UTF-8."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Any, TextIO

import click

from app.model.errors import KnownError

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class ReaderLeft(Exception):
    """Whoever reads our output has seen enough."""


class Output:
    """The two streams of a verb."""

    def __init__(self, out: TextIO | None, err: TextIO | None) -> None:
        self.out = out  # None where whoever started us closed it
        self.err = err
        for stream in (out, err):
            if isinstance(stream, TextIOWrapper):
                # A file name may hold bytes that no encoding explains, and has to be named.
                encoding = stream.encoding if stream.isatty() else "utf-8"
                with suppress(ValueError, OSError):
                    stream.reconfigure(encoding=encoding, errors="backslashreplace")

    def line(self, text: str = "") -> None:
        """Print a line of data."""
        self.write(text + "\n")

    def write(self, text: str) -> None:
        """Print data as it is.

        Raises `ReaderLeft`, since click would end the program itself, and `KnownError` where there
        is no place for it.
        """
        if self.out is None:
            raise KnownError("The output cannot be written: it is closed.")
        with self._failing():
            self.out.write(text)

    def finish(self) -> None:
        """Bring what was printed out. Raises as `write` does."""
        if self.out is not None:
            with self._failing():
                self.out.flush()

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError as problem:
            raise ReaderLeft from problem
        except OSError as problem:
            raise KnownError(f"The output cannot be written: {problem.strerror}.") from problem

    def json(self, data: Any, *, one_line: bool = False) -> None:
        """Print data as JSON."""
        self.line(json.dumps(data, ensure_ascii=False, indent=None if one_line else 2))

    def say(self, message: str) -> None:
        """Print a message, where anybody can see it."""
        if self.err is not None:
            self.err.write(message + "\n")
            self.err.flush()

    @contextmanager
    def progress(self, label: str, length: int) -> Iterator[Callable[[int], None]]:
        """Show a progress bar on a terminal; give what takes the number of things done so far."""
        if self.err is None or not self.err.isatty() or length < 1:
            yield lambda _: None
            return
        with click.progressbar(length=length, label=label, file=self.err) as bar:
            yield lambda done: bar.update(done - bar.pos)


def visible(name: str) -> str:
    """Return a file's name on one line: what would move a terminal's cursor is escaped."""
    return _CONTROLS.sub(lambda match: match.group().encode("unicode_escape").decode(), name)
