"""Reading files as a preset that someone names, instead of the one that their content tells."""

from typing import Any

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.people.importing.dialects import DOCUMENTS, SILENT, by_name, suggest
from lierre.people.importing.parts import GENERIC, part_of
from lierre.people.importing.table import Row, Table
from lierre.people.models import Delivery, Import


def read_as(imported: Import, name: str, *, by: Any) -> None:
    """Raises Refused, and abandons the import, when one of its files cannot be read so."""
    try:
        for delivery in imported.deliveries.all():
            read_one_as(delivery, name, by=by)
    except Refused:
        imported.become_ready()
        imported.abandon(by=by)
        raise
    imported.become_ready()


def read_one_as(delivery: Delivery, name: str, *, by: Any) -> None:
    part = part_of(delivery)
    told = {"file": delivery.name, "name": name}
    if isinstance(part, Table) == (name in {dialect.name for dialect in DOCUMENTS}):
        raise Refused(_("“%(file)s” cannot be read as %(name)s.") % told)
    if isinstance(part, Table) and name == GENERIC:
        delivery.map_columns(suggest(part.header, (row for row in part.rows() if isinstance(row, Row))), by=by)
        return
    if isinstance(part, Table) and name not in SILENT and not any(by_name(name).columns(part.header).values()):
        raise Refused(_("No column of “%(file)s” is known to %(name)s.") % told)
    delivery.dialect, delivery.order = name, by_name(name).order
    delivery.save(update_fields=["dialect", "order"])
