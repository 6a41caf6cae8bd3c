"""Numbers that go through text: what a recorded number was written as, and what is read back from it.

``float(repr(x))`` is x itself. ``float(f"{x:.2f}")`` is rounding: constant between its jumps, with a guard.
Text nobody can trace back, after ``"%g" % x``, is refused rather than read as a constant.
"""

from __future__ import annotations

import dis
import math
from typing import Any

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.place import here, user_frame
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.trace import Constant

_KEPT = 10_000  # texts remembered in one run
_PERCENT = ((dis.opmap["BINARY_OP"], 6), (dis.opmap["BINARY_OP"], 19))  # a % b, a %= b
_ALL_DIGITS = 16  # from here on the text of a number is the number
UNKNOWN = ""
"""The entry that stands for text of unknown wording."""


def written(recorder: Recorder, number: Any, text: str) -> str:
    """Remember that `text` says the recorded `number`."""
    texts = recorder.texts
    if len(texts) < _KEPT:
        texts[text.strip()] = number
    else:
        texts[UNKNOWN] = number
    return text


def is_formatted() -> bool:
    """Whether the user's line that is running is ``"..." % x``, which asks x for its number."""
    frame = user_frame(2)
    if frame is None:
        return False
    code = frame.f_code.co_code
    return (code[frame.f_lasti], code[frame.f_lasti + 1]) in _PERCENT


def refuse_text(recorder: Recorder, what: str, text: Any) -> None:
    """Refuse to read numbers from text, or lists of texts, in which recorded numbers were written."""
    if not recorder.texts:
        return
    if isinstance(text, list | tuple):
        for inner in text:
            refuse_text(recorder, what, inner)
    elif isinstance(text, str) and (UNKNOWN in recorder.texts or any(known in text for known in recorder.texts)):
        raise CannotFollow(
            f"{what} reads numbers from text here in which values that depend on the inputs were written",
            where=here(),
            remedy="keep the numbers themselves instead of their text",
        )


def _digits(text: Any) -> int:
    """How many digits a text writes."""
    return sum(letter.isdigit() for letter in str(text).lower().partition("e")[0])


def _is_literal(text: Any) -> bool:
    """Whether the user's running code spells that text out: float("1e-3")."""
    frame = user_frame(2)
    return frame is not None and text in frame.f_code.co_consts


def read(recorder: Recorder, text: Any) -> Any:
    """The number that `text` says: recorded where a recorded one was written so.

    Raises `CannotFollow` where it cannot be told, and ValueError as `float` does.
    """
    value = float(text)
    source = recorder.texts.get(str(text).strip())
    if source is None:
        if UNKNOWN in recorder.texts and math.isfinite(value) and not _is_literal(text):
            raise CannotFollow(
                "a number is read from text here, after values that depend on the inputs were written as text",
                where=here(),
                remedy="keep the numbers themselves instead of their text",
            )
        return value
    if value == source.value and (str(text).strip() == repr(value) or _digits(text) >= _ALL_DIGITS):
        return recorder.wrap(value, recorder.line(source))
    recorder.guard("int", recorder.line(source), Constant(value), held=True)
    return value
