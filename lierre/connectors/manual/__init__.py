"""Any network by hand: the text is prepared, a person publishes it there and pastes its address. No approval is needed."""

from lierre.connectors.manual.network import Manual
from lierre.connectors.manual.places import PLACES, Place, place_of
from lierre.connectors.manual.task import Task, task_of

__all__ = ["PLACES", "Manual", "Place", "Task", "place_of", "task_of"]
