"""How an operation is written down: its scope, its answer, and the problems it may meet, said in the schema alike."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from ninja import NinjaAPI, Router, Schema
from ninja.constants import NOT_SET

Asked = TypeVar("Asked", bound=Callable[..., Any])
TITLE: Final = "Lierre"
VERSION: Final = "1"


class Problem(Schema):
    """RFC 9457. `detail` is a sentence that says what to do."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Any] | None = None
    scope: str | None = None


api = NinjaAPI(title=TITLE, version=VERSION, urls_namespace="api", docs_url=None, openapi_url=None)
PROBLEMS: Final = (400, 401, 403, 404, 405, 409, 413, 422, 429)


def asks(
    router: Router,
    method: str,
    path: str,
    scope: str,
    answer: Any,
    *,
    name: str,
    summary: str,
    status: int = 200,
    **more: Any,
) -> Callable[[Asked], Asked]:
    """`name` is that of the address, shared by the methods of one path."""
    answers = {status: answer, **dict.fromkeys(PROBLEMS, Problem)}
    extra = {"security": [{"token": [scope] if scope else []}], **more.pop("extra", {})}
    return router.api_operation(
        [method], path, response=answers, url_name=name, summary=summary, operation_id=f"{name}_{method.lower()}",
        openapi_extra=extra, auth=NOT_SET, **more,
    )  # fmt: skip
