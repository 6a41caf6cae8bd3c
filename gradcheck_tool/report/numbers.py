"""How a number is written: how many digits, which exponent, and never a digit cut or invented.

Decimal arithmetic throughout: ``value / 10**e`` changes the 17th digit of most floats,
``Decimal(value).scaleb(-e)`` of none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

MOST_DIGITS = 17
USUAL_DIGITS = 6


def bar(value: float) -> str:
    """Two significant digits of an error bar, a tolerance or a noise level: ``8.5e-08``."""
    return f"{value:.1e}" if math.isfinite(value) and value else short(value)


def short(value: object) -> str:
    """The shortest text that is this number again: ``2``, ``0.7``, ``1e-06``, ``nan``."""
    if isinstance(value, bool) or not isinstance(value, float | int):
        return str(value)
    number = float(value)
    if math.isfinite(number) and number == int(number) and abs(number) < 1e16:
        return str(int(number)) if number or math.copysign(1, number) > 0 else "-0"
    return repr(number)


def rough(value: float) -> str:
    """Two significant digits, for one-line summaries: ``0.17``, ``-3.5e-08``."""
    return f"{value:.2g}"


def step(value: float) -> str:
    """A step size: its shortest text with an exponent, ``1e-06``."""
    if not math.isfinite(value) or not value:
        return short(value)
    mantissa, exponent = f"{value:.16e}".split("e")
    for digits in range(17):
        text = f"{value:.{digits}e}"
        if float(text) == value:
            return text
    return f"{mantissa}e{exponent}"


def signed(value: float) -> str:
    """A difference with its sign, two significant digits: ``+5.1e-02``."""
    if math.isnan(value):
        return "nan"
    return f"{value:+.1e}" if math.isfinite(value) else f"{value:+}"


def relative(gap: float, reference: float) -> str:
    """A gap relative to the reference: ``+43 %`` from 0.1 % up, ``-8.4e-07`` below, empty where it means nothing."""
    if not math.isfinite(gap) or not math.isfinite(reference) or reference == 0 or gap == 0:
        return ""
    ratio = gap / abs(reference)
    if 1e-3 <= abs(ratio) < 1e3:
        return percent(ratio, sign="+")
    return signed(ratio)


def percent(ratio: float, sign: str = "") -> str:
    """A ratio in percent with two significant digits or all before the point: ``43 %``, ``0.09 %``."""
    number = 100 * ratio
    return f"{number:{sign}.0f} %" if abs(number) >= 99.5 else f"{number:{sign}.2g} %"


def accuracy(ratio: float) -> str:
    """A relative accuracy in words a reader weighs: percent from 0.01 % up, else ``4e-05``."""
    return percent(ratio) if ratio >= 1e-4 else f"{ratio:.1g}"


def compact(value: float | str) -> str:
    """At most six decimals without trailing zeros: how a trace writes its values; text stays text."""
    if isinstance(value, str) or not math.isfinite(value):
        return str(value)
    if value == 0 or 1e-4 <= abs(value) < 1e6:
        return f"{value:.6f}".rstrip("0").rstrip(".")
    mantissa, _, exponent = f"{value:.6e}".partition("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{exponent}"


def seconds(value: float) -> str:
    """A time: ``1.4 s``, ``35 s``."""
    return f"{value:.1f} s" if value < 10 else f"{value:.0f} s"


def magnitude(value: float) -> int:
    """The exponent of the leading decimal digit of a finite number; 0 for zero."""
    return Decimal(value).adjusted() if value else 0


def digits_shared(first: float, second: float, blur: float = 0.0) -> str:
    """How many leading digits two numbers share, ``=`` where every bit is the same.

    ``floor(-log10(max(gap, blur) / larger))``: a number with an error bar of `blur` can share no more.
    """
    if first == second and not blur > 0:
        return "="
    larger = max(abs(first), abs(second))
    gap = max(abs(first - second), blur)
    if not (math.isfinite(gap) and gap < larger):  # nan and an overflowing gap share nothing either
        return "0"
    return str(min(MOST_DIGITS, math.floor(math.log10(larger) - math.log10(gap))))


@dataclass(frozen=True, slots=True)
class Scale:
    """How the numbers of one stack are written: decimals after the point and one shared exponent.

    Without an exponent they are written fixed. `own`: every number has its own exponent, because
    one shared by numbers of very different size would push digits out of sight.
    """

    decimals: int
    exponent: int | None = None
    own: bool = False

    def write(self, value: float, blur: float = 0.0) -> str:
        """Write one number; with an error bar of `blur`, stop one digit past the bar's leading one."""
        if not math.isfinite(value):
            return str(value)
        exponent = magnitude(value) if self.own else self.exponent
        decimals = self.decimals
        if blur > 0 and math.isfinite(blur):
            decimals = min(decimals, 1 - magnitude(blur) + (exponent or 0))
        text = fixed(value, decimals, exponent or 0)
        if value == 0:
            return text.removeprefix("-")  # a zero has no exponent and, for a reader, no sign
        return text if exponent is None else f"{text}e{exponent:+03d}"


def fixed(value: float, decimals: int, exponent: int = 0) -> str:
    """Write ``value / 10**exponent`` with `decimals` digits after the point, correctly rounded.

    Negative `decimals` round before the point: 123456 to -2 is 123500.
    """
    with localcontext() as context:
        context.prec = 800
        number = Decimal(value).scaleb(-exponent).quantize(Decimal(1).scaleb(-decimals))
    return f"{number:f}"


def scale_for(
    reference: float, others: Iterable[float], *, digits: int = USUAL_DIGITS, beside: Iterable[float] = ()
) -> Scale:
    """Choose how a stack around `reference` is written.

    Fixed for ``1e-4 <= |reference| < 1e6``, else with the reference's exponent; where a number is
    more than 1000 times larger and fixed writing does not serve, each has its own. `digits`
    significant ones, or three past the first where one of `others` differs from the reference, at
    most 17. Numbers `beside` them agree with the reference: they only have to fit in.
    """
    numbers = [value for value in others if math.isfinite(value)]
    largest = max((abs(value) for value in [*numbers, *beside] if math.isfinite(value)), default=0.0)
    anchor = abs(reference) if math.isfinite(reference) and reference else largest
    moderate = not anchor or 1e-4 <= anchor < 1e6
    if largest > 1000 * anchor and not (moderate and largest < 1e9):
        return Scale(digits - 1, own=True)
    exponent = None if moderate else magnitude(anchor)
    lead = magnitude(anchor) if exponent is None else 0
    shift = exponent or 0
    wanted = digits - 1 - lead
    most = max(0, MOST_DIGITS - 1 - lead)
    if math.isfinite(reference):
        places = [_first_difference(value, reference) + shift for value in numbers if value != reference]
        wanted = max([wanted, *(place + 3 for place in places if place <= most)])
    return Scale(min(most, max(0, wanted)), exponent)


def _first_difference(value: float, reference: float) -> int:
    """The decimal place (1 = tenths) where the digits of two numbers first differ.

    Digits differ early where a carry separates close numbers (0.9999, 1.0001); there the gap's own
    place counts, less the two digits that are shown past it anyway.
    """
    gap_place = -magnitude(abs(value - reference)) - 2
    places = max(0, 17 - min(magnitude(value), magnitude(reference)))
    first, second = fixed(value, places), fixed(reference, places)
    width = max(len(first), len(second))
    for position, (one, other) in enumerate(zip(first.rjust(width), second.rjust(width), strict=True)):
        if one != other:
            point = width - places - 1 if places else width
            place = position - point if position > point else position - point + 1
            return max(place, gap_place)
    return gap_place


def first_wrong_digit(text: str, truth: str) -> int | None:
    """The index in `text` of its first digit that differs from `truth`, points aligned; None if none does."""
    if text.partition("e")[2] != truth.partition("e")[2]:
        return 0
    head, other = text.partition(".")[0], truth.partition(".")[0]
    width = max(len(head), len(other))
    padded, against = " " * (width - len(head)) + text, " " * (width - len(other)) + truth
    for position, letter in enumerate(padded):
        if position >= len(against) or letter != against[position]:
            return max(0, position - (width - len(head)))
    return None


def agreeing_digits(text: str, stop: int) -> int:
    """How many significant digits stand before index `stop`."""
    return len(text[:stop].lstrip("-0.").replace(".", ""))
