"""Words whose obvious spelling loses digits, written once for floats and for arrays of them.

A partial such as ``exp(-x*x)`` is only as good as ``x*x``: at x = 5 the rounding of the square alone costs
25 units in the last place. These words carry what the first operation has rounded away.

References: Dekker (1971) for the exact product, Knuth (1969), section 4.2.2, for the exact sum.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

_SPLITTER = 134217729.0  # 2**27 + 1 halves a double's digits
_LN2 = math.log(2.0)
_FAR = 40.0  # exp(-x*x) is 0 long before, and the splitting cannot overflow below


def accurate_words(
    exp: Callable[[Any], Any], exp2: Callable[[Any], Any], fabs: Callable[[Any], Any], where: Callable[..., Any]
) -> dict[str, Callable[..., Any]]:
    """Spell the careful words in one number system, given its `exp`, `exp2`, `fabs` and `where`.

    Returns ``sech2 expit expit_gap expit2_gap gaussian gaussian_half`` by name. None of them overflows.
    """

    def sech2(x: Any) -> Any:
        """``1/cosh(x)**2``, 0 where cosh overflows."""
        decay = exp(-fabs(x))
        slope = 2 * decay / (1 + decay * decay)
        return slope * slope

    def expit(x: Any) -> Any:
        """``1/(1 + exp(-x))`` with full relative accuracy on both sides."""
        decay = exp(-fabs(x))
        return where(x >= 0, 1.0, decay) / (1 + decay)

    def expit_gap(a: Any, b: Any) -> Any:
        """``expit(a - b)``: the share of exp(a) in exp(a) + exp(b)."""
        if type(b) in (int, float) and b == 0:
            return expit(a)  # nothing is lost
        gap, lost = _difference(a, b, where)
        above = gap >= 0
        decay = exp(-fabs(gap))
        total = 1 + decay
        share = where(above, 1.0, decay) / total
        return share + share * lost * (where(above, decay, 1.0) / total)

    def expit2_gap(a: Any, b: Any) -> Any:
        """``1/(1 + 2**(b - a))``: the share of 2**a in 2**a + 2**b."""
        gap, lost = _difference(a, b, where)
        decay = exp2(-fabs(gap))
        share = where(gap >= 0, 1.0, decay) / (1 + decay)
        return share + share * lost * _LN2 * where(gap >= 0, decay, 1.0) / (1 + decay)

    def gaussian(x: Any) -> Any:
        """``exp(-x*x)``."""
        square, lost = _square(x, fabs, where)
        return exp(-square) * (1 - lost)

    def gaussian_half(x: Any) -> Any:
        """``exp(-x*x/2)``."""
        square, lost = _square(x, fabs, where)
        return exp(-square / 2) * (1 - lost / 2)

    words = (sech2, expit, expit_gap, expit2_gap, gaussian, gaussian_half)
    return {word.__name__: word for word in words}


def _difference(a: Any, b: Any, where: Callable[..., Any]) -> tuple[Any, Any]:
    """``a - b`` rounded, and what the rounding lost (0 where the difference is not finite)."""
    gap = a - b
    back = gap - a
    lost = (a - (gap - back)) - (b + back)
    return gap, where(lost * 0 <= 0, lost, 0.0)


def _square(x: Any, fabs: Callable[[Any], Any], where: Callable[..., Any]) -> tuple[Any, Any]:
    """``x*x`` rounded, and what the rounding lost (0 beyond the reach of exp)."""
    near = where(fabs(x) <= _FAR, x, 0.0)
    upper = _SPLITTER * near
    upper = upper - (upper - near)
    lower = near - upper
    square = near * near
    lost = ((upper * upper - square) + 2 * upper * lower) + lower * lower
    return x * x, lost
