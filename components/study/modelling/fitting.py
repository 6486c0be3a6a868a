"""Fitting a model, or saying why it could not be fitted."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TypeVar

import numpy
from numpy.linalg import LinAlgError
from statsmodels.tools.sm_exceptions import PerfectSeparationError

Fitted = TypeVar("Fitted")


class NotFitted(ValueError):
    """The data do not allow this model; the message says why."""


def fitted(fit: Callable[[], Fitted]) -> Fitted:
    """What ``fit`` returns.

    A model that warns has not come to an answer (it did not converge, or an arm is all alike), so
    that a warning of it is as good as an error.

    Raises:
        NotFitted: The fit failed or warned.
    """
    try:
        with warnings.catch_warnings(), numpy.errstate(all="ignore"):
            warnings.simplefilter("error")
            # Of statsmodels' own making, and of no consequence for what is fitted.
            warnings.simplefilter("ignore", FutureWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            return fit()
    except (LinAlgError, PerfectSeparationError, Warning, ValueError, ZeroDivisionError) as error:
        raise NotFitted(f"the model has no answer: {error}") from error
