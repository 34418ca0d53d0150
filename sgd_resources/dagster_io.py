"""Keeps asset values (manifests, canons) as JSON in the object store, one object per org and asset.

Only small manifests pass here; the bytes they name are content-addressed and never travel through Dagster. A value is
always `dict[org_id, model]`, also for one partition. What must not live here: what the manifests mean.
"""

from collections.abc import Mapping
from typing import Protocol

from dagster import InputContext, IOManager, OutputContext
from pydantic import BaseModel, ValidationError

from sgd_resources.errors import BrokenContract, NotFound, SgdError, Unavailable
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.keys import manifest_key


class StoreSource(Protocol):
    """Something that gives the object store on first use."""

    def client(self) -> ObjectStore:
        """The store."""
        ...


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
    """

    def __init__(self, store: StoreSource, shapes: Mapping[str, type[BaseModel]]) -> None:
        self._store = store
        self._shapes = shapes

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
        """One org's value of one asset. Raises NotFound, BrokenContract."""
        try:
            data = self._store.client().get(manifest_key(org_id, asset_name))
        except NotFound as error:
            raise NotFound(f"there is no {asset_name} of {org_id} yet") from error
        try:
            return self._shapes[asset_name].model_validate_json(data)
        except ValidationError as error:
            raise BrokenContract(
                f"the stored {asset_name} of {org_id} has another shape; materialize it again",
                details={"errors": [fault["type"] for fault in error.errors(include_input=False, include_url=False)]},
            ) from error
