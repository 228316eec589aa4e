"""Named points at which a test lets the process die, as a power failure would. In use there are none."""

import os
import signal
from collections.abc import Callable, Iterable
from itertools import count
from typing import TypeVar

from django.conf import settings

T = TypeVar("T")

_point, _, _number = settings.DIE_AT.partition(":")
_passes = count(1)


def die_at(point: str) -> None:
    """The process ends here if this is the point, and the pass, that somebody has asked for."""
    if point == _point and next(_passes) == int(_number or 1):
        os.kill(os.getpid(), signal.SIGKILL)


def through(point: str, items: Iterable[T], reached: Callable[[int, T], bool]) -> Iterable[T]:
    """The same items; where this is the point, it lies before the first item of which `reached` is true."""
    return _watched(items, reached) if point == _point else items


def _watched(items: Iterable[T], reached: Callable[[int, T], bool]) -> Iterable[T]:
    passed = False
    for number, item in enumerate(items):
        if not passed and reached(number, item):
            passed = True
            die_at(_point)
        yield item
