"""Beside a kink, at every distance: a right gradient is never called wrong, and a wrong one never agrees."""

import numpy as np
import pytest

from gradcheck_tool.checking import check

AGAINST = ("forward", "reverse", "differences", "complex-step")
DISTANCES = tuple(10.0**-k for k in range(1, 15))


def rectified(s):
    return (lambda x: np.maximum(x - s, 0.0) + 0.5 * x), (lambda x: 1.5 if x > s else 0.5)


def modulus(s):
    return (lambda x: np.abs(x - s) / s + x / s), (lambda x: (2.0 if x > s else 0.0) / s)


def clipped(s):
    return (lambda x: np.clip(x / s, 0.0, 1.0) ** 2 + x / s), (lambda x: ((2.0 * x / s if x < s else 0.0) + 1.0) / s)


def chosen(s):
    def f(x):
        return np.where(x > s, (x / s) ** 2, 2.0 - x / s)

    return f, (lambda x: 2.0 * x / s**2 if x > s else -1.0 / s)


def decided(s):
    def f(x):
        if x > s:
            return 3.0 * np.sin(x / s)
        return 3.0 * np.sin(1.0) + 5.0 * (x / s - 1.0)

    return f, (lambda x: 3.0 * np.cos(x / s) / s if x > s else 5.0 / s)


def rooted(s):
    return (lambda x: np.sqrt((x / s - 1.0) ** 2) + 3.0 * x / s), (lambda x: (4.0 if x > s else 2.0) / s)


def stepped(s):
    return (lambda x: np.floor(x / s) + 0.3 * (x / s) ** 2), (lambda x: 0.6 * x / s**2)


def piecewise(s):
    def f(x):
        return np.piecewise(x / s, [x <= s, x > s], [lambda v: v**2, lambda v: 4.0 * v - 3.0])

    return f, (lambda x: 2.0 * x / s**2 if x <= s else 4.0 / s)


def cone(s):
    def f(x):
        return np.linalg.norm(np.array([x / s - 1.0, 0.0])) + 0.25 * x / s

    return f, (lambda x: (1.25 if x > s else -0.75) / s)


KINDS = (rectified, modulus, clipped, chosen, decided, rooted, stepped, piecewise, cone)


def cases(s):
    return [
        (x, distance, sign)
        for k, distance in enumerate(DISTANCES)
        for sign in ((1.0, -1.0) if k % 2 else (-1.0, 1.0))
        if (x := float(s * (1.0 + sign * distance))) != s
    ]


@pytest.mark.parametrize(("s", "every"), [(1.0, 2), (3e-7, 5), (4e5, 5)], ids=["1", "3e-7", "4e5"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_beside_a_kink_nobody_is_accused_and_nothing_passes(kind, s, every):
    """Right: agree, kink or cannot tell. A tenth off, or the slope of the other side: anything but agree."""
    f, slope = kind(s)
    accused, passed = [], []
    for x, distance, sign in cases(s)[::every]:
        right, other = slope(x), slope(float(s * (1.0 - sign * distance)))
        if honest(f, slope, x) == "wrong":
            accused.append((distance, sign))
        claims = [claim for claim in {1.1 * right, other} if abs(claim - right) > 0.05 * abs(right)]
        passed += [(distance, sign, claim) for claim in claims if dishonest(f, slope, x, claim) == "agree"]
    assert accused == []
    assert passed == []


def honest(f, slope, x):
    """The verdict on the right gradient."""
    [result] = check(f, at=x, jac=slope, against=AGAINST).results
    return result.verdict


def dishonest(f, slope, x, claim):
    """The verdict on a gradient that is wrong near x alone."""
    near = abs(x) * 1e-15

    def jac(v):
        return claim if abs(v - x) <= near else slope(v)

    [result] = check(f, at=x, jac=jac, against=AGAINST).results
    return result.verdict


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_without_a_recording_nobody_is_accused_either(kind):
    """The same where nothing shows the branches: differences alone may not know, but they accuse nobody."""
    f, slope = kind(1.0)

    def compiled(x):
        return f(float.fromhex(x.hex()))

    accused, passed = [], []
    for x, distance, sign in cases(1.0)[::3]:
        if honest(compiled, slope, x) == "wrong":
            accused.append((distance, sign))
        if dishonest(compiled, slope, x, 1.1 * slope(x)) == "agree" and slope(x) != 0:
            passed.append((distance, sign))
    assert accused == []
    assert passed == []
