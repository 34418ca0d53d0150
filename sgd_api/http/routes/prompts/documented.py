"""What a route says of itself in the OpenAPI description beyond its signature.

What must not live here: making the description (`sgd_api/http/openapi.py`).
"""

from typing import Any

from sgd_api.http.bodies.base import Body

CREATED: dict[int | str, dict[str, Any]] = {201: {"description": "kept; Location says where"}}


def documented(model: type[Body], *, may_be_empty: bool = False) -> dict[str, Any]:
    """`openapi_extra` of a route that reads its body by our own reader."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": not may_be_empty, "content": {"application/json": {"schema": schema}}}}
