"""``numpy.fft``, ``scipy.fft`` and ``scipy.fftpack`` in every mode."""

from __future__ import annotations

import time

import numpy as np
import pytest
import scipy.fft
from extrapolated import assert_all_modes
from fft_programs import PROGRAMS

from gradcheck_tool import CannotFollow, gradient, jacobian
from gradcheck_tool.tracing import record

X = np.array([0.7, 0.3, 1.2, 0.45])

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_programs_in_every_mode(program):
    """Value bit for bit; forward, reverse, one direction and Hessian against extrapolated differences."""
    assert_all_modes(program, X)


def test_the_jacobian_of_a_real_transform_is_its_matrix():
    """A linear map is its own derivative, to the last digits, in both modes."""
    exact = np.fft.rfft(np.eye(9), axis=0)
    for mode in ("forward", "reverse"):
        found = jacobian(lambda x: [np.fft.rfft(x).real, np.fft.rfft(x).imag], np.linspace(0.1, 0.9, 9), mode=mode)
        np.testing.assert_allclose(found[0] + 1j * found[1], exact, rtol=0, atol=4e-16)


def test_the_energy_of_a_spectrum_is_that_of_the_signal():
    """Parseval: the gradient of the energy is twice the signal; a long transform needs no matrix."""
    x = np.random.default_rng(3).normal(size=2**16)
    start = time.perf_counter()
    found = gradient(lambda v: np.sum(np.abs(np.fft.fft(v, norm="ortho")) ** 2), x)
    assert time.perf_counter() - start < 5
    np.testing.assert_allclose(found, 2 * x, rtol=0, atol=1e-12)


def test_a_long_cosine_transform_is_refused_by_name():
    """Its matrix would not fit; the refusal says what to do."""
    with pytest.raises(CannotFollow, match=r"scipy\.fft\.dct") as caught:
        record(lambda x: scipy.fft.dct(x), np.ones(4000))
    assert caught.value.remedy


@pytest.mark.parametrize(
    "call",
    [
        lambda x: np.fft.fft(x, n=0),
        lambda x: np.fft.fft(x, axis=3),
        lambda x: np.fft.rfft(x * 1j),
        lambda x: np.fft.fft(x, norm="what"),
        lambda x: np.fft.fft2(x),
        lambda x: np.fft.irfft(x[:0]),
    ],
    ids=["length", "axis", "complex", "norm", "axes", "empty"],
)
def test_errors_are_those_of_numpy(call):
    """Arguments NumPy refuses are refused with the same exception."""
    with pytest.raises(Exception) as plain:  # noqa: PT011 - whatever it is, it must be the same
        call(X)
    with pytest.raises(type(plain.value)):
        record(lambda x: np.abs(call(x)), X)
