# ruff: noqa: E501 - a table is read across, one row to a line
"""Bessel functions and their kin. Orders are constants: their partial is `-`.

The recurrences that average two neighbours are used, since those that divide by x say 0/0 at the origin.

References: Abramowitz and Stegun (1964), chapters 9 (Bessel, Kelvin), 10 (spherical, Airy), 11 (integrals),
12 (Struve), 19 (parabolic cylinder functions).
"""

from __future__ import annotations

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.primitive import elementwise as row

_ORDER = (0.3, 2.6)
_ABOVE = (0.4, 6.0)
_BOTH = (_ORDER, _ABOVE)
_S = "scipy.special."
_EXTRA = "(half * x) ** v * rgamma(v + 3 * half) / sqrt(pi)"
_SAFE = "where(fabs(x) <= 0, 1, x)"

# fmt: off
BESSEL: tuple[Elementwise, ...] = (
    row("jv", "v x", "jv(v, x)", ("-", "half * (jv(v - 1, x) - jv(v + 1, x))"), f"{_S}jv {_S}jn", probe=_BOTH, rounding=32),
    row("yv", "v x", "yv(v, x)", ("-", "half * (yv(v - 1, x) - yv(v + 1, x))"), f"{_S}yv {_S}yn", probe=_BOTH, rounding=32),
    row("iv", "v x", "iv(v, x)", ("-", "half * (iv(v - 1, x) + iv(v + 1, x))"), f"{_S}iv", probe=_BOTH, rounding=32),
    row("kv", "v x", "kv(v, x)", ("-", "-half * (kv(v - 1, x) + kv(v + 1, x))"), f"{_S}kv {_S}kn", probe=_BOTH, rounding=32),
    row("jve", "v x", "jve(v, x)", ("-", "half * (jve(v - 1, x) - jve(v + 1, x))"), f"{_S}jve", probe=_BOTH, rounding=32),
    row("yve", "v x", "yve(v, x)", ("-", "half * (yve(v - 1, x) - yve(v + 1, x))"), f"{_S}yve", probe=_BOTH, rounding=32),
    row("ive", "v x", "ive(v, x)", ("-", "ive_slope(1, v, x)"), f"{_S}ive", probe=_BOTH, rounding=32),
    row("kve", "v x", "kve(v, x)", ("-", "kve_slope(1, v, x)"), f"{_S}kve", probe=_BOTH, rounding=32),
    row("j0",  "x", "jv(0, x)",  ("-jv(1, x)",), f"{_S}j0", probe=_ABOVE, rounding=64),
    row("j1",  "x", "jv(1, x)",  ("half * (jv(0, x) - jv(2, x))",), f"{_S}j1", probe=_ABOVE, rounding=64),
    row("y0",  "x", "yv(0, x)",  ("-yv(1, x)",), f"{_S}y0", probe=_ABOVE, rounding=64),
    row("y1",  "x", "yv(1, x)",  ("half * (yv(0, x) - yv(2, x))",), f"{_S}y1", probe=_ABOVE, rounding=64),
    row("i0",  "x", "iv(0, x)",  ("iv(1, x)",), f"{_S}i0", probe=_ABOVE, rounding=16),
    row("i1",  "x", "iv(1, x)",  ("half * (iv(0, x) + iv(2, x))",), f"{_S}i1", probe=_ABOVE, rounding=16),
    row("k0",  "x", "kv(0, x)",  ("-kv(1, x)",), f"{_S}k0", probe=_ABOVE, rounding=16),
    row("k1",  "x", "kv(1, x)",  ("-half * (kv(0, x) + kv(2, x))",), f"{_S}k1", probe=_ABOVE, rounding=16),
    row("i0e", "x", "ive(0, x)", ("ive_slope(1, 0, x)",), f"{_S}i0e", probe=_ABOVE, rounding=16, kink="x", analytic=False),
    row("i1e", "x", "ive(1, x)", ("ive_slope(1, 1, x)",), f"{_S}i1e", probe=_ABOVE, rounding=16),
    row("k0e", "x", "kve(0, x)", ("kve_slope(1, 0, x)",), f"{_S}k0e", probe=_ABOVE, rounding=16),
    row("k1e", "x", "kve(1, x)", ("kve_slope(1, 1, x)",), f"{_S}k1e", probe=_ABOVE, rounding=16),
    row("spherical_jn", "n x", "spherical_jn(n, x)",
        ("-", "(n * spherical_jn(maximum(n - 1, 0), x) - (n + 1) * spherical_jn(n + 1, x)) / (2 * n + 1)"), f"{_S}spherical_jn",
        probe=((0.0, 4.0), _ABOVE), rounding=64),
    row("spherical_yn", "n x", "spherical_yn(n, x)",
        ("-", "(n * spherical_yn(maximum(n - 1, 0), x) - (n + 1) * spherical_yn(n + 1, x)) / (2 * n + 1)"), f"{_S}spherical_yn",
        probe=((0.0, 4.0), _ABOVE), rounding=64),
    row("spherical_in", "n x", "spherical_in(n, x)",
        ("-", "(n * spherical_in(maximum(n - 1, 0), x) + (n + 1) * spherical_in(n + 1, x)) / (2 * n + 1)"), f"{_S}spherical_in",
        probe=((0.0, 4.0), _ABOVE), rounding=64),
    row("spherical_kn", "n x", "spherical_kn(n, x)",
        ("-", "-(n * spherical_kn(maximum(n - 1, 0), x) + (n + 1) * spherical_kn(n + 1, x)) / (2 * n + 1)"), f"{_S}spherical_kn",
        probe=((0.0, 4.0), _ABOVE), rounding=64),
    row("struve",    "v x", "struve(v, x)", ("-", f"half * (struve(v - 1, x) - struve(v + 1, x) + {_EXTRA})"), f"{_S}struve", probe=_BOTH, rounding=64),
    row("modstruve", "v x", "modstruve(v, x)", ("-", f"half * (modstruve(v - 1, x) + modstruve(v + 1, x) + {_EXTRA})"), f"{_S}modstruve", probe=_BOTH, rounding=64),
    row("wright_bessel", "a b x", "wright_bessel(a, b, x)", ("-", "-", "wright_bessel(a, a + b, x)"), f"{_S}wright_bessel",
        probe=((0.3, 2.0), (0.3, 2.0), (0.2, 3.0)), rounding=64),
    row("log_wright_bessel", "a b x", "log_wright_bessel(a, b, x)", ("-", "-", "exp(log_wright_bessel(a, a + b, x) - y)"),
        f"{_S}log_wright_bessel", probe=((0.3, 2.0), (0.3, 2.0), (0.2, 3.0)), rounding=64),
)

AIRY: tuple[Elementwise, ...] = (
    row("airy_ai",  "x", "airy_ai(x)",  ("airy_aip(x)",),    f"{_S}airy[0]", probe=(-4.0, 4.0), rounding=64),
    row("airy_aip", "x", "airy_aip(x)", ("x * airy_ai(x)",), f"{_S}airy[1]", probe=(-4.0, 4.0), rounding=64),
    row("airy_bi",  "x", "airy_bi(x)",  ("airy_bip(x)",),    f"{_S}airy[2]", probe=(-4.0, 4.0), rounding=64),
    row("airy_bip", "x", "airy_bip(x)", ("x * airy_bi(x)",), f"{_S}airy[3]", probe=(-4.0, 4.0), rounding=64),
    row("airye_ai",  "x", "airye_ai(x)",  ("airye_aip(x) + sqrt(x) * y",), f"{_S}airye[0]", probe=_ABOVE, rounding=64),
    row("airye_aip", "x", "airye_aip(x)", ("x * airye_ai(x) + sqrt(x) * y",), f"{_S}airye[1]", probe=_ABOVE, rounding=64),
    row("airye_bi",  "x", "airye_bi(x)",  ("airye_bip(x) - sqrt(x) * y",), f"{_S}airye[2]", probe=_ABOVE, rounding=64),
    row("airye_bip", "x", "airye_bip(x)", ("x * airye_bi(x) - sqrt(x) * y",), f"{_S}airye[3]", probe=_ABOVE, rounding=64),
    row("ber",  "x", "ber(x)",  ("berp(x)",), f"{_S}ber", probe=_ABOVE, rounding=64),
    row("bei",  "x", "bei(x)",  ("beip(x)",), f"{_S}bei", probe=_ABOVE, rounding=64),
    row("ker",  "x", "ker(x)",  ("kerp(x)",), f"{_S}ker", probe=_ABOVE, rounding=64),
    row("kei",  "x", "kei(x)",  ("keip(x)",), f"{_S}kei", probe=_ABOVE, rounding=64),
    row("berp", "x", "berp(x)", (f"-bei(x) - y / {_SAFE}",), f"{_S}berp", probe=_ABOVE, rounding=64),
    row("beip", "x", "beip(x)", (f"where(fabs(x) <= 0, half, ber(x) - y / {_SAFE})",), f"{_S}beip", probe=_ABOVE, rounding=64),
    row("kerp", "x", "kerp(x)", ("-kei(x) - y / x",), f"{_S}kerp", probe=_ABOVE, rounding=64),
    row("keip", "x", "keip(x)", ("ker(x) - y / x",),  f"{_S}keip", probe=_ABOVE, rounding=64),
)

CYLINDERS: tuple[Elementwise, ...] = (
    row("pbdv_d",  "v x", "pbdv_d(v, x)",  ("-", "pbdv_dp(v, x)"), f"{_S}pbdv[0]", probe=_BOTH, rounding=4096),
    row("pbdv_dp", "v x", "pbdv_dp(v, x)", ("-", "(x * x / 4 - v - half) * pbdv_d(v, x)"), f"{_S}pbdv[1]", probe=_BOTH, rounding=4096),
    row("pbvv_v",  "v x", "pbvv_v(v, x)",  ("-", "pbvv_vp(v, x)"), f"{_S}pbvv[0]", probe=_BOTH, rounding=4096),
    row("pbvv_vp", "v x", "pbvv_vp(v, x)", ("-", "(x * x / 4 - v - half) * pbvv_v(v, x)"), f"{_S}pbvv[1]", probe=_BOTH, rounding=4096),
    row("itj0", "x", "itj0(x)", ("jv(0, x)",), f"{_S}itj0y0[0]", probe=_ABOVE, rounding=4096),
    row("ity0", "x", "ity0(x)", ("yv(0, x)",), f"{_S}itj0y0[1]", probe=_ABOVE, rounding=4096),
    row("iti0", "x", "iti0(x)", ("iv(0, x)",), f"{_S}iti0k0[0]", probe=_ABOVE, rounding=4096),
    row("itk0", "x", "itk0(x)", ("kv(0, x)",), f"{_S}iti0k0[1]", probe=_ABOVE, rounding=4096),
    row("itstruve0",    "x", "itstruve0(x)",    ("struve(0, x)",),      f"{_S}itstruve0",    probe=_ABOVE, rounding=4096),
    row("itmodstruve0", "x", "itmodstruve0(x)", ("modstruve(0, x)",),   f"{_S}itmodstruve0", probe=_ABOVE, rounding=4096),
    row("it2struve0",   "x", "it2struve0(x)",   ("-struve(0, x) / x",), f"{_S}it2struve0",   probe=_ABOVE, rounding=4096),
)

BESSEL_WORDS: tuple[Elementwise, ...] = (
    row("ive_slope", "n v x", "ive_slope(n, v, x)", ("-", "-", "ive_slope(2, v, x)"), "", probe=((1.0, 1.5), _ORDER, _ABOVE)),
    row("kve_slope", "n v x", "kve_slope(n, v, x)", ("-", "-", "kve_slope(2, v, x)"), "", probe=((1.0, 1.5), _ORDER, _ABOVE)),
)
# fmt: on
