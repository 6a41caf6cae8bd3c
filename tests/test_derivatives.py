"""The public functions on problems with known answers: textbook traces, thermodynamics, learning, mechanics."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize

from gradcheck_tool.complaint import CannotFollow, Complaint
from gradcheck_tool.derivatives import gradient, hessian, jacobian, jvp, trace, value_and_gradient, vjp

DATA = Path(__file__).parent / "data"


def textbook(x):
    return math.log(x[0]) + x[0] * x[1] - math.sin(x[1])


def test_the_textbook_example_to_the_last_bit():
    """ln x1 + x1 x2 - sin x2 at (2, 5): value and gradient bit for bit, Hessian to the last place."""
    value, slope = value_and_gradient(textbook, [2.0, 5.0])
    assert value == 11.652071455223084
    assert slope == [5.5, 1.7163378145367738]
    np.testing.assert_allclose(
        hessian(textbook, np.array([2.0, 5.0])), [[-0.25, 1.0], [1.0, -0.95892427466313847]], rtol=2e-16
    )


def by_loop(x, n):
    v = x
    for _ in range(n - 1):
        v = 4.0 * v * (1.0 - v)
    return v


def by_recursion(x, n):
    if n == 1:
        return x
    v = by_recursion(x, n - 1)
    return 4.0 * v * (1.0 - v)


def by_condition(x, n):
    v = x
    for k in range(1, n + 1):
        if k == 1:  # noqa: SIM108 - the branch is what is tested
            v = x
        else:
            v = 4.0 * v * (1.0 - v)
    return v


def by_while(x, n):
    v, k = x, 1
    while k < n:
        v, k = 4.0 * v * (1.0 - v), k + 1
    return v


@pytest.mark.parametrize("n", range(1, 13))
def test_four_forms_of_the_logistic_map_have_one_derivative(n):
    """A loop, a recursion, an if and a while give the same value and derivative to the last bit."""
    found = {value_and_gradient(lambda x, f=f: f(x, n), 0.2) for f in (by_loop, by_recursion, by_condition, by_while)}
    assert len(found) == 1


@pytest.mark.parametrize("row", json.loads((DATA / "logistic_map.json").read_text()), ids=lambda row: str(row["n"]))
def test_the_logistic_map_against_thirty_digits(row):
    """Value and derivative agree with 30-digit values, as far as the map's own loss of digits allows."""
    value, slope = value_and_gradient(lambda x: by_loop(x, row["n"]), 0.2)
    amplified = 4.0 * 4.0 ** row["n"] * 2.0**-53
    assert value == pytest.approx(float(row["l"]), rel=0, abs=amplified)
    assert slope == pytest.approx(float(row["dl"]), rel=0, abs=amplified * 4.0 ** row["n"])


def helmholtz(x):
    n = len(x)
    i = np.arange(float(n))
    b = 1 / (10 + i)
    A = 1 / (10 + np.add.outer(i, i))
    bx = b @ x
    root = np.sqrt(2.0)
    logarithm = np.log((1 + (1 + root) * bx) / (1 + (1 - root) * bx))
    return np.sum(x * np.log(x / (1 - bx))) - x @ A @ x / (np.sqrt(8.0) * bx) * logarithm


@pytest.mark.parametrize(("n", "known"), json.loads((DATA / "helmholtz.json").read_text())["values"].items())
def test_the_helmholtz_energy(n, known):
    """Energy and gradient agree with 22-digit values to 1e-12, in both modes."""
    x = 1 / (20 + np.arange(float(n)))
    value, slope = value_and_gradient(helmholtz, x)
    forward = jacobian(helmholtz, x, mode="forward")
    assert value == pytest.approx(float(known["f"]), rel=1e-12)
    ends = [float(v) for v in known["grad_first_last"]]
    assert [slope[0], slope[-1]] == pytest.approx(ends, rel=1e-12)
    assert float(np.linalg.norm(slope)) == pytest.approx(float(known["grad_norm2"]), rel=1e-12)
    np.testing.assert_allclose(forward, slope, rtol=1e-13)


def rosenbrock(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2.0) ** 2.0 + (1 - x[:-1]) ** 2.0)


@pytest.mark.parametrize(
    "f", [rosenbrock, lambda x: sum(100.0 * (x[k + 1] - x[k] ** 2) ** 2 + (1 - x[k]) ** 2 for k in range(len(x) - 1))]
)
def test_rosenbrock_against_scipy(f):
    """Value, gradient and Hessian agree with SciPy's own formulas."""
    x = np.array([1.3, 0.7, 0.8, 1.9, 1.2])
    value, slope = value_and_gradient(f, x)
    assert value == pytest.approx(optimize.rosen(x), rel=1e-14)
    np.testing.assert_allclose(slope, optimize.rosen_der(x), rtol=1e-12)
    np.testing.assert_allclose(hessian(f, x), optimize.rosen_hess(x), rtol=1e-12, atol=1e-12)


def differences(f, x, h=1e-3):
    """Central differences of order 6 of a scalar function of a vector."""
    columns = []
    for k in range(x.size):
        total = 0.0
        for step, weight in ((1, 3 / 4), (2, -3 / 20), (3, 1 / 60)):
            up, down = x.copy(), x.copy()
            up[k] += step * h
            down[k] -= step * h
            total += weight * (f(up) - f(down))
        columns.append(total / h)
    return np.array(columns)


def network(parameters, inputs, labels):
    hidden = np.maximum(inputs @ parameters["W1"] + parameters["b1"], 0.0)
    z = hidden @ parameters["W2"] + parameters["b2"]
    p = 1 / (1 + np.exp(-z[:, 0]))
    return -np.mean(labels * np.log(p) + (1 - labels) * np.log(1 - p))


def test_a_network_with_parameters_in_a_dict():
    """Dense(16, relu), Dense(1, sigmoid), binary cross-entropy: the gradient is a dict of the same shapes."""
    rng = np.random.default_rng(5)
    inputs, labels = rng.normal(size=(20, 3)), (rng.random(20) > 0.5).astype(float)
    parameters = {
        "W1": rng.normal(size=(3, 16)),
        "b1": rng.normal(size=16),
        "W2": rng.normal(size=(16, 1)) / 4,
        "b2": np.zeros(1),
    }
    slope = gradient(lambda p: network(p, inputs, labels), parameters)
    assert {name: value.shape for name, value in slope.items()} == {
        name: value.shape for name, value in parameters.items()
    }
    for name, value in parameters.items():

        def one(flat, name=name, shape=value.shape):
            return network({**parameters, name: flat.reshape(shape)}, inputs, labels)

        np.testing.assert_allclose(np.ravel(slope[name]), differences(one, value.ravel(), 1e-5), atol=2e-9)


def test_logistic_regression():
    """The gradient is X'(expit(Xw) - y)/n and the Hessian X' diag(p(1-p)) X/n."""
    rng = np.random.default_rng(0)
    X, y, w = rng.normal(size=(200, 7)), (rng.random(200) > 0.5) * 1.0, rng.normal(size=7)

    def loss(w):
        z = X @ w
        return np.mean(np.logaddexp(0, z) - y * z)

    p = 1 / (1 + np.exp(-X @ w))
    np.testing.assert_allclose(gradient(loss, w), X.T @ (p - y) / 200, rtol=1e-12, atol=1e-16)
    np.testing.assert_allclose(hessian(loss, w), X.T @ (X * (p * (1 - p))[:, None]) / 200, rtol=1e-12, atol=1e-16)


def test_gaussian_process_likelihood():
    """Through cholesky, solve and log of the diagonal, by array and by scalar hyperparameters."""
    rng = np.random.default_rng(1)
    t = np.sort(rng.uniform(0, 5, 12))
    y = np.sin(t)

    def likelihood(theta):
        length, scale, noise = np.exp(theta)
        K = scale**2 * np.exp(-0.5 * (np.subtract.outer(t, t) / length) ** 2) + noise**2 * np.eye(len(t))
        L = np.linalg.cholesky(K)
        alpha = np.linalg.solve(L.T, np.linalg.solve(L, y))
        return 0.5 * y @ alpha + np.sum(np.log(np.diag(L))) + 0.5 * len(t) * math.log(2 * math.pi)

    theta = np.array([0.1, 0.2, -1.0])
    np.testing.assert_allclose(gradient(likelihood, theta), differences(likelihood, theta), rtol=1e-9)
    second = np.stack([differences(lambda v, k=k: gradient(likelihood, v)[k], theta) for k in range(3)])
    np.testing.assert_allclose(hessian(likelihood, theta), second, rtol=1e-8, atol=1e-8)


def pendulum(x):
    """Fourth-order Runge-Kutta steps, filled into an array made with np.zeros."""
    steps, h = 40, 0.05
    states = np.zeros((steps + 1, 2))
    states[0] = x[:2]

    def slope(s):
        return np.array([s[1], -x[2] * np.sin(s[0]) - 0.1 * s[1]])

    for k in range(steps):
        s = states[k]
        k1 = slope(s)
        k2 = slope(s + h / 2 * k1)
        k3 = slope(s + h / 2 * k2)
        k4 = slope(s + h * k3)
        states[k + 1] = s + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return states[-1, 0] ** 2 + np.mean(states[:, 1] ** 2)


def test_a_pendulum_filled_into_zeros():
    """Gradient and Hessian through 40 Runge-Kutta steps."""
    x = np.array([1.0, 0.3, 4.0])
    np.testing.assert_allclose(gradient(pendulum, x), differences(pendulum, x), rtol=1e-9)
    np.testing.assert_allclose(jacobian(pendulum, x, mode="forward"), gradient(pendulum, x), rtol=1e-12)
    second = np.stack([differences(lambda v, k=k: gradient(pendulum, v)[k], x) for k in range(3)])
    np.testing.assert_allclose(hessian(pendulum, x), second, rtol=1e-8)


def account(x):
    balance, years = x["start"], 0
    while balance < 2.0 * x["start"]:
        balance = balance * (1.0 + x["rate"]) + x["fee"]
        years += 1
    return balance


def test_a_bank_account_with_a_while_loop():
    """The branch taken is differentiated: balance after the number of years the loop ran."""
    x = {"start": 100.0, "rate": 0.07, "fee": -1.0}
    slope = gradient(account, x)
    n = 12
    growth = 1.07**n
    assert slope["fee"] == pytest.approx((growth - 1) / 0.07, rel=1e-12)
    assert slope["start"] == pytest.approx(growth, rel=1e-12)


def test_inputs_of_every_shape():
    """Floats, matrices, tuples and nests keep their shape in the derivative."""
    assert gradient(lambda x: x**3, 2.0) == 12.0
    assert type(gradient(math.sin, 0.5)) is float
    M = np.arange(6.0).reshape(2, 3)
    np.testing.assert_array_equal(gradient(lambda m: np.sum(m**2), M), 2 * M)
    assert jacobian(lambda m: m @ m.T, M).shape == (2, 2, 2, 3)
    assert hessian(lambda m: np.sum(m**3), M).shape == (2, 3, 2, 3)
    nest = {"a": (1.0, np.array([2.0, 3.0])), "b": [4.0]}
    slope = gradient(lambda t: t["a"][0] * t["b"][0] + np.sum(t["a"][1] ** 2), nest)
    assert slope["a"][0] == 4.0
    assert slope["b"] == [1.0]
    np.testing.assert_array_equal(slope["a"][1], [4.0, 6.0])
    assert hessian(lambda x: x**3, 2.0) == 12.0
    assert gradient(lambda x: x[0] * 2, [3, 4]) == [2.0, 0.0]


def test_results_of_every_shape():
    """The Jacobian of a nest of results is a nest of Jacobians."""
    found = jacobian(lambda x: {"s": x[0] * x[1], "v": x**2, "c": 1.0}, np.array([2.0, 3.0]))
    np.testing.assert_array_equal(found["s"], [3.0, 2.0])
    np.testing.assert_array_equal(found["v"], np.diag([4.0, 6.0]))
    np.testing.assert_array_equal(found["c"], [0.0, 0.0])


def test_constant_functions():
    """A function that ignores its input has the derivative zero, of the input's shape."""
    assert gradient(lambda x: 3.0, 1.0) == 0.0
    np.testing.assert_array_equal(gradient(lambda x: 3.0, np.ones(3)), np.zeros(3))
    np.testing.assert_array_equal(hessian(lambda x: 3.0, np.ones(2)), np.zeros((2, 2)))
    np.testing.assert_array_equal(jacobian(lambda x: np.ones(2), np.ones(3)), np.zeros((2, 3)))


def test_jvp_and_vjp():
    """A directional derivative and a pulled-back cotangent are rows and columns of the Jacobian."""
    x, v, w = np.array([0.3, 0.8]), np.array([1.0, -2.0]), np.array([0.5, 1.0, 2.0])

    def f(x):
        return np.array([math.sin(x[0]), x[0] * x[1], np.exp(x[1])])

    J = jacobian(f, x)
    value, moved = jvp(f, x, v)
    np.testing.assert_array_equal(value, f(x))
    np.testing.assert_allclose(moved, J @ v, rtol=1e-15)
    value, pull_back = vjp(f, x)
    np.testing.assert_allclose(pull_back(w), w @ J, rtol=1e-15)
    assert jvp(lambda x: x * x, 3.0, 1.0) == (9.0, 6.0)
    assert jvp(lambda x: 2.0, 3.0, 1.0)[1] == 0.0
    np.testing.assert_array_equal(vjp(lambda x: (x, x), np.ones(2))[1]((np.ones(2), 2 * np.ones(2))), 3 * np.ones(2))


def test_perturbations_are_not_confused():
    """d/dx [x * d/dy (x + y)] at 1 is 1, not 2; and nests of derivatives differentiate one another."""
    assert gradient(lambda x: x * gradient(lambda y: x + y, 1.0), 1.0) == 1.0
    assert gradient(lambda x: gradient(lambda y: x * y * y, 3.0), 2.0) == 6.0
    assert gradient(lambda x: gradient(lambda z: gradient(lambda y: y**2 * z**2 * x**2, 1.0), 1.0), 1.0) == 8.0
    assert gradient(lambda x: x * jvp(lambda y: x * y, 2.0, 1.0)[1], 3.0) == 6.0


def smooth(x):
    A = np.outer(x, x) + 3 * np.eye(3)
    return (
        np.sum(np.sin(x) * np.exp(-x[::-1])) * np.linalg.solve(A, x)[0] + np.log(np.sum(x**2)) + math.tanh(x[0] * x[1])
    )


def test_three_ways_to_the_hessian():
    """hessian(), and the forward and the reverse Jacobian of the gradient, are the same symmetric matrix."""
    x = np.array([0.4, 0.9, 1.3])
    found = hessian(smooth, x)
    np.testing.assert_allclose(jacobian(lambda v: gradient(smooth, v), x), found, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(
        jacobian(lambda v: gradient(smooth, v), x, mode="forward"), found, rtol=1e-12, atol=1e-14
    )
    np.testing.assert_allclose(found, found.T, rtol=1e-13, atol=1e-15)


def test_what_is_not_a_scalar_is_said():
    """The gradient of a vector and an unknown mode are refused with a remedy."""
    with pytest.raises(Complaint, match="single number") as caught:
        gradient(lambda x: x, np.ones(2))
    assert "jacobian" in caught.value.remedy
    with pytest.raises(Complaint, match="mode"):
        jacobian(smooth, np.ones(3), mode="sideways")
    with pytest.raises(CannotFollow):
        gradient(lambda x: x.view(int)[0] * x[0], np.ones(2))


def test_the_trace_is_data():
    """Lines, guards and outputs of a recorded run can be read."""
    recorded = trace(lambda x: x[0] * x[1] if x[0] > 1 else x[1], np.array([2.0, 3.0]))
    assert [line.primitive.name for line in recorded.lines if line.primitive] == ["getitem", "getitem", "mul"]
    assert [guard.relation for guard in recorded.guards] == [">"]
    assert recorded.result == 6.0
    assert all("test_derivatives.py:" in recorded.where(k) for k in range(recorded.inputs, len(recorded)))


def test_the_collector_and_the_inputs_are_left_alone():
    """The caller's array is not written, and results are arrays of their own."""
    x = np.array([1.0, 2.0])
    slope = gradient(lambda v: np.sum(v), x)
    slope[0] = 99.0
    np.testing.assert_array_equal(x, [1.0, 2.0])
    np.testing.assert_array_equal(gradient(lambda v: np.sum(v), x), [1.0, 1.0])


def test_converters_inside_a_nested_derivative_keep_both_records():
    """np.asarray and np.array of a value that two recordings follow: SciPy's rosen converts its argument."""

    def mixed(x):
        x = np.asarray(x, dtype=float)
        y = np.array([x[0] * x[1], x[1] ** 2, 2.0])
        return np.sum(np.array(y) * y) + np.asarray([x[0], 1.0])[0]

    point = np.array([0.1, 0.2, 0.3])
    for function in (optimize.rosen, mixed):
        nested = jacobian(lambda v, f=function: gradient(f, v), point)
        np.testing.assert_allclose(nested, hessian(function, point), rtol=1e-14, atol=0)
