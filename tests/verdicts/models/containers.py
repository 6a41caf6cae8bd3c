"""Dicts, lists and several arguments in and out."""

import numpy as np


def line_fit(params):
    x = np.array([0.0, 1.0, 2.0, 3.0])
    y = np.array([1.0, 2.8, 5.1, 7.2])
    return np.mean((params["slope"] * x + params["intercept"] - y) ** 2)


def line_fit_grad(params):
    x = np.array([0.0, 1.0, 2.0, 3.0])
    y = np.array([1.0, 2.8, 5.1, 7.2])
    r = params["slope"] * x + params["intercept"] - y
    return {"slope": 2 * np.mean(r * x), "intercept": 2 * np.mean(r)}


def network(params):
    x = np.array([[0.5, -1.0], [1.5, 0.3], [-0.4, 0.8]])
    y = np.array([1.0, 0.0, 1.0])
    h = np.tanh(x @ params["w"] + params["b"])
    return np.sum((h @ params["v"] - y) ** 2)


def network_grad(params):
    x = np.array([[0.5, -1.0], [1.5, 0.3], [-0.4, 0.8]])
    y = np.array([1.0, 0.0, 1.0])
    h = np.tanh(x @ params["w"] + params["b"])
    r = 2 * (h @ params["v"] - y)
    back = np.outer(r, params["v"]) * (1 - h**2)
    return {"w": x.T @ back, "b": np.sum(back, axis=0), "v": h.T @ r}


def two_arrays(a, b):
    return np.sum(a * np.exp(-b)) + np.sum(a) ** 2


def two_arrays_grad(a, b):
    return np.exp(-b) + 2 * np.sum(a), -a * np.exp(-b)


def mixed_arguments(scale, x):
    return scale * np.sum(x**2) + scale**3


def mixed_arguments_grad(scale, x):
    return {"scale": np.sum(x**2) + 3 * scale**2, "x": 2 * scale * x}


def pair_of_results(x):
    return {"sum": x[0] + x[1] ** 2, "product": x[0] * x[1]}


def pair_of_results_grad(x):
    return {"sum": np.array([1.0, 2 * x[1]]), "product": np.array([x[1], x[0]])}


def oscillator(params):
    t = np.linspace(0.0, 3.0, 7)
    y = params["a"] * np.exp(-params["d"] * t) * np.cos(params["w"] * t)
    return np.sum(y**2)


def oscillator_grad(params):
    t = np.linspace(0.0, 3.0, 7)
    e = np.exp(-params["d"] * t)
    c, s = np.cos(params["w"] * t), np.sin(params["w"] * t)
    y = params["a"] * e * c
    return {"a": 2 * np.sum(y * e * c), "d": -2 * np.sum(y * y * t), "w": -2 * np.sum(y * params["a"] * e * s * t)}


POINTS = {
    "line_fit": [{"params": {"slope": 1.7, "intercept": 0.4}}],
    "network": [{"params": {"w": [[0.3, -0.8], [0.5, 0.1]], "b": [0.2, -0.1], "v": [1.0, -0.6]}}],
    "two_arrays": [{"a": [0.5, 1.2], "b": [0.3, -0.7]}],
    "mixed_arguments": [{"scale": 1.3, "x": [0.4, -1.0]}],
    "pair_of_results": [[1.2, -0.7]],
    "oscillator": [{"params": {"a": 1.5, "d": 0.3, "w": 2.2}}],
}
