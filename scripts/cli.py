"""What every command shares: one-line errors, the options that recur, Arabic in a terminal.

Exit codes: 0 done · 1 a fault of the program · 2 usage · 3 input (an article, the models) · 4 query ·
5 server · 130 stopped by the user. The classes of `schema.errors` carry 3, 4 and 5.
"""

from __future__ import annotations

import functools
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NoReturn, ParamSpec

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from graph.settings import Settings
from schema.errors import HadathError, InputError

P = ParamSpec("P")

EXIT_FAULT = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130

#: Width of a table that goes to a file or a pipe, where there is no terminal to ask.
PIPE_WIDTH = 160

Verbose = Annotated[bool, typer.Option("--verbose", help="Show the whole trace of an error.")]
Models = Annotated[
    str | None,
    typer.Option(
        "--models",
        metavar="FOLDER|official",
        help="Weights to read with: a folder, or 'official' for Stanza's own Arabic package. "
        "Default: HADATH_MODELS, else those shipped with the project.",
    ),
]


def run(command: Callable[P, None]) -> None:
    """Run a function as the command line of its module; ends the process with the exit code."""
    app_of(command)(prog_name=f"python -m {_module(command)}")


def app_of(command: Callable[P, None]) -> typer.Typer:
    """The command line that a function makes: its arguments, its help, its errors."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(guarded(command))
    return app


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """The function with its errors as one line on standard error, and the exit code of their kind.

    The function takes `verbose`; when true the trace comes first.
    """

    @functools.wraps(command)
    def guard(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except HadathError as error:
            _end(error, str(error), error.exit_code, kwargs)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            name = ".".join(str(part) for part in first["loc"])
            setting = f"HADATH_{name.upper()}" if error.title == "Settings" else name
            _end(error, f"{setting}: {first['msg']}; correct this setting", EXIT_USAGE, kwargs)
        except BrokenPipeError:
            # The reader of our output (head, less) is gone; nothing is left to say to it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _end(error, f"{where}{error.strerror or error}", InputError.exit_code, kwargs)
        except KeyboardInterrupt:
            raise typer.Exit(EXIT_INTERRUPTED) from None
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except Exception as error:
            kind = type(error).__name__
            message = f"a fault in Hadath ({kind}: {error}); run again with --verbose and report the trace"
            _end(error, " ".join(message.split()), EXIT_FAULT, kwargs)

    return guard


def _end(error: BaseException, message: str, code: int, kwargs: dict[str, object]) -> NoReturn:
    if kwargs.get("verbose"):
        traceback.print_exception(error)
    say(message)
    raise typer.Exit(code) from None


def _module(command: Callable[P, None]) -> str:
    """`scripts.extract`, also when the module runs as `__main__`."""
    return f"scripts.{Path(command.__code__.co_filename).stem}"


def say(message: str) -> None:
    """One line on standard error: an error, a warning, what was skipped."""
    console = err_console()
    console.print(f"[bold red]hadath:[/] {escape(message)}", soft_wrap=True)


def end_with_failures(failed: int, total: int) -> None:
    """End with the code of a wrong input when some of the articles gave nothing; each was named before."""
    if failed:
        if total > 1:
            say(f"{failed:,} of {total:,} articles could not be read; see the lines above")
        raise typer.Exit(InputError.exit_code)


def err_console() -> Console:
    """Standard error; made when needed, so that a redirected stream is the one written to."""
    return Console(stderr=True, highlight=False)


def out_console() -> Console:
    """Standard output; wide enough for a table when it is no terminal."""
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return Console(highlight=False)
    return Console(highlight=False, width=PIPE_WIDTH)


def write_out(text: str) -> None:
    """Data for another program on standard output: UTF-8 whatever the locale, letters as they are."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def isolate(text: str) -> str:
    """Arabic text as a unit of its own in a left-to-right line, where a person looks at it.

    FSI and PDI (Unicode Annex 9) keep the order of letters and hold the line together; output that goes
    to a file or another program stays as it is.
    """
    return f"\u2068{text}\u2069" if sys.stdout.isatty() and not text.isascii() else text


def models_of(option: str | None, settings: Settings) -> Path | str | None:
    """The weights to read with: the option, else the setting, else None (those shipped)."""
    return option or settings.models
