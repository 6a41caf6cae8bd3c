"""Numbers people lose or write twice, recognised: 2, 1/n, pi/180, ln 10, 3/4 ..."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache

CLOSE = 1e-9  # how exactly a number must be met, relative
SMALL = 4  # beyond, a length of the problem explains a number better than the number itself
MOST = 12  # numerators and denominators that people lose
_NAMED = (
    (math.pi, "pi"),
    (2 * math.pi, "2 * pi"),
    (math.pi / 180, "pi / 180"),
    (math.log(2), "ln 2"),
    (math.log(10), "ln 10"),
    (math.sqrt(2), "sqrt 2"),
    (math.sqrt(math.pi), "sqrt pi"),
    (math.sqrt(2 * math.pi), "sqrt(2 pi)"),
)


@lru_cache(maxsize=64)
def known(sizes: tuple[tuple[int, str], ...] = ()) -> tuple[tuple[float, str], ...]:
    """(number, how it is applied to another): ``(2.0, "* 2")``, ``(0.5, "/ 2")``, the simplest spelling first.

    `sizes` are lengths that occur in the problem, with words: ``(30, "the number of inputs")``.
    """
    return tuple(_known(sizes))


def _known(sizes: Iterable[tuple[int, str]]) -> Iterator[tuple[float, str]]:
    yield -1.0, "* -1"
    for whole in range(2, SMALL + 1):
        yield from _both(float(whole), str(whole))
    for value, words in _NAMED:
        yield from _both(value, words)
    for size, words in sizes:
        if size > SMALL:
            yield from _both(float(size), f"{size}, {words}")
    for whole in range(SMALL + 1, MOST + 1):
        yield from _both(float(whole), str(whole))
    for size, words in sizes:
        if size - 1 > MOST:
            yield from _both(float(size - 1), f"{size - 1}, one less than {words}")
    yield from _quotients()
    for size, _ in sizes:
        yield size / (size - 1), f"* {size} / {size - 1}"
        yield (size - 1) / size, f"* {size - 1} / {size}"


def _quotients() -> Iterator[tuple[float, str]]:
    for over in range(2, MOST + 1):
        for under in range(2, MOST + 1):
            if math.gcd(over, under) == 1:
                yield over / under, f"* {over} / {under}"
                yield -over / under, f"* -{over} / {under}"


def _both(value: float, words: str) -> Iterator[tuple[float, str]]:
    bracketed = f"({words})" if " * " in words or " / " in words else words
    inverse = "* 180 / pi" if words == "pi / 180" else f"/ {bracketed}"
    for sign, mark in ((1.0, ""), (-1.0, "-")):
        yield sign * value, f"* {mark}{words}"
        yield sign / value, inverse.replace("* ", f"* {mark}").replace("/ ", f"/ {mark}", 1) if mark else inverse


def recognised(number: float, sizes: tuple[tuple[int, str], ...] = (), close: float = CLOSE) -> str:
    """How to apply `number` to another one, in words: ``* 2``, ``/ ln 10``; empty where it is none of the known."""
    if not math.isfinite(number):
        return ""
    for value, words in known(sizes):
        if abs(number - value) <= close * abs(value):
            return words
    return ""


def applied(number: float) -> str:
    """``* 1.37``, or ``/ 1.01`` where that is the shorter number."""
    times, over = f"{number:.10g}", f"{1 / number:.10g}" if number else ""
    return f"/ {over}" if over and len(over) + 2 < len(times) else f"* {times}"
