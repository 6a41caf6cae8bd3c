"""How numbers are written: digits promised are digits shown."""

import math
import re
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck_tool.report import numbers

finite = st.floats(allow_nan=False, allow_infinity=False)


@given(finite, st.integers(-5, 20))
def test_a_fixed_number_is_the_correctly_rounded_decimal(value, decimals):
    """Written with d decimals a number is off by at most half a unit of the last one, exactly computed."""
    text = numbers.fixed(value, decimals)
    assert abs(Decimal(text) - Decimal(value)) <= Decimal(5).scaleb(-decimals - 1)


@given(finite)
def test_seventeen_digits_give_the_number_back(value):
    """A stack of one number at 17 digits reads back as the same float, whatever its exponent."""
    scale = numbers.scale_for(value, [value], digits=17)
    assert float(scale.write(value)) == value


@given(finite)
def test_the_shortest_text_is_the_number_again(value):
    """Points are printed so that pasting them gives the same point."""
    assert float(numbers.short(value)) == value
    assert float(numbers.step(value)) == value


@given(finite.filter(lambda x: abs(x) > 1e-290), st.integers(-15, -1))
def test_two_numbers_that_differ_look_different(value, exponent):
    """Whatever the size of a gap above rounding, the digits shown tell the two numbers apart."""
    other = value * (1 + 10.0**exponent)
    if not math.isfinite(other) or other == value:
        return
    scale = numbers.scale_for(value, [other])
    assert scale.write(value) != scale.write(other)


@pytest.mark.parametrize(
    ("reference", "other", "texts"),
    [
        (0.11897700003016872, 0.16996714290024104, ("0.118977", "0.169967")),
        (111.1949266345, 111.1948327123, ("111.1949266", "111.1948327")),
        (0.0264790, -0.1735210, ("0.0264790", "-0.1735210")),
        (-8.333333e-06, 44.10804e-06, ("-8.33333e-06", "44.10804e-06")),
        (-3.4595e-08, -3.46022e-08, ("-3.45950e-08", "-3.46022e-08")),
        (1e6, 1e6, ("1.00000e+06", "1.00000e+06")),
        (0.0, 0.0, ("0.00000", "0.00000")),
        (1.0, 1e9, ("1.00000e+00", "1.00000e+09")),
        (1.5, 4000.0, ("1.50000", "4000.00000")),
        (1e-300, -2e10, ("1.00000e-300", "-2.00000e+10")),
    ],
)
def test_a_pair_shares_its_decimals_and_exponent(reference, other, texts):
    """Six digits of the reference, or three past the first difference, with one exponent for both."""
    scale = numbers.scale_for(reference, [other])
    assert scale.write(reference) == texts[0]
    assert scale.write(other) == texts[1]


@given(st.floats(-1e15, 1e15), st.floats(1e-12, 1e3))
def test_no_digit_is_shown_that_the_bar_does_not_cover(value, blur):
    """Differences stop one digit past the leading digit of their bar."""
    scale = numbers.scale_for(value, [value], digits=17)
    text = scale.write(value, blur)
    with localcontext() as context:
        context.prec = 100
        assert Decimal(text) % Decimal(10) ** (numbers.magnitude(blur) - 1) == 0


@pytest.mark.parametrize(
    ("gap", "reference", "text"),
    [
        (0.051, 0.119, "+43 %"),
        (-0.2, 0.0264790, "-755 %"),
        (0.39, -0.39, "+100 %"),
        (-9.39e-05, 111.19, "-8.4e-07"),
        (1.0, 0.0, ""),
        (1e6, 1.0, "+1.0e+06"),
        (float("nan"), 1.0, ""),
    ],
)
def test_a_gap_relative_to_its_reference(gap, reference, text):
    """Percent where a reader thinks in percent, a power of ten beside it, nothing at a reference of 0."""
    assert numbers.relative(gap, reference) == text


@pytest.mark.parametrize(
    ("text", "truth", "index"),
    [
        ("111.1948327", "111.1949266", 7),
        ("0.169967", "0.118977", 3),
        ("-0.17", "0.03", 0),
        ("1.5", "1.5", None),
        ("11.5", "1.5", 0),
        ("nan", "1.5", 0),
        ("1.50000e+09", "1.50000e+00", 0),
        ("1.51e-09", "1.50e-09", 3),
    ],
)
def test_the_first_wrong_digit_is_found_on_the_aligned_texts(text, truth, index):
    """Decimal points are aligned before the digits are compared."""
    assert numbers.first_wrong_digit(text, truth) == index


@given(finite, finite, st.floats(0, 1))
def test_digits_shared_never_promise_more_than_the_gap(first, second, blur):
    """n shared digits mean a relative distance of at most 10**-n."""
    text = numbers.digits_shared(first, second, blur)
    if text == "=":
        assert first == second
        return
    gap, larger = abs(Decimal(first) - Decimal(second)), max(abs(Decimal(first)), abs(Decimal(second)))
    assert text == "0" or gap <= larger * Decimal(10) ** -int(text) * Decimal("1.000000001")


@pytest.mark.parametrize("value", [0.0, 5.5, 10.693147180559945, -1e-9, 123456789.0, "array (3,)", float("nan")])
def test_a_trace_writes_values_compactly(value):
    """At most seven digits behind the point and no trailing zeros; what is not a number stays as it is."""
    text = numbers.compact(value)
    assert text == str(value) or float(text) == pytest.approx(value, rel=1e-6)
    assert not re.search(r"\.\d*0(e|$)", text)
