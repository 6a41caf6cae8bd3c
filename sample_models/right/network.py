"""Backpropagation by hand: two dense layers, parameters in a dict, the gradient a dict of the same names.

Dense(16, relu) and Dense(1, sigmoid) under binary cross-entropy; every weight of both layers is an entry.
"""
# expect: cross_entropy agree

import numpy as np

RNG = np.random.default_rng(7)
INPUTS = RNG.normal(size=(20, 2))
TARGETS = (INPUTS[:, 0] * INPUTS[:, 1] > 0).astype(float)

CROSS_ENTROPY_X0 = {
    "W1": RNG.normal(scale=0.8, size=(2, 16)),
    "b1": RNG.normal(scale=0.1, size=16),
    "W2": RNG.normal(scale=0.4, size=(16, 1)),
    "b2": np.array([0.05]),
}


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def cross_entropy(params):
    hidden = np.maximum(INPUTS @ params["W1"] + params["b1"], 0.0)
    chance = sigmoid(hidden @ params["W2"] + params["b2"])[:, 0]
    return -np.mean(TARGETS * np.log(chance) + (1.0 - TARGETS) * np.log(1.0 - chance))


def cross_entropy_grad(params):
    before = INPUTS @ params["W1"] + params["b1"]
    hidden = np.maximum(before, 0.0)
    chance = sigmoid(hidden @ params["W2"] + params["b2"])
    error = (chance - TARGETS[:, None]) / len(TARGETS)
    back = (error @ params["W2"].T) * (before > 0)
    return {
        "W1": INPUTS.T @ back,
        "b1": np.sum(back, axis=0),
        "W2": hidden.T @ error,
        "b2": np.sum(error, axis=0),
    }
