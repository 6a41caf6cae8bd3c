"""Cases written by hand: a few numbers become the `Case` that a whole run would have produced."""

import dataclasses

import numpy as np

from gradcheck_tool.judgement.case import Case, GuardAtPoint
from gradcheck_tool.methods.estimate import Declined, Estimate, Remark

UNIT = 2.0**-53


def matrix(values):
    return np.atleast_2d(np.array(values, dtype=float))


def estimate(method, values, bar=0.0, remarks=(), shares=()):
    jacobian = matrix(values)
    bound = np.broadcast_to(np.array(bar, dtype=float), jacobian.shape).copy()
    return Estimate(method, jacobian, bound, shares, remarks=tuple(remarks))


def case(yours, truth, *, ad=None, symbolic=None, differences=None, bar=1e-12, ad_bar=None, remarks=(), **more):
    """A case whose methods all say `truth`, unless told otherwise; `bar` is relative to each entry of truth.

    ``ad``, ``symbolic`` or ``differences`` set to False: that method declined.
    """
    truth = matrix(truth)
    m, n = truth.shape
    answers = []
    for method, said in (("reverse", ad), ("forward", ad), ("symbolic", symbolic)):
        if said is False:
            answers.append(Declined(method, "it was not asked"))
        else:
            value = truth if said is None else matrix(said)
            bound = 4 * UNIT * np.abs(value) if ad_bar is None else ad_bar
            answers.append(estimate(method, value, bound, shares=("trace",)))
    if differences is False:
        answers.append(Declined("differences", "they were not asked"))
    else:
        value = truth if differences is None else matrix(differences)
        bars = bar * np.abs(truth) if np.isscalar(bar) else matrix(bar)
        answers.append(estimate("differences", value, bars, remarks))
    columns = ("x",) if n == 1 else tuple(f"x[{place}]" for place in range(n))
    built = Case(
        name="waves",
        yours_name="AD" if yours is None else "waves_grad",
        row_names=("f",) if m == 1 else tuple(f"f[{place}]" for place in range(m)),
        column_names=columns,
        yours=None if yours is None else estimate("handwritten", yours),
        answers=tuple(answers),
        where="waves.py:8",
    )
    return dataclasses.replace(built, **more)


def kink(row, column, left, right, bar=1e-13):
    return Remark(row, column, "kink", "the slope jumps here", left, bar, right, bar)


def guard(margin, relation="abs", where="lasso.py:8"):
    return GuardAtPoint(where, "return np.sum(np.abs(x))", relation, np.array(margin, dtype=float), held=True)


def remark(kind, row=0, column=0, sentence="f is odd here"):
    return Remark(row, column, kind, sentence)
