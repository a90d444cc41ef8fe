"""Long columns of numbers that grow."""

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt


class Growing:
    """A column of numbers of one `array` type, which costs no Python object a number."""

    def __init__(self, code: str) -> None:
        self._numbers: array[Any] = array(code)

    def __len__(self) -> int:
        return len(self._numbers)

    def append(self, number: float) -> None:
        self._numbers.append(number)

    def extend(self, numbers: Iterable[float]) -> None:
        self._numbers.extend(numbers)

    def array(self) -> npt.NDArray[Any]:
        """The numbers, without a copy; the column must not grow any more."""
        kind = np.dtype(self._numbers.typecode)
        return np.frombuffer(self._numbers, dtype=kind) if self._numbers else np.empty(0, dtype=kind)
