"""From an argument list to an exit code: every expected failure becomes a sentence on stderr.

0 done; 1 done, with findings or losses; 2 wrong use; 3 input refused; 4 the environment failed;
130 interrupted, as shells expect it.
"""

import contextlib
import os
from typing import TextIO

import click

from app.cli.agreement_verb import agreement
from app.cli.attach_verb import attach
from app.cli.codebook_verb import codebook
from app.cli.duplicates_verb import duplicates
from app.cli.export_verb import export_
from app.cli.output import Output, ReaderLeft
from app.cli.receipts_verb import receipts
from app.cli.suggest_verbs import evaluate_, suggest
from app.cli.verbs import pressmark
from app.model.errors import KnownError, Refused
from app.workspace.exporting import WrongExport

pressmark.add_command(agreement)
pressmark.add_command(attach)
pressmark.add_command(codebook)
pressmark.add_command(duplicates)
pressmark.add_command(export_)
pressmark.add_command(evaluate_)
pressmark.add_command(receipts)
pressmark.add_command(suggest)

DONE, WRONG_USE, REFUSED, FAILED, INTERRUPTED = 0, 2, 3, 4, 130


def run(argv: list[str], open_window: object, stdout: TextIO | None, stderr: TextIO | None) -> int:
    """Run a verb and return its exit code."""
    output = Output(stdout, stderr)
    try:
        code = _answer(argv, open_window, output)
        output.finish()
    except (ReaderLeft, BrokenPipeError):
        _drop(stdout)
        return DONE
    except KnownError as failed:
        output.say(str(failed))
        _drop(stdout)
        return FAILED
    return code


def _drop(stdout: TextIO | None) -> None:
    """Throw away what is still buffered: it must not fail again when the program ends."""
    with contextlib.suppress(OSError, ValueError):
        if stdout is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())


def _answer(argv: list[str], open_window: object, output: Output) -> int:
    try:
        code = pressmark.main(
            args=argv,
            prog_name="pressmark",
            standalone_mode=False,
            obj={"output": output, "open_window": open_window},
        )
    except click.ClickException as wrong:
        wrong.show(output.err)
        return WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        output.say("Interrupted.")
        return INTERRUPTED
    except WrongExport as wrong:
        output.say(str(wrong))
        return WRONG_USE
    except Refused as refused:
        output.say(str(refused))
        return REFUSED
    except KnownError as failed:
        output.say(str(failed))
        return FAILED
    return int(code or DONE)
