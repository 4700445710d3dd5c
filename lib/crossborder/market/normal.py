"""Standard normal quantiles inside kernels: Wichura's algorithm AS 241 (1988), relative error about 1e-16."""

import math

import numpy as np

from crossborder.market.compiled import inline, kernel

# Rational approximations, highest power first: near the middle, in the tails, far out.
_MIDDLE_TOP = np.array(
    [2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125,
     1971.5909503065514427, 133.14166789178437745, 3.387132872796366608]
)  # fmt: skip
_MIDDLE_LOW = np.array(
    [5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077,
     687.1870074920579083, 42.313330701600911252, 1.0]
)  # fmt: skip
_TAIL_TOP = np.array(
    [7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
     3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734]
)  # fmt: skip
_TAIL_LOW = np.array(
    [1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
     0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0]
)  # fmt: skip
_FAR_TOP = np.array(
    [2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
     0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772]
)  # fmt: skip
_FAR_LOW = np.array(
    [2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
     0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0]
)  # fmt: skip


@inline
def _polynomial(coefficients, r):
    value = coefficients[0]
    for k in range(1, 8):
        value = value * r + coefficients[k]
    return value


@kernel
def normal_quantile(p):
    """The z below which a standard normal falls with probability ``p``, 0 < p < 1."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _polynomial(_MIDDLE_TOP, r) / _polynomial(_MIDDLE_LOW, r)
    r = math.sqrt(-math.log(p if q < 0 else 1.0 - p))
    if r <= 5.0:
        size = _polynomial(_TAIL_TOP, r - 1.6) / _polynomial(_TAIL_LOW, r - 1.6)
    else:
        size = _polynomial(_FAR_TOP, r - 5.0) / _polynomial(_FAR_LOW, r - 5.0)
    return size if q > 0 else -size
