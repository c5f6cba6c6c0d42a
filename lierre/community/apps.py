"""Registers the domain with Django."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "lierre.community"
    label = "community"

    def ready(self) -> None:
        from lierre.community.groups import following
        from lierre.community.groups.circles import GroupCircles
        from lierre.people.directory.circles import answer_with
        from lierre.people.merging import follow_merges

        answer_with(GroupCircles())
        follow_merges(following.merged, following.unmerged)
