"""Dagster resources over the outside world: each port's client behind one, built on first use.

A resource holds a recipe (`sgd_resources/lazy.py`), not a connection, so that loading definitions does no I/O; the
client it makes is kept for the life of the process, so that a warm worker pays for it once. Settings choose the client,
never an edit here. What must not live here: the clients themselves.
"""

from typing import TypeVar

from dagster import ResourceDefinition

from sgd_resources.lazy import Lazy

T = TypeVar("T")


def as_definition(resource: Lazy[T]) -> ResourceDefinition:
    """What Definitions take: the resource with its description for the UI."""
    return ResourceDefinition.hardcoded_resource(resource, description=resource.description)
