"""The short ways of the recorder record what the long ways do: elements, views, products, ufuncs of doubles."""

from __future__ import annotations

import math

import numpy as np
import pytest
from following import assert_followed

from gradcheck_tool import gradient, hessian
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import record
from gradcheck_tool.tracing.budget import allow_memory

X = np.array([0.83, 0.31, 0.57, 0.72])
B = np.array([1.5, -0.7, 0.2, 1.1])
M = np.array([[1.0, 0.3, -0.2, 0.5], [0.4, 2.0, 0.1, -0.6], [-0.3, 0.8, 1.2, 0.9], [0.2, 0.1, -0.4, 1.7]])


def test_an_element_is_recorded_once():
    """Reads by a number, by its negative and by a tuple are one line."""
    trace = record(lambda x: x[1] * x[1] + x[-3] * x[(1,)], X)
    reads = [line for line in trace.lines if line.primitive is not None and line.primitive.name == "getitem"]
    assert len(reads) == 1


def test_elements_after_a_write_are_new():
    """A number read before a write keeps its value; the same read after it is another number."""

    def f(x):
        y = x * 1.0
        before = y[0]
        y[0] = x[1] ** 2
        return before * y[0] + y[-4]

    assert_followed(f, X)


def write_base(x):
    y = x * 2.0
    view = y[1:]
    square = view * view
    y[1] = x[3]
    return square + view


def write_view(x):
    y = x * 2.0
    view = y[::2]
    product = y * y[::-1]
    view[0] = 5.0
    return np.concatenate([product, y * view[1]])


def write_view_of_view(x):
    y = (x * 1.0).reshape(2, 2)
    row = y[1]
    kept = np.sin(row) * y.T[0]
    y.T[0] *= 3.0
    return np.concatenate([kept, y.ravel() * row[0]])


def write_input(x):
    head = x[:2] * x[2:]
    x[0] = 7.0
    return np.append(head, x * x)


@pytest.mark.parametrize("f", [write_base, write_view, write_view_of_view, write_input])
def test_lines_keep_what_they_computed(f):
    """A view is recorded without a copy, and its line still holds the old content after a write."""
    assert_followed(lambda x: f(x.copy()), X)
    trace = record(lambda x: f(x * 1.0), X)
    for line in trace.lines:
        if line.primitive is not None and line.primitive.name == "getitem":
            source = trace.value[line.operands[0]]
            np.testing.assert_array_equal(line.value, source[line.detail[0]])


PRODUCTS = {
    "dot": lambda x: np.dot(B, x),
    "dot reversed": lambda x: np.dot(x, B),
    "dot of itself": lambda x: np.dot(x, x * x),
    "matrix vector": lambda x: M @ x,
    "vector matrix": lambda x: x @ M,
    "matrix matrix": lambda x: M @ x.reshape(2, 2).repeat(2, axis=0),
    "outer product of columns": lambda x: x[:, None] @ x[None, :],
    "np.matmul": lambda x: np.matmul(M, x) * x,
    "transposed": lambda x: M.T @ (x * x) @ M,
    "stacks": lambda x: (x[:, None, None] * M) @ (M + x[0]),
    "einsum, result turned": lambda x: np.einsum("ij,jk->ki", M * x, M),
    "einsum, both turned": lambda x: np.einsum("ij,ki->jk", M * x, M + x),
    "einsum, rows": lambda x: np.einsum("ij,ij->i", M * x, M + x),
}


@pytest.mark.parametrize("name", sorted(PRODUCTS))
def test_products(name):
    """Every contraction with a direct call: forward and reverse against differences, and second derivatives."""
    f = PRODUCTS[name]
    assert_followed(f, X)

    def scalar(x):
        return np.sum(np.asarray(f(x)) ** 2 * 0.5)

    h = 1e-4
    columns = [(gradient(scalar, X + h * e) - gradient(scalar, X - h * e)) / (2 * h) for e in np.eye(4)]
    np.testing.assert_allclose(hessian(scalar, X), np.stack(columns, axis=-1), rtol=2e-6, atol=1e-6)


CALLS = {
    "number beside array": lambda x: (x[0] * x + x / x[1] - x[2]) * (2.0 - x),
    "array beside its number": lambda x: x * x[3] - x[0] / x,
    "constant array beside number": lambda x: B * x[1] + x[0] - B,
    "number beside constant array": lambda x: x[1] * B - x[2] / (B + 3.0),
    "two operands": lambda x: np.maximum(x, 0.5) + np.hypot(x, B) + np.arctan2(B, x) + np.logaddexp(0.0, x),
    "one operand": lambda x: np.exp(-x) + np.tanh(np.sqrt(x)) + abs(-x),
    "power": lambda x: np.power(x, 2) + np.power(x, 2.5) + x**2 + x**3,
    "single precision": lambda x: np.sin(x.astype(np.float32)).astype(float) + x,
    "element of a constant": lambda x: x * B[2] + M[1, 2] * x[0] + M[-1][0],
    "rows": lambda x: np.array([v * v for v in x]) + sum(v for v in x.reshape(2, 2)[1]),
    "sums": lambda x: np.sum(M * x, axis=0) * np.sum(x) + (M * x).sum(axis=1, keepdims=True).ravel(),
}


@pytest.mark.parametrize("name", sorted(CALLS))
def test_calls(name):
    """Forward and reverse against differences of the plain function, and the plain value."""
    f = CALLS[name]
    assert_followed(f, X, rtol=1e-3 if "single" in name else 1e-6)


def test_reads_that_add_up_beside_whole_uses():
    """Adjoints of elements are added through memory that whole arrays are added to as well."""

    def f(x):
        total = np.sum(x * x)
        for k in range(4):
            total = total + x[k] * math.exp(x[k - 1]) + np.sum(x[1:] * x[k])
        return total + np.dot(x, x)

    assert_followed(f, X)


@pytest.fixture
def little_memory():
    allow_memory(4 << 20)
    yield
    allow_memory(None)


def endless(x):
    while True:
        x = x * 1.0000001 + 1e-9


def endless_reads(x):
    y = np.ones(1_000_000) * x[0]
    total = 0.0
    for k in range(1_000_000):
        total = total + y[k]
    return total


def heavy(x):
    parts = [np.ones(50_000) * x[0] for _ in range(1000)]
    return sum(np.sum(part) for part in parts)


def small_arrays(x):
    for _ in range(100_000):
        x = x * 1.0001
    return x


@pytest.mark.parametrize(("f", "x"), [(endless, 0.5), (heavy, X), (small_arrays, np.ones(100)), (endless_reads, X)])
def test_a_record_that_outgrows_its_memory_is_refused(f, x, little_memory):
    """The refusal names the size, the line and the option; the next recording is as good as ever."""
    with pytest.raises(CannotFollow, match="outgrown 4 MiB") as caught:
        gradient(f, x)
    assert "test_short_ways.py:" in caught.value.where
    assert "--max-memory" in caught.value.remedy
    np.testing.assert_allclose(gradient(lambda v: np.sum(v * v), X), 2 * X)


def test_what_fits_is_recorded(little_memory):
    """Ten thousand operations fit into four megabytes."""

    def f(x):
        for _ in range(5_000):
            x = x * 1.0001 + 0.0
        return x

    assert gradient(f, 1.0) == pytest.approx(1.0001**5000, rel=1e-12)
