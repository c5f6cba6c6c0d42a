"""Segments: live questions that have a name, reused wherever persons are chosen. `people` is what other domains call."""

from typing import Any

from lierre.people.directory.viewer import Viewer


def people(segment: Any, viewer: Viewer) -> list[int]:
    """The numbers of those who answer now, among those who exist for this viewer. Ask it outside a transaction."""
    from lierre.people.directory.snapshot import sight_of
    from lierre.people.segments.evaluating import ids_of
    from lierre.people.segments.question import read

    found: list[int] = ids_of(sight_of(viewer), read(segment.question), (segment.pk,)).tolist()
    return found


def may_be_written_to(segment: Any, viewer: Viewer) -> list[int]:
    """Of these, those whom nothing sets aside."""
    import numpy as np

    from lierre.people.segments.suppressing import funnel

    found: list[int] = funnel(np.array(people(segment, viewer), np.int64)).kept.tolist()
    return found
