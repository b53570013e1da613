"""The command line: arguments in, text or JSON out.

Every command takes the same global options, before or after its name. Exit status: 0 done,
1 nothing found or nothing done, 2 wrong use or bad input, 130 interrupted.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

from inphotos.cli import logs
from inphotos.cli.arguments import parse_arguments
from inphotos.cli.output import Output
from inphotos.errors import CancelledError, InPhotosError, foreseen

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a name shows its escapes; it never ends the command.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    logs.set_up(verbose=options.verbose, names=options.log_names)
    out = Output(as_json=options.json, quiet=options.quiet)
    try:
        status = int(options.run(options, out))
        out.finish()
        return status
    except (CancelledError, KeyboardInterrupt) as error:
        out.message(str(error) or "Stopped; everything finished so far is kept.")
        return INTERRUPTED
    except InPhotosError as error:
        out.error(str(error))
        logging.getLogger(__name__).info("details:", exc_info=error)
        return 2
    except BrokenPipeError:
        # The reader of our output, such as head, has gone. Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        told = foreseen(error)
        if told is not None:
            out.error(str(told))
            logging.getLogger(__name__).info("details:", exc_info=error)
            return 2
        logging.getLogger(__name__).info("details:", exc_info=error)
        out.error(
            f"Something went wrong inside InPhotos ({type(error).__name__}: {error}); "
            f"run the command again with -v for the details."
        )
        return 1
