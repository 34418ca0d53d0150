"""Keeps asset values (manifests, canons) as JSON in the object store, one object per org and asset.

Only small manifests pass here; the bytes they name are content-addressed and never travel through Dagster. A value is
always `dict[org_id, model]`, also for one partition. What must not live here: what the manifests mean.
"""

from collections.abc import Mapping
from typing import Protocol

from dagster import InputContext, IOManager, OutputContext
from pydantic import BaseModel, ValidationError

from sgd_resources.errors import BrokenContract, NotFound
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.keys import manifest_key


class StoreSource(Protocol):
    """Something that gives the object store on first use."""

    def client(self) -> ObjectStore:
        """The store."""
        ...


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

    def load_input(self, context: InputContext) -> dict[str, BaseModel]:
        """The values of the partitions this run covers.

        Raises:
            NotFound: an org's upstream asset was never materialized.
            BrokenContract: the stored JSON no longer has the model's shape.
        """
        name = context.asset_key.path[-1]
        return {org_id: self.read(name, org_id) for org_id in context.asset_partition_keys}

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
