"""What is held about somebody who signs in: the rows where they are named."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet


def of_user(model: type[Model], *names: str) -> Callable[[Any], QuerySet[Any]]:
    """The rows of a table where one of these fields is this user; none about anybody else."""

    def rows(someone: Any) -> QuerySet[Any]:
        found = model._default_manager.all()
        if not isinstance(someone, get_user_model()):
            return found.none()
        asked = Q(pk__in=[])
        for name in names:
            asked |= Q(**{name: someone})
        return found.filter(asked)

    return rows


def forget_user(model: type[Model], *names: str) -> Callable[[Any], int]:
    """The rows stay; none of these fields says any more that it was them."""

    def forget(someone: Any) -> int:
        return sum(of_user(model, name)(someone).update(**{name: None}) for name in names)

    return forget
