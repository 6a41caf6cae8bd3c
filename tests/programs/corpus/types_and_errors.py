"""Dtypes, casts, identity, and errors that user code catches."""

import math
import warnings

import numpy as np


def single_precision(x):
    return (x.astype(np.float32) * 2).astype(np.float64) + x


def single_precision_constants(x):
    return x * np.float32(0.1) + np.array([1.5, 2.5, 0.5], dtype=np.float32)


def half_precision_exact(x):
    return x * np.float16(0.5) + np.ones(3, np.float16)


def long_double_constant(x):
    return np.asarray(x * np.longdouble(0.5), dtype=float)


def integer_buffer_truncates(x):
    y = np.zeros(3, dtype=int)
    y[:] = x * 3
    return y * x


def integer_list_buffer(x):
    y = np.array([1, 2, 3])
    y[0] = x[1] * 4
    return y * 1.0 + x


def integer_buffer_augmented_fails(x):
    y = np.arange(3)
    try:
        y += x
    except TypeError:
        y = y + x
    return y * 2


def integer_out_fails(x):
    try:
        np.add(x, 1, out=np.zeros(3, dtype=int))
    except TypeError:
        return x * 3
    return x


def boolean_buffer(x):
    y = np.zeros(3, dtype=bool)
    y[:] = x > 0.5
    return y * x


def boolean_times(x):
    return (x > 0.5) * x + np.bool_(True) * x


def boolean_sum_scale(x):
    return np.sum(x > 0.5) * x**2


def astype_int_index(x):
    k = (x * 2).astype(int)
    return x[k % 3] * k


def int_of_numpy_scalar(x):
    return int(x[1] * 2) * x[0] + np.int64(x[1]) * x[2]


def integer_arange_of_value(x):
    return np.arange(int(x[1] * 3)) * x[0] + x[2]


def like_with_other_dtype(x):
    return np.zeros_like(x, dtype=complex).real + np.ones_like(x, dtype=np.float32) * x


def empty_like_integer_base(x):
    base = np.arange(3)
    y = np.empty_like(base, dtype=float)
    y[:] = x
    return y * base


def full_like_integer_truncates(x):
    return np.full_like(np.arange(3), x[1]) * x


def array_with_dtype(x):
    return np.array([x[0], x[1]], dtype=np.float64) * np.array([1, 2], dtype=np.int8)


def dtype_of_input_reused(x):
    y = np.zeros(3, dtype=x.dtype)
    y += x
    return y.astype(x.dtype.type) * 2


def scalar_type_constructor(x):
    kind = x.dtype.type
    return kind(2.0) * x + kind(x[0])


def type_of_element(x):
    t = type(x[0])
    return x[0] ** 2 if t is np.float64 else x[0]


def type_name(x):
    return x[0] ** 2 if type(x).__name__ == "ndarray" and type(x[0]).__name__ == "float64" else x[0]


def class_attribute_of_array(x):
    return x * 2 if x.__class__ is np.ndarray else x


def subclass_checks(x):
    return x**2 if issubclass(type(x), np.ndarray) and issubclass(type(x[0]), float) else x


def isinstance_generic(x):
    return x[0] ** 2 if isinstance(x[0], np.generic) else x[0]


def isinstance_inexact(x):
    return x[0] ** 3 if isinstance(x[0], np.inexact) and not isinstance(x[0], np.integer) else x[0]


def isinstance_iterable(x):
    from collections.abc import Iterable, Sequence

    return sum(v**2 for v in x) if isinstance(x, Iterable) and not isinstance(x, Sequence) else x[0]


def isinstance_python_scalar(x):
    v = x[0].item()
    return v**2 if type(v) is float else v * 7


def isinstance_of_point(t):
    return t**3 if isinstance(t, float) and not isinstance(t, np.ndarray) else 0.0 * t


def issubdtype_checks(x):
    return x**2 if np.issubdtype(x.dtype, np.floating) else x


def isreal_isscalar_checks(x):
    return x * 2 if np.isrealobj(x) and np.all(np.isreal(x)) and not np.isscalar(x) else x


def identity_of_asarray(x):
    y = np.asarray(x)
    return y * 2 if y is x else y * 3


def identity_is_none(x, extra=None):
    return x**2 if extra is None else extra


def shares_memory_check(x):
    y = x[1:]
    return y * 2 if np.shares_memory(x, y) else y


def base_and_flags(x):
    y = x.copy()
    return y * 2 if y.base is None and y.flags.writeable and y.flags["C_CONTIGUOUS"] else y


def size_attributes(x):
    return x * x.size + x.ndim * x.nbytes / x.itemsize + len(x.shape) * x.strides[0] / 8


def hash_equality(x):
    return x[0] ** 2 if x[0] == x[0].item() and hash(x[0]) == hash(x[0].item()) else x[0]


def membership(x):
    return x[0] ** 2 if x[0] in x and 5.0 not in x.tolist() else x[0]


def list_index_count(x):
    v = x.tolist()
    return v.index(v[1]) * x[0] + v.count(v[2]) * x[2]


def index_error_caught(x):
    try:
        return x[7]
    except IndexError:
        return x[1] ** 2


def type_error_caught(x):
    try:
        return float(x)
    except TypeError:
        return float(x[0]) ** 2


def attribute_error_caught(x):
    try:
        return x.missing
    except AttributeError:
        return x**2


def value_error_shapes_caught(x):
    try:
        return x + np.ones(2)
    except ValueError:
        return x * 2


def value_error_truth_caught(x):
    try:
        return x if x > 0.5 else -x
    except ValueError:
        return x**2


def value_error_reshape_caught(x):
    try:
        return x.reshape(2, 2)
    except ValueError:
        return x[::-1] * x


def key_error_from_value(x):
    try:
        return {0.5: 1.0}[float(x[0])]
    except KeyError:
        return x[0] ** 3


def linalg_error_caught(x):
    try:
        return np.linalg.solve(np.outer(x[:2], [0.0, 0.0]), x[:2])
    except np.linalg.LinAlgError:
        return x[:2] * 3


def cholesky_error_caught(x):
    try:
        np.linalg.cholesky(-np.diag(x))
        return x
    except np.linalg.LinAlgError:
        return np.linalg.cholesky(np.diag(x)) @ x


def zero_division_of_python(x):
    try:
        return x[0].item() / (x[1].item() - x[1].item())
    except ZeroDivisionError:
        return x[0] ** 2


def zero_division_of_numpy_gives_infinity(x):
    with np.errstate(all="ignore"):
        y = x[0] / (x[1] - x[1])
    return x[2] * 2 if np.isinf(y) else x[2]


def floating_point_error_raised(x):
    try:
        with np.errstate(all="raise"):
            np.log(x - 0.7)
        return x
    except FloatingPointError:
        return x**2


def floating_point_error_divide(x):
    try:
        with np.errstate(divide="raise"):
            y = 1.0 / (x - x[0])
        return y
    except FloatingPointError:
        return x * 5


def overflow_raised(x):
    try:
        with np.errstate(over="raise"):
            return np.exp(x * 1e4)
    except FloatingPointError:
        return x**3


def warning_turned_to_error(x):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            y = np.sqrt(x - 1.0)
        except RuntimeWarning:
            y = x**2
    return y


def warning_recorded(x):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        np.log(x - 0.9)
    return x * (2 if caught else 3)


def math_domain_error(x):
    try:
        return math.sqrt(x[2] - 5.0)
    except ValueError:
        return math.sqrt(x[2])


def math_range_error(x):
    try:
        return math.cosh(x[1] * 1e4)
    except OverflowError:
        return math.cosh(x[1])


def math_on_array_type_error(x):
    try:
        return math.sin(x)
    except TypeError:
        return math.sin(x[0])


def negative_power_of_integer_array(x):
    try:
        return np.arange(3) ** -1 * x
    except ValueError:
        return np.arange(1, 4.0) ** -1 * x


def complex_comparison_error(x):
    try:
        return x[0] if complex(x[0], 1.0) < 2 else x[1]
    except TypeError:
        return x[0] * x[1]


def float_of_complex_error(x):
    try:
        return float(complex(x[0], x[1]))
    except TypeError:
        return x[0] - x[1]


def power_negative_base_is_nan(x):
    with np.errstate(all="ignore"):
        y = np.power(-x, 0.5)
    return np.where(np.isnan(y), x, y) * 2


def python_power_turns_complex(x):
    return abs((-x[0].item()) ** 0.5) * x[1]


def read_only_constant(x):
    c = np.arange(3.0)
    c.flags.writeable = False
    try:
        c[0] = x[0]
    except ValueError:
        return c * x
    return c


def raise_inside_finally(x):
    out = []
    try:
        out.append(x[0] ** 2)
        raise RuntimeError("stop")
    except RuntimeError as e:
        out.append(x[1] * len(str(e)))
    finally:
        out.append(x[2])
    return np.array(out)


def assertion_caught(x):
    try:
        assert x[0] > 100
    except AssertionError:
        return x * x[0]
    return x


def nan_propagates_and_is_dropped(x):
    y = np.array([x[0], np.nan, x[1]])
    return y[~np.isnan(y)] ** 2


def infinity_minus_infinity(x):
    y = np.array([np.inf, 1.0]) * x[0]
    return y[1] + (0.0 if np.isfinite(y[0]) else x[1])


def empty_arrays(x):
    return np.sum(np.zeros(0)) + np.prod(x[:0]) * x[0] + np.concatenate([x[:0], x]).sum()


def zero_dimensional_results(x):
    y = np.asarray(np.sum(x))
    return y[()] * y.item() + y.reshape(1)[0]


def scalar_indexing_of_zero_dim(x):
    y = np.array(x[0] * 2)
    y[...] = y + x[1]
    return y * 1.0


def sum_of_bool_and_float(x):
    return True + x[0] + False * x[1] + (x[2] > 0)


def numpy_bool_branch(x):
    flag = np.any(x > 1)
    return x[0] if flag is np.True_ or flag else x[1]


def integer_division_chain(x):
    return x[0] // 1 + (x[1] * 7) // 2 * x[2] + 7 // 2 * x[0]


def round_half_even(x):
    return round(2.5) * x[0] + round(x[1] * 2) * x[2] + np.round(x * 4) * x


def chained_ternaries(x):
    return x[0] if x[1] < 0 else x[1] if x[2] > 1 else x[2] * x[0]


def string_switch(x, mode="square"):
    return {"square": x**2, "cube": x**3}[mode]


POINTS = {
    "integer_arange_of_value": [0.7, 1.15, 0.4],
    "isinstance_of_point": 1.3,
    "round_half_even": [0.7, 1.31, 0.4],
    "integer_division_chain": [0.7, 1.31, 0.4],
}
DEFAULT = [0.7, 1.3, 0.4]
