"""Plain code as users write it: recorded, it gives the plain value and the right derivative in both modes."""

from __future__ import annotations

import numpy as np
import plain_module
import pytest
from following import assert_followed

X = np.array([0.83, 0.31, 0.57, 0.72])


@pytest.mark.parametrize("f", plain_module.FUNCTIONS, ids=lambda f: f.__name__)
def test_plain_code_is_followed(f):
    """Each function of the module has the value of the plain run and the derivative of its differences."""
    assert_followed(f, X)
