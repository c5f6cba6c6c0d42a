"""Two persons become one: what each was in, the one who stays is in. Undone, each has back what it had."""

from lierre.community.models import Membership
from lierre.people.models import Merge
from lierre.people.projection import changed


def merged(merge: Merge) -> None:
    """Where both are known, the row of the one who stays stands, and the other waits underneath."""
    known = Membership.objects.filter(person=merge.kept_id).values("group_id")
    moved = Membership.objects.filter(person=merge.gone_id, merge_id=None).exclude(group__in=known)
    moved.update(person=merge.kept_id, merge_id=merge.pk)
    changed([merge.kept_id, merge.gone_id])


def unmerged(merge: Merge) -> None:
    Membership.objects.filter(merge_id=merge.pk).update(person=merge.gone_id, merge_id=None)
    changed([merge.kept_id, merge.gone_id])
