"""A solver as a function: Runge-Kutta steps written into np.zeros, checked without a hand-written derivative.

The 22 x 3 Jacobian says how the whole path depends on the start and on the friction.
"""
# expect: path agree

import numpy as np


def pull(state, friction):
    angle, speed = state
    return np.array([speed, -np.sin(angle) - friction * speed])


def path(start):
    # gradcheck: at=[1.0, 0.3, 0.2]
    steps, h = 10, 0.1
    states = np.zeros((steps + 1, 2))
    states[0] = start[:2]
    for k in range(steps):
        k1 = pull(states[k], start[2])
        k2 = pull(states[k] + 0.5 * h * k1, start[2])
        k3 = pull(states[k] + 0.5 * h * k2, start[2])
        k4 = pull(states[k] + h * k3, start[2])
        states[k + 1] = states[k] + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
    return states
