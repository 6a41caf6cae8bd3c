"""Reads what the samples along one input say: a slope with its bar, or why there is none.

Everything is decided from values of the function alone: how the bend ``f(x+h) - 2f(x) + f(x-h)``
and the rise ``f(x+h) - f(x-h)`` shrink with the step, and whether the sides agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.methods.estimate import Remark
from gradcheck_tool.methods.ladder import SCOUTS, UNIT, UNSETTLED, Settled
from gradcheck_tool.methods.samples import Samples
from gradcheck_tool.subject.packing import Vector

APART = "f at this point stands {:.6g} above its neighbours on both sides"

SMALLEST = 5e-324
"""The smallest double."""


Sides = tuple[Settled, Settled]
"""The slopes to the left and to the right of the point."""


@dataclass(frozen=True, slots=True)
class _Reader:
    samples: Samples
    settled: Settled
    sides: tuple[Sides, ...]

    def entry(self, row: int) -> tuple[float, float, Remark | None]:
        """The slope, its bar and what is to be said about one output."""
        slope, bar = float(self.settled.value[row]), float(self.settled.bar[row])
        for look in (_edge, _kink, _staircase, _jump, _vertical):
            seen = look(self, row)
            if seen is not None:
                return seen
        return slope, bar, None

    def remark(self, row: int, kind: str, sentence: str, **slopes: Any) -> Remark:
        """A remark at this input."""
        return Remark(row, self.samples.column, kind, sentence, **slopes)

    def unsettled(self, row: int) -> bool:
        """Whether the bar leaves less than three digits."""
        return not self.settled.bar[row] <= UNSETTLED * abs(self.settled.value[row])

    def column(self, of: Callable[[float], Vector], row: int) -> list[tuple[float, float]]:
        """(step, value) of one output at every step taken to both sides, the largest step first."""
        pairs = [(step, float(of(step)[row])) for step in self.samples.steps]
        return [(step, value) for step, value in pairs if np.isfinite(value)]

    def noise(self, row: int) -> float:
        """How far rounding can move this output."""
        return float(max(self.samples.noise[row], 2.0**-53 * np.nan_to_num(abs(self.samples.origin[row]))))

    def three(self, of: Callable[[float], Vector], row: int) -> tuple[float, float, float]:
        """A quantity at the three scouts, from coarse to fine."""
        coarse, middle, fine = (float(of(self.samples.scale * 2.0**-halvings)[row]) for halvings in SCOUTS)
        return coarse, middle, fine


Mask = NDArray[np.bool_]
Seen = tuple[float, float, Remark | None] | None


def read(
    samples: Samples, settled: Settled, sides: Callable[[], tuple[Sides, ...]], raised: tuple[int, ...]
) -> tuple[Vector, Vector, tuple[Remark, ...]]:
    """Slopes and bars of shape (m,), and the remarks, of one input.

    `sides` measures the one-sided slopes, the best first and then those of the large steps alone; it is
    asked only where something looks unusual. `raised` are the outputs whose assumed noise was too small.
    """
    slopes, bars = settled.value.copy(), settled.bar.copy()
    remarks: dict[int, Remark] = {}
    flat = _flat(samples)
    for row, (slope, bar, remark) in flat.items():
        slopes[row], bars[row], remarks[row] = slope, bar, remark
    unusual = np.array([row for row in np.flatnonzero(_unusual(samples, settled)) if row not in flat], dtype=int)
    reader = _Reader(samples, settled, sides() if unusual.size else ())
    for row in map(int, unusual):
        slopes[row], bars[row], said = reader.entry(row)
        if said is not None:
            remarks[row] = said
    for row in raised:
        remarks.setdefault(row, _noisy(reader, row))
    return slopes, bars, tuple(remarks[row] for row in sorted(remarks))


def _unusual(samples: Samples, settled: Settled) -> Mask:
    """Which outputs are unsettled, or bend as at a kink: all others are plain."""
    steps = np.array(samples.steps)
    if steps.size == 0:
        return np.ones(settled.value.shape, dtype=bool)
    noise = np.maximum(samples.noise, UNIT * np.nan_to_num(np.abs(samples.origin)))
    bends = np.nan_to_num(np.abs([samples.bend(step) for step in steps]), posinf=0.0)
    return np.asarray(settled.poor(UNSETTLED) | _bends_like_a_kink(steps, bends, noise))


def _bends_like_a_kink(steps: Vector, bends: Vector, noise: Vector) -> Mask:
    """Whether bend/h does not shrink between the finest steps at which the bend stands out of the noise."""
    clear = bends > 16 * noise
    finest = _last(clear)
    wider = _last(clear & (steps[:, None] >= 8 * steps[finest]))
    outputs = np.arange(noise.size)
    # Compared as products: bend/h may overflow.
    sharp = bends[finest, outputs] * (steps[wider] / steps[finest]) > 0.5 * bends[wider, outputs]
    return np.asarray(clear.any(axis=0) & clear[wider, outputs] & (wider < finest) & sharp)


def _last(mask: Mask) -> NDArray[np.intp]:
    """The index of the last true row of every column; the last row where there is none."""
    return np.asarray(mask.shape[0] - 1 - np.argmax(mask[::-1], axis=0))


def _stands_out(reader: _Reader, row: int, change: float) -> bool:
    return abs(change) > 16 * reader.noise(row)


def _flat(samples: Samples) -> dict[int, tuple[float, float, Remark]]:
    """The outputs that move by less than their noise at every step: slope, bar and remark by output."""
    steps = np.array(samples.steps)
    if steps.size == 0:
        return {}
    noise = np.maximum(samples.noise, UNIT * np.nan_to_num(np.abs(samples.origin)))
    with np.errstate(all="ignore"):
        moves = np.array(
            [np.maximum(*(np.abs(samples.values(side * step) - samples.origin) for side in (-1, 1))) for step in steps]
        )
    known = np.isfinite(moves)
    still = np.flatnonzero(~np.any(moves > 2 * noise, axis=0) & known.any(axis=0))
    widest = np.argmax(known, axis=0)
    slopes = {place: samples.central(steps[place]) for place in set(widest[still].tolist())}
    found = {}
    for row in map(int, still):
        step = float(steps[widest[row]])
        slope, bar = (float(part[row]) for part in slopes[int(widest[row])])
        # A step at which nothing moves says little about finer ones, and what underflows to 0 need not be 0.
        trusted = min(step, samples.scale / 16)
        sentence = f"f moves by less than its noise ({noise[row]:.1g}) over a step of {step:.1g}"
        remark = Remark(row, samples.column, "flat", sentence)
        loud = noise[row] > UNSETTLED * max(abs(samples.origin[row]), np.nanmax(moves[:, row])) > 0
        # Noise as large as the values themselves may be structure too fine for every step taken.
        found[row] = slope, np.inf if loud else max(bar * step / trusted, SMALLEST / trusted), remark
    return found


def _edge(reader: _Reader, row: int) -> Seen:
    """One side outside the domain: the other side's slope, where it has one."""
    defined = [_defined(reader, row, side) for side in (-1, 1)]
    if defined[0] == defined[1]:
        return None
    side, name, outside = (-1, "left", "right") if defined[0] else (1, "right", "left")
    settled = reader.sides[0][side > 0]
    slope, bar = float(settled.value[row]), float(settled.bar[row])
    if _diverges(reader, row, lambda step: reader.samples.one_sided(side * step)):
        bar = np.inf
        sentence = f"f is not defined to the {outside}, and to the {name} its slope grows without bound"
    else:
        sentence = f"f is not defined to the {outside}; its slope to the {name} is {slope:.6g}"
    return slope, bar, reader.remark(row, "edge", sentence, **{name: slope, f"{name}_bar": bar})


def _defined(reader: _Reader, row: int, side: int) -> bool:
    return bool(np.isfinite(reader.samples.values(side * reader.samples.scale * 2.0 ** -SCOUTS[-1])[row]))


def _kink(reader: _Reader, row: int) -> Seen:
    """Slopes to the left and right that differ beyond their bars, and a bend that shows it over many steps."""
    for left, right in reader.sides:
        slopes = {
            "left": float(left.value[row]),
            "left_bar": float(left.bar[row]),
            "right": float(right.value[row]),
            "right_bar": float(right.bar[row]),
        }
        gap = slopes["right"] - slopes["left"]
        if not abs(gap) > 2 * (slopes["left_bar"] + slopes["right_bar"]):
            continue
        shows = _showing(reader, row, gap)
        if shows:
            place = "here" if shows[1] else f"within {shows[0]:.1g} of here"
            sentence = f"the slope jumps {place}: {slopes['left']:.6g} to the left, {slopes['right']:.6g} to the right"
            middle = (slopes["left"] + slopes["right"]) / 2
            return middle, np.inf, reader.remark(row, "kink", sentence, **slopes)
    return None


def _showing(reader: _Reader, row: int, gap: float) -> tuple[float, bool] | None:
    """The finest step whose bend/h still shows the gap, and whether no finer one denies it; None where few show it."""
    visible = [
        (step, 0.5 < bend / step / gap < 1.5)
        for step, bend in reader.column(reader.samples.bend, row)
        if 4 * reader.noise(row) < abs(gap) * step / 8
    ]
    showing = [step for step, shows in visible if shows]
    if len(showing) < 3 or showing[-1] > reader.samples.scale * 2.0 ** -SCOUTS[1]:
        return None
    return showing[-1], visible[-1][1]


def _staircase(reader: _Reader, row: int) -> Seen:
    """Flat at the finer scouts, moving in the large, and there on plateaus rounding does not explain."""
    samples = reader.samples
    if any(change != 0 for change in reader.three(samples.rise, row)[1:]):
        return None
    moving = [step for step in samples.steps if samples.rise(step)[row] != 0]
    if not moving:
        return None
    narrow = moving[-1]
    expected = abs(float(samples.central(narrow)[0][row]))
    wide = next((step for step in moving if step <= samples.scale), narrow)
    slope = float(samples.central(wide)[0][row])
    for shift in (narrow * 2.0**-halvings for halvings in (8, 16, 24)):
        if expected * shift > 16 * reader.noise(row) and _plateaus(samples, row, (narrow, -narrow), shift):
            sentence = (
                f"f is a staircase: flat at this point, over a step of {wide:.1g} it rises with slope {slope:.3g}"
            )
            return 0.0, np.inf, reader.remark(row, "staircase", sentence)
    return None


def _plateaus(samples: Samples, row: int, points: tuple[float, ...], shift: float) -> bool:
    """Whether the output is exactly the same a `shift` beside each of `points`."""
    return all(samples.values(point + shift)[row] == samples.values(point)[row] for point in points)


def _jump(reader: _Reader, row: int) -> Seen:
    """The rise across the point, or the height of the point above its neighbours, does not shrink with the step."""
    for of, sentence in ((reader.samples.rise, "f jumps by {:.6g} here"), (reader.samples.bend, APART)):
        _, middle, fine = reader.three(of, row)
        if not (_stands_out(reader, row, fine) and abs(fine) > 0.75 * abs(middle)):
            continue
        tiny = float(of(reader.samples.scale * 2.0**-44)[row])
        if abs(tiny) > 0.75 * abs(fine):
            height = tiny if of == reader.samples.rise else -tiny / 2
            return float(reader.settled.value[row]), np.inf, reader.remark(row, "jump", sentence.format(height))
    return None


def _vertical(reader: _Reader, row: int) -> Seen:
    if not reader.unsettled(row) or not _diverges(reader, row, reader.samples.central):
        return None
    sentence = "the slope grows without bound towards this point"
    return float(reader.settled.value[row]), np.inf, reader.remark(row, "edge", sentence)


def _diverges(reader: _Reader, row: int, quotient: Callable[[float], tuple[Vector, Vector]]) -> bool:
    """Whether quotients at equally many halvings apart move on by steps that do not shrink, beyond noise."""
    coarse, middle, fine = reader.three(lambda step: quotient(step)[0], row)
    noise = max(reader.three(lambda step: quotient(step)[1], row))
    moves = abs(fine - middle)
    return abs(fine) > abs(middle) and moves > 0.5 * abs(middle - coarse) and moves > 4 * noise


def _noisy(reader: _Reader, row: int) -> Remark:
    level = reader.samples.noise[row]
    return reader.remark(
        row, "noisy", f"f carries noise of about {level:.1g}, more than double-precision rounding explains"
    )
