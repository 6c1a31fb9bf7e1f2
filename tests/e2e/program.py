"""The program in a process of its own, told what to do by the tests."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

Span = tuple[str, tuple[tuple[int, int], ...]]
"""Type and fragments (code points) of a mark."""

_PATIENCE = 30.0


class Program:
    """A running Pressmark with a window that nobody sees. `state` is what it showed last."""

    def __init__(self, project: Path | None, **environment: str) -> None:
        driver = Path(__file__).with_name("driver.py")
        self._process = subprocess.Popen(
            [sys.executable, str(driver), str(project or "")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ
            | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path.cwd())}
            | environment,
        )
        self.state: dict[str, Any] = {}
        self.events = 0

    @property
    def id(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def output(self) -> IO[str]:
        """Where the answers come from."""
        assert self._process.stdout is not None
        return self._process.stdout

    def send(self, **step: Any) -> None:
        """Send one step without waiting for the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(step) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Wait for the next answer, which is what is on the screen now."""
        line = self.output.readline()
        assert line.endswith("\n"), "the program ended"
        self.state = json.loads(line)
        assert "error" not in self.state, self.state["error"]
        return self.state

    def do(self, **step: Any) -> dict[str, Any]:
        """Send one step and wait until the program has dealt with it."""
        self.send(**step)
        return self.answer()

    def keys(self, *keys: str) -> dict[str, Any]:
        """Press keys one after the other."""
        self.events += len(keys)
        return self.do(keys=list(keys))

    def type(self, words: str) -> dict[str, Any]:
        """Type words into whatever has the keyboard."""
        self.events += len(words)
        return self.do(type=words)

    def until(self, **wanted: Any) -> dict[str, Any]:
        """Wait until this is on the screen; a number is the length of a list."""
        return self.do(until=wanted)

    def spans(self) -> list[Span]:
        """Return type and fragments of the marks on the screen."""
        return [
            (kind, tuple((start, end) for start, end in fragments))
            for _, kind, fragments in self.state["annotations"]
        ]

    def mark(self, span: Span) -> str:
        """Return the id of a mark on the screen."""
        return str(self.state["annotations"][self.spans().index(span)][0])

    def select(self, start: int, end: int) -> None:
        """Walk the caret to a word's start and extend the selection to a word's end."""
        self.keys("Escape", "Escape")
        for _ in range(200):
            if self.state["place"] == start and self.state["range"] is None:
                break
            self.keys("ctrl+Right" if self.state["place"] < start else "ctrl+Left")
        assert self.state["place"] == start
        self.keys("ctrl+Left", "ctrl+Right") if start else None
        for _ in range(200):
            if self.state["range"] is not None and self.state["range"][1] >= end:
                break
            self.keys("ctrl+shift+Right")
        assert self.state["range"] == [start, end]

    def kill(self) -> list[dict[str, Any]]:
        """End the process as a power cut would; return answers that were still under way."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        rest = [] if self.output.closed else self.output.readlines()
        self._close_pipes()
        return [json.loads(line) for line in rest if line.endswith("\n")]

    def end(self, number: signal.Signals) -> int:
        """Ask the process to end, as a system that shuts down does; return its exit code."""
        self._process.send_signal(number)
        return self.wait()

    def close(self, *, code: int = 0) -> None:
        """Close the window as a person would."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.wait(timeout=_PATIENCE) == code
        self._close_pipes()

    def wait(self) -> int:
        """Wait until the program has ended by itself; return its exit code."""
        code = self._process.wait(timeout=_PATIENCE)
        self._close_pipes()
        return code

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue
