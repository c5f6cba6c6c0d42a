"""What SCIM clients ask first: what is supported, which resources there are, what they are made of."""

from typing import Any, Final

from django.conf import settings

from lierre.interchange.scim import groups, users
from lierre.interchange.scim.answers import MOST

CORE: Final = "urn:ietf:params:scim:schemas:core:2.0"
NO: Final = {"supported": False}


def location(name: str) -> str:
    return f"{settings.ADDRESS}/scim/v2/{name}"


def configuration() -> dict[str, Any]:
    return {
        "schemas": [f"{CORE}:ServiceProviderConfig"],
        "patch": NO, "bulk": {**NO, "maxOperations": 0, "maxPayloadSize": 0}, "changePassword": NO, "sort": NO, "etag": NO,
        "filter": {"supported": True, "maxResults": MOST},
        "authenticationSchemes": [
            {"type": "oauthbearertoken", "name": "Bearer", "primary": True,
             "description": "A token with the scope accounts:read, made in Lierre."}
        ],
        "meta": {"resourceType": "ServiceProviderConfig", "location": location("ServiceProviderConfig")},
    }  # fmt: skip


def resource_types() -> list[dict[str, Any]]:
    return [
        {
            "schemas": [f"{CORE}:ResourceType"], "id": name, "name": name, "endpoint": f"/{name}s", "schema": schema,
            "description": description,
            "meta": {"resourceType": "ResourceType", "location": location(f"ResourceTypes/{name}")},
        }
        for name, schema, description in (
            ("User", users.SCHEMA, "An account"),
            ("Group", groups.SCHEMA, "A role in a unit"),
        )
    ]  # fmt: skip


def attribute(
    name: str, kind: str = "string", *parts: dict[str, Any], many: bool = False, **more: Any
) -> dict[str, Any]:
    said = {
        "name": name, "type": kind, "multiValued": many, "required": False, "mutability": "readOnly",
        "returned": "default", "caseExact": False, "uniqueness": "none", "description": name, **more,
    }  # fmt: skip
    return said | ({"subAttributes": list(parts)} if parts else {})


VALUE: Final = attribute("value")
SCHEMAS: Final = {
    users.SCHEMA: (
        "User",
        attribute("userName", required=True, uniqueness="server"),
        attribute("displayName"),
        attribute("name", "complex", attribute("formatted")),
        attribute("active", "boolean"),
        attribute("preferredLanguage"),
        attribute("emails", "complex", VALUE, attribute("primary", "boolean"), many=True),
        attribute("groups", "complex", VALUE, attribute("display"), attribute("$ref", "reference"), many=True),
        attribute("roles", "complex", VALUE, many=True),
    ),
    groups.SCHEMA: (
        "Group",
        attribute("displayName", required=True),
        attribute("members", "complex", VALUE, attribute("display"), attribute("$ref", "reference"), many=True),
    ),
}


def schemas() -> list[dict[str, Any]]:
    return [
        {
            "schemas": [f"{CORE}:Schema"], "id": number, "name": name, "description": name, "attributes": attributes,
            "meta": {"resourceType": "Schema", "location": location(f"Schemas/{number}")},
        }
        for number, (name, *attributes) in SCHEMAS.items()
    ]  # fmt: skip
