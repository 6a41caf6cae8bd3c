"""Right functions of very small and very large numbers, and of SI units."""

import numpy as np

PLANCK, LIGHT, BOLTZMANN = 6.62607015e-34, 299792458.0, 1.380649e-23
ELECTRON, MASS = 1.602176634e-19, 9.1093837015e-31


def tiny_value(x):
    return 1e-150 * (x[0] ** 2 * x[1] + np.sin(x[1]))


def tiny_value_grad(x):
    return 1e-150 * np.array([2 * x[0] * x[1], x[0] ** 2 + np.cos(x[1])])


def huge_value(x):
    return 1e150 * (x[0] * np.exp(x[1]) - x[1] ** 2)


def huge_value_grad(x):
    return 1e150 * np.array([np.exp(x[1]), x[0] * np.exp(x[1]) - 2 * x[1]])


def tiny_input(x):
    return np.sin(x / 1e-100) + (x / 1e-100) ** 2


def tiny_input_grad(x):
    return (np.cos(x / 1e-100) + 2 * (x / 1e-100)) / 1e-100


def huge_input(x):
    return np.log(x) + (x / 1e120) ** 2


def huge_input_grad(x):
    return 1 / x + 2 * x / 1e240


def planck_law(wavelength, temperature):
    a = 2 * PLANCK * LIGHT**2
    b = PLANCK * LIGHT / (wavelength * BOLTZMANN * temperature)
    return a / wavelength**5 / np.expm1(b)


def planck_law_grad(wavelength, temperature):
    a = 2 * PLANCK * LIGHT**2
    b = PLANCK * LIGHT / (wavelength * BOLTZMANN * temperature)
    e = np.expm1(b)
    shape = b * np.exp(b) / e**2
    dw = a / wavelength**6 * (shape - 5 / e)
    dt = a / wavelength**5 * shape / temperature
    return dw, dt


def diode(voltage):
    return 1e-12 * np.expm1(voltage / 0.02585)


def diode_grad(voltage):
    return 1e-12 / 0.02585 * np.exp(voltage / 0.02585)


def coulomb(r):
    return 8.9875517923e9 * ELECTRON**2 / r


def coulomb_grad(r):
    return -8.9875517923e9 * ELECTRON**2 / r**2


def lennard_jones(r):
    s = (3.4e-10 / r) ** 6
    return 4 * 1.65e-21 * (s**2 - s)


def lennard_jones_grad(r):
    s = (3.4e-10 / r) ** 6
    return 4 * 1.65e-21 * (-12 * s**2 + 6 * s) / r


def mixed_units(x):
    return x[0] ** 2 / 1e-12 + 1e6 * x[1] ** 2 + x[0] * x[1] * 1e3 + np.exp(x[2])


def mixed_units_grad(x):
    return np.array([2 * x[0] / 1e-12 + x[1] * 1e3, 2e6 * x[1] + x[0] * 1e3, np.exp(x[2])])


def capacitor(x):
    distance, area = x
    return 8.8541878128e-12 * area / distance


def capacitor_grad(x):
    distance, area = x
    return np.array([-8.8541878128e-12 * area / distance**2, 8.8541878128e-12 / distance])


def far_tail(x):
    return np.exp(-(x**2))


def far_tail_grad(x):
    return -2 * x * np.exp(-(x**2))


def small_weight(x):
    w = np.array([1.0, 1e-9, 1e-18])
    return np.sum(w * x**3)


def small_weight_grad(x):
    w = np.array([1.0, 1e-9, 1e-18])
    return 3 * w * x**2


def large_weight(x):
    w = np.array([1e12, 1.0, 1e-12])
    return w @ np.sin(x)


def large_weight_grad(x):
    w = np.array([1e12, 1.0, 1e-12])
    return w * np.cos(x)


def kepler_period(axis):
    return 2 * np.pi * np.sqrt(axis**3 / 1.32712440018e20)


def kepler_period_grad(axis):
    return 3 * np.pi * np.sqrt(axis / 1.32712440018e20)


def reynolds(x):
    density, speed, length, viscosity = x
    return density * speed * length / viscosity


def reynolds_grad(x):
    density, speed, length, viscosity = x
    return np.array(
        [
            speed * length / viscosity,
            density * length / viscosity,
            density * speed / viscosity,
            -density * speed * length / viscosity**2,
        ]
    )


POINTS = {
    "tiny_value": [[1.3, 0.4]],
    "huge_value": [[0.7, 1.1]],
    "tiny_input": [1.3e-100],
    "huge_input": [2.5e119],
    "planck_law": [{"wavelength": 5.5e-7, "temperature": 5778.0}],
    "diode": [0.65],
    "coulomb": [5.29e-11],
    "lennard_jones": [3.9e-10],
    "mixed_units": [[2.0e-6, 3.0e-4, -1.0]],
    "capacitor": [[1e-6, 2e-4]],
    "far_tail": [9.0, 20.0],
    "small_weight": [[0.8, 1.3, -0.6]],
    "large_weight": [[0.5, -1.0, 2.0]],
    "kepler_period": [1.496e11],
    "reynolds": [[1000.0, 0.02, 3e-5, 1.0e-3]],
}
