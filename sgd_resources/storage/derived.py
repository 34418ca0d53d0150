"""Reads what was derived and can be derived again: what is damaged is as good as gone, and is made anew.

A cache or a memory must never be what an org fails on. What must not live here: making anything, or reading what cannot
be made again (evidence, uploads), whose damage is an error to be told.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from sgd_resources.errors import CorruptObject, NotFound
from sgd_resources.ports import ObjectStore

T = TypeVar("T")
_log = logging.getLogger(__name__)


def read_derived(store: ObjectStore, key: str, decode: Callable[[bytes], T], *, what: str) -> T | None:
    """The artefact under a key; None when there is none, or none that can be read. A log line tells of damage.

    Args:
        store: where it lies.
        key: its name there.
        decode: turns the bytes into the artefact; says by ValueError, KeyError or TypeError that they are not one.
        what: names it in the log.

    Raises:
        Unavailable: the store cannot be reached. Retry.
    """
    try:
        return decode(store.get(key))
    except NotFound:
        return None
    except (CorruptObject, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        _log.warning("%s is damaged (%s) and is made anew: %s", what, type(error).__name__, key)
        return None
