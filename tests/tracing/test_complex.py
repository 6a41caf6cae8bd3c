"""Complex inside, real outside: plain programs in every mode, and the refusals."""

from __future__ import annotations

import cmath
import re

import numpy as np
import pytest
from complex_programs import PROGRAMS
from extrapolated import assert_all_modes

from gradcheck_tool import CannotFollow, check, gradient, hessian, jacobian
from gradcheck_tool.calculus.algebra import row
from gradcheck_tool.calculus.tables.complexes import COMPLEX_LINEAR
from gradcheck_tool.report.json import to_json
from gradcheck_tool.tracing import record
from gradcheck_tool.walks.survey import survey

X = np.array([0.7, 0.3, 1.2, 0.45])

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_programs_in_every_mode(program):
    """Value bit for bit; forward, reverse, one direction and Hessian against extrapolated differences."""
    assert_all_modes(program, X)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_surveys_are_real_and_finite(program):
    """Noise, bounds and margins are sizes: real numbers, also where the run is complex."""
    found = survey(record(lambda x: real_list(program(x)), X))
    for numbers in (found.noise, found.bound, found.scale, *(guard.margin for guard in found.guards)):
        assert np.asarray(numbers).dtype.kind == "f"
    assert np.all(found.noise >= 0)
    assert np.all(np.isfinite(found.noise))


def real_list(result):
    return list(result) if isinstance(result, (list, tuple)) else [result]


@pytest.mark.parametrize("name", [row.name for row in COMPLEX_LINEAR])
def test_linear_rows_are_transposed_under_the_real_pairing(name):
    """``Re(g * A x) == Re(A^T g * x)`` for the rows in and out of the complex plane, and for the DFT."""
    dice = np.random.default_rng(7)
    detail = (1, False, "ortho") if name == "dft" else None
    wide, narrow = dice.normal(size=(3, 4)) + 1j * dice.normal(size=(3, 4)), dice.normal(size=(3, 4))
    x = narrow if name in ("embed", "minus_i") else wide
    g = narrow if name in ("real", "imag") else wide.T.reshape(3, 4) * (0.3 - 1j)
    back, turned = row(name).transpose(detail)
    one = np.sum(g * row(name).forward(x, detail, 0)).real
    other = np.sum(row(back).forward(g, turned, 0) * x).real
    assert one == pytest.approx(other, rel=1e-13)


REFUSED = {
    "complex result": (lambda x: x * 1j, "complex"),
    "complex in a list": (lambda x: [x, x[0] * 1j], "complex"),
    "constant complex result": (lambda x: np.zeros(2) + 1j, "complex"),
    "order": (lambda x: np.where(x * 1j < 2, x, 0.0), "order of complex numbers"),
    "maximum": (lambda x: np.maximum(x * 1j, 2).imag, "numpy.maximum"),
    "max": (lambda x: np.max(x * 1j).imag, "numpy.max"),
    "rint": (lambda x: np.rint(x * 1j).imag, "numpy.rint"),
    "sinc": (lambda x: np.sinc(x * 1j).real, "numpy.sinc"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_rule_for_complex_numbers_is_refused_by_name(name):
    """With the name of the function, a place and a remedy."""
    f, words = REFUSED[name]
    with pytest.raises(CannotFollow) as caught:
        record(f, X)
    assert words in caught.value.sentence
    assert caught.value.remedy
    assert name == "constant complex result" or re.search(r"test_complex\.py:\d+", caught.value.where)


RAISES = {
    "math of a complex number": lambda x: __import__("math").sin(complex(x[0], 1)),
    "float of a complex number": lambda x: float(complex(x[0], 1)),
    "remainder": lambda x: complex(x[0], 1) % 2,
    "comparison": lambda x: complex(x[0], 1) < 2,
    "hypot": lambda x: np.hypot(1j * x, 2),
    "into a real array": lambda x: np.zeros(2).__setitem__(0, complex(x[0], 1)),
    "into a real out": lambda x: np.exp(1j * x, out=np.zeros(4)),
    "division by zero": lambda x: complex(x[0], 1) / 0,
}


@pytest.mark.parametrize("name", RAISES)
def test_errors_are_those_of_python_and_numpy(name):
    """What plain complex numbers refuse, recorded ones refuse with the same exception."""
    with pytest.raises(Exception) as plain:  # noqa: PT011 - whatever it is, it must be the same
        RAISES[name](X)
    with pytest.raises(type(plain.value)):
        record(RAISES[name], X)


def impedance(R=2.0, L=0.3, C=0.7):
    Z = R + 2j * L + 1 / (2j * C)
    return abs(Z)


def phase(x=0.3, y=0.7):
    z = complex(x, y)
    return cmath.phase(cmath.exp(z) * z) + z.real


@pytest.mark.parametrize("f", [impedance, phase], ids=lambda f: f.__name__)
def test_the_judgement_works_with_complex_intermediates(f):
    """Forward, reverse and differences answer and agree; who cannot look at complex numbers says so."""
    text = to_json(check(f))
    assert '"verdict": "agree"' in text or '"verdict": "correct"' in text, text
    assert "complex step would be silently wrong" in text
    assert "Traceback" not in text


def test_gradients_of_gradients():
    """An inner derivative of complex code is recorded by an outer one."""

    def f(y):
        return abs(np.exp(1j * y[0]) * y[1] + 2j * y[0] * np.tanh(y[0] + 1j)) + complex(y[0], y[1]).imag ** 3

    at = X[:2]
    twice = gradient(lambda x: gradient(f, x)[0], at)
    np.testing.assert_allclose(twice, hessian(f, at)[0], rtol=1e-12)


def test_a_written_part_is_never_lost():
    """Every way to write into a part of a complex buffer reaches the buffer."""

    def f(x):
        z = np.zeros(4, dtype=complex)
        part = z.imag
        for k in range(4):
            part[k] = x[k] ** 2
        z.real[1:3] += x[:2]
        return [z.real * part, np.abs(z[:2])]

    found = np.concatenate([np.reshape(block, (-1, 4)) for block in jacobian(f, X)])
    step = np.eye(4) * 1e-6
    plain = np.stack([(np.concatenate(f(X + h)) - np.concatenate(f(X - h))) / 2e-6 for h in step], axis=-1)
    np.testing.assert_allclose(found, plain, rtol=1e-8, atol=1e-8)
