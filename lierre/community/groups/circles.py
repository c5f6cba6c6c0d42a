"""What the directory asks of groups: see `lierre.people.directory.circles`."""

from collections.abc import Collection
from typing import cast

from lierre.community.models import Membership
from lierre.people.directory.circles import Numbers


class GroupCircles:
    def of_account(self, user_id: int) -> dict[int, str]:
        held = Membership.objects.within().filter(person__account=user_id)
        return dict(held.values_list("group_id", "group__name"))

    def members(self, groups: Collection[int]) -> Numbers:
        return cast(Numbers, Membership.objects.within().filter(group__in=groups).values_list("person_id", flat=True))
