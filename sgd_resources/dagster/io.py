"""Keeps asset values (manifests, canons) as JSON in the object store, one object per org and asset.

A value that is damaged, or of the shape of another release, is made anew by whoever knows how (`remake`). Only small
manifests pass here; the bytes they name are content-addressed and never travel through Dagster. A value is always
`dict[org_id, model]`, also for one partition. What must not live here: what the manifests mean.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Protocol

from dagster import InputContext, IOManager, OutputContext
from pydantic import BaseModel

from sgd_resources.errors import BrokenContract, CorruptObject, NotFound, SgdError, Unavailable
from sgd_resources.ports import ObjectStore
from sgd_resources.shown.first_step import first_step
from sgd_resources.storage.keys import manifest_key


class StoreSource(Protocol):
    """Something that gives the object store on first use."""

    def client(self) -> ObjectStore:
        """The store."""
        ...


Remake = Callable[[str, "ManifestIOManager"], BaseModel]
"""An org and the manager, for the values upstream -> the org's value, from what it was made of."""
_log = logging.getLogger(__name__)


class ByOrg(dict[str, BaseModel]):
    """Org id to that org's value. Asking for one that could not be read raises why, so that it fails that org alone."""

    def __init__(self, values: Mapping[str, BaseModel], unread: Mapping[str, SgdError]) -> None:
        super().__init__(values)
        self.unread = dict(unread)

    def __missing__(self, org_id: str) -> BaseModel:
        raise self.unread[org_id]


class ManifestIOManager(IOManager):
    """Writes and reads `manifests/{asset}.json` below each org's prefix.

    Args:
        store: gives the object store on first use.
        shapes: asset name to the model its value has.
        remake: asset name to how a value that is damaged is made anew.
    """

    def __init__(
        self, store: StoreSource, shapes: Mapping[str, type[BaseModel]], remake: Mapping[str, Remake] | None = None
    ) -> None:
        self._store = store
        self._shapes = shapes
        self._remake = dict(remake or {})

    def handle_output(self, context: OutputContext, obj: dict[str, BaseModel]) -> None:
        """Write each org's value. Overwrites atomically, so a reader sees the old or the new manifest."""
        name = context.asset_key.path[-1]
        for org_id, value in obj.items():
            self.write(name, org_id, value)

    def load_input(self, context: InputContext) -> ByOrg:
        """The values of the partitions this run covers; an org's that cannot be read raises when it is asked for."""
        name = context.asset_key.path[-1]
        values: dict[str, BaseModel] = {}
        unread: dict[str, SgdError] = {}
        down: Unavailable | None = None
        for org_id in context.asset_partition_keys:
            if down is not None:
                unread[org_id] = down  # each would wait for the same time-out
                continue
            try:
                values[org_id] = self.read(name, org_id)
            except SgdError as error:
                unread[org_id] = error
                down = error if isinstance(error, Unavailable) else None
        return ByOrg(values, unread)

    def write(self, asset_name: str, org_id: str, value: BaseModel) -> None:
        """Store one org's value of one asset."""
        data = value.model_dump_json().encode("utf-8")
        self._store.client().put(manifest_key(org_id, asset_name), data, content_type="application/json")

    def read(self, asset_name: str, org_id: str) -> BaseModel:
        """One org's value of one asset; a damaged one is made anew and stored.

        Raises:
            NotFound: it was never made.
            BrokenContract: it is damaged, and nothing here knows how to make it.
            Unavailable: the store, or what it is made of, cannot be reached. Retry.
        """
        shape = self._shapes[asset_name]
        try:
            value = shape.model_validate_json(self._store.client().get(manifest_key(org_id, asset_name)))
            if getattr(value, "org_id", org_id) != org_id:
                raise ValueError("the value of another org")
        except NotFound as error:
            raise NotFound(f"there is no {asset_name} of {org_id} yet: {first_step(org_id)}") from error
        except (CorruptObject, ValueError) as error:
            return self._made_anew(asset_name, org_id, error)
        return value

    def _made_anew(self, asset_name: str, org_id: str, error: Exception) -> BaseModel:
        remake = self._remake.get(asset_name)
        if remake is None:
            raise BrokenContract(
                f"the stored {asset_name} of {org_id} is damaged or of another shape; materialize it again"
            ) from error
        _log.warning("the stored %s of %s is damaged (%s) and is made anew", asset_name, org_id, type(error).__name__)
        value = remake(org_id, self)
        self.write(asset_name, org_id, value)
        return value
