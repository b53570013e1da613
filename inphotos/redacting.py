"""What crash reports and logs may say: where in the code, never which photo or what search."""

from __future__ import annotations

import re
import traceback
from pathlib import PurePath

#: Of these the interpreter itself writes the message, about names and types in the code.
_ABOUT_CODE = (
    ArithmeticError,
    AttributeError,
    ImportError,
    IndexError,
    NameError,
    RecursionError,
    TypeError,
)

_QUOTED = re.compile(r"""(['"“‘])(.*?)(['"”’])""")
_NAME_IN_CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*\Z")
_FILE_NAME = re.compile(r"\.[A-Za-z0-9]{2,4}\Z")
_PATH = re.compile(r"[^\s'\"]*[/\\][^'\"\n]*")
_FRAME = re.compile(r'File "([^"]*)"')

LEFT_OUT = "(left out, because it may name a photo or a search)"


def describe(error: BaseException) -> str:
    """Return the traceback of an error and of what led to it, without anything of the user's.

    The message is kept only where it is about code. Paths of code begin at its package.
    """
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return "\nwhich led to\n\n".join(_one(each) for each in reversed(chain))


def shorten_frames(dump: str) -> str:
    """Return what ``faulthandler`` has written, with paths of code that begin at their package."""
    return _FRAME.sub(lambda found: f'File "{code_path(found[1])}"', dump)


def code_path(path: str) -> str:
    """Return the path of a file of code without the directories of this machine."""
    parts = PurePath(path.replace("\\", "/")).parts
    for anchor in ("site-packages", "dist-packages", "inphotos"):
        if anchor in parts[:-1]:
            place = len(parts) - 1 - parts[::-1].index(anchor)
            return "/".join(parts[place if anchor == "inphotos" else place + 1 :])
    return parts[-1] if parts else ""


def _one(error: BaseException) -> str:
    lines = [
        f'  File "{code_path(frame.filename)}", line {frame.lineno}, in {frame.name}\n'
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "".join([*lines, f"{type(error).__name__}: {_message(error)}\n"])


def _message(error: BaseException) -> str:
    if isinstance(error, OSError):
        # The number says what went wrong; what comes after it is the file.
        return f"error {error.errno} of the system" if error.errno else LEFT_OUT
    if not str(error):
        return ""
    return _cleaned(str(error)) if isinstance(error, _ABOUT_CODE) else LEFT_OUT


def _cleaned(message: str) -> str:
    """Keep the names of code in a message; take out other quotations, and paths."""
    return _QUOTED.sub(_kept_name, _PATH.sub("…", message))


def _kept_name(found: re.Match[str]) -> str:
    is_name = _NAME_IN_CODE.match(found[2]) and not _FILE_NAME.search(found[2])
    return found[0] if is_name else f"{found[1]}…{found[3]}"
