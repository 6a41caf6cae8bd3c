"""Plain programs put together at random: every step takes vectors of four numbers made before and makes another."""

from __future__ import annotations

from hypothesis import strategies as st

N = 4
HEAD = """import math

import numpy as np

M = np.array([[1.5, -0.3, 0.2, 0.1], [0.4, 2.0, -0.5, 0.3], [-0.2, 0.6, 1.8, 0.2], [0.1, -0.4, 0.3, 1.2]])
W = np.array([0.3, -1.1, 0.8, 1.7])
"""
# a, b: names of vectors; i, j: positions; p: a permutation or a choice with repetitions; c: a number.
ELEMENTWISE = (
    "{y} = np.sin({a}) * {b}",
    "{y} = np.tanh({a} - {b})",
    "{y} = np.exp(-{a} ** 2)",
    "{y} = np.log1p({a} * {a}) + {b}",
    "{y} = np.sqrt(1 + {a} ** 2) - {b}",
    "{y} = {a} / (2 + {b} * {b})",
    "{y} = np.arctan2({a}, 1.5 + {b} ** 2)",
    "{y} = np.hypot({a}, {b} + {c})",
    "{y} = np.power(1.2 + {a} * {a}, {b})",
    "{y} = np.logaddexp({a}, {b})",
    "{y} = np.abs({a} + {c}) * {b}",
    "{y} = {c} - {a} + {b} * {c}",
    "{y} = np.array([math.sin(v) * math.exp(-v * v) for v in {a}])",
    "{y} = np.cbrt({a} + 3.3) ** 2",
)
CHOICES = (
    "{y} = np.where({a} > {b}, {a} * {b}, {a} - {b})",
    "{y} = np.maximum({a}, {b})",
    "{y} = np.clip({a}, -{c}, {c}) + {b}",
    "{y} = {a} if {a}[{i}] > {b}[{j}] else {b} * {a}",
    "{y} = np.sort({a}) * {b}",
    "{y} = np.select([{a} < 0, {b} < {c}], [{a} ** 2, {b}], default={a} + {b})",
    "{y} = {a} * max({a}[{i}], {b}[{j}])",
    "{y} = {a}[np.argsort({b})]",
)
REDUCTIONS = (
    "{y} = {a} * np.sum({b})",
    "{y} = {a} - {b}.mean()",
    "{y} = {a} + np.prod({b})",
    "{y} = {a} / (1 + np.linalg.norm({b}))",
    "{y} = {a} * np.max({b}) + np.min({b})",
    "{y} = {a} * np.var({b})",
    "{y} = np.cumsum({a}) * {c}",
    "{y} = {a} + np.dot({a}, {b})",
    "{y} = np.cumprod(0.5 * {a}) + {b}",
    "{y} = np.outer({a}, {b}).sum(axis={k})",
    "{y} = {a} * sum(v * v for v in {b})",
    "{y} = np.median({a}) * {b}",
)
REARRANGED = (
    "{y} = {a}[{p}]",
    "{y} = np.roll({a}, {i}) + {b}[::-1]",
    "{y} = np.concatenate([{a}[:{i}], {b}[{i}:]])",
    "{y} = np.stack([{a}, {b}]).T.ravel()[{i}:{i} + 4]",
    "{y} = np.outer({a}, {b})[{i}]",
    "{y} = np.array([{a}[0], {b}[1], {a}[{i}] * {b}[{j}], {c}])",
    "{y} = np.pad({a}[1:3], 1, mode='edge')",
    "{y} = np.diag(np.outer({a}, {b}))",
    "{y} = np.append({a}[1:], {b}[{i}])",
    "{y} = np.take({a}.reshape(2, 2).T, {p})",
)
CONTRACTED = (
    "{y} = M @ {a}",
    "{y} = np.einsum('i,ij,j->j', {a}, M, {b})",
    "{y} = np.convolve({a}, {b})[{i}:{i} + 4]",
    "{y} = np.linalg.solve(M + np.diag({a} ** 2), {b})",
    "{y} = (np.outer({a}, W) + M).T @ {b}",
    "{y} = np.linalg.inv(M + np.diag({a} * {a}))[{i}]",
    "{y} = np.kron({a}[:2], {b}[2:])",
    "{y} = np.append(np.cross({a}[:3], {b}[1:]), {a}[3])",
    "{y} = np.interp({a}, [-4.0, -0.4, 0.9, 5.0], {b})",
    "{y} = np.real(np.fft.ifft(np.fft.fft({a}) * np.fft.fft(W)))",
)
COMPLEX = (
    "{y} = np.abs({a} + 1j * {b} + 0.3j)",
    "{y} = np.exp(1j * {a}).real * {b}",
    "z = {a} * np.exp(1j * {b})\n    {y} = np.array([z.real[{i}], z.imag[{j}], z[{i}].real, {b}[0]])",
    "z = ({a} + 2j) ** 2\n    z.imag = {b} + 2\n    {y} = np.angle(z) * {a}",
    "z = np.zeros(4, dtype=complex)\n    z[{p}] = {a} + 1j * {b}\n    {y} = (z * z.conj()).real",
    "{y} = np.linalg.solve(M + 1j * np.diag({a}), {b}).imag",
)
WRITTEN = (
    "{y} = {a}.copy()\n    {y}[{i}] = {b}[{j}] ** 2",
    "{y} = {a} * 1.0\n    {y}[1:3] *= {b}[:2]",
    "{y} = np.zeros(4)\n    {y}[{p}] += {a}\n    {y} += {b}",
    "{y} = {a} + 0.0\n    {y}[::-1][{i}] = {b}[{i}] * {y}[{j}]",
    "{y} = {a} * 2\n    view = {y}[1:]\n    view += {b}[:3]\n    view[0] = {y}[3]",
    "{y} = np.zeros(4)\n    np.add.at({y}, {p}, {a} * {b})",
    "{y} = {b} - 1\n    {y}[{a} > {c}] = {c}",
    "{y} = np.empty(4)\n    np.multiply({a}, {b}, out={y})\n    {y} -= {a}",
    "{y} = {a} * 1.0\n    {y}[{i}], {y}[{j}] = {y}[{j}], {y}[{i}]",
    "box = np.zeros((2, 2))\n    box.T[{k}] = {a}[:2]\n    box[1] += {b}[2:]\n    {y} = box.ravel() * 1.0",
    "{y} = np.zeros(4)\n    for k in range(4):\n        {y}[k] = {a}[k] + 0.5 * {y}[k - 1] * {b}[k]",
    "{y} = {a} * 1.0\n    {y}[:] = {y}[::-1]\n    {y}[1:] -= {y}[:-1] * {b}[1:]",
    "keep = {a} * 1.0\n    {y} = keep\n    {y} += {b}\n    {y} = keep * {a}",
    "{y} = {a} * 1.0\n    {y}.reshape(2, 2).T[{k}, 0] = {b}[{i}]",
)
STEPS = ELEMENTWISE + CHOICES + REDUCTIONS + REARRANGED + CONTRACTED + COMPLEX + WRITTEN + WRITTEN


@st.composite
def sources(draw: st.DrawFn) -> str:
    """The text of a function f of four numbers that returns four, and of h, a number made of them."""
    names, lines = ["x"], []
    for k in range(draw(st.integers(2, 7))):
        step = draw(st.sampled_from(STEPS))
        words = {
            "y": f"v{k}",
            "a": names[-1],  # a chain, so that nothing drawn is without effect
            "b": draw(st.sampled_from(names)),
            "i": draw(st.integers(0, 3)),
            "j": draw(st.integers(0, 3)),
            "k": draw(st.integers(0, 1)),
            "p": draw(st.lists(st.integers(0, 3), min_size=4, max_size=4)),
            "c": draw(st.sampled_from([0.37, 0.81, 1.43])),
        }
        lines.append("    " + step.format(**words))
        names.append(f"v{k}")
    body = "\n".join(lines)
    return f"{HEAD}\n\ndef f(x):\n{body}\n    return {names[-1]}\n\n\ndef h(x):\n    return np.sum(np.sin(f(x)) * W)\n"
