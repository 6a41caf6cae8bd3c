"""What a method answers: an estimate of the derivative with its error bar, or a reason why not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a method saw at one entry that is more than a number.

    `kind` is one of ``kink`` (one-sided slopes differ), ``jump`` (f does not settle as the step
    shrinks), ``edge`` (one side is outside the domain), ``flat`` (f does not move by more than its
    noise), ``staircase`` (flat in the small, sloped in the large), ``scales`` (two step sizes
    contradict each other), ``noisy``. Slopes and bars are nan where they were not measured.
    """

    row: int
    column: int
    kind: str
    sentence: str
    left: float = float("nan")
    left_bar: float = float("nan")
    right: float = float("nan")
    right_bar: float = float("nan")
    where: str = ""  # ``path:line`` where it is known better than the method knows it


@dataclass(frozen=True, slots=True)
class Ladder:
    """What differences saw along one input: steps h, shape (k,), and per step and output, shape (k, m), the rest.

    `central` are the central quotients, `apart` how far forward and central quotients lie apart, `noise` what
    rounding may have done to them.
    """

    column: int
    steps: NDArray[np.float64]
    central: Matrix
    apart: Matrix
    noise: Matrix


@dataclass(frozen=True, slots=True)
class Estimate:
    """One method's derivative of f at one point.

    Attributes
    ----------
    method
        ``forward``, ``reverse``, ``symbolic``, ``differences``, ``complex-step``, ``handwritten``.
    jacobian
        Shape (m, n): outputs by inputs. For second order of a scalar f: (n, n), the Hessian.
    bound
        Same shape, same units: the truth lies within ``jacobian +- bound`` as far as this method
        can know. Infinite where it cannot tell; zero for the hand-written values, which are judged.
    shares
        What it has in common with other methods, such as ``trace`` and ``rules``: two methods that
        share something may be wrong together.
    evaluations
        How often the user's function ran.
    formula
        The derivative in words where there is one and it is short.
    ladders
        What differences saw at every step, for a few inputs; empty for other methods.
    """

    method: str
    jacobian: Matrix
    bound: Matrix
    shares: tuple[str, ...] = ()
    evaluations: int = 0
    seconds: float = 0.0
    formula: str = ""
    remarks: tuple[Remark, ...] = ()
    ladders: tuple[Ladder, ...] = ()


@dataclass(frozen=True, slots=True)
class Declined:
    """Why a method has no answer, and what would give it one.

    `instead`: it did what could be done, the reason says what came of it, and nothing is to be repaired.
    """

    method: str
    reason: str
    remedy: str = ""
    where: str = ""
    instead: bool = False


Answer = Estimate | Declined
