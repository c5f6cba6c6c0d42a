"""How heavy a file is, in words: in powers of ten, as disks and networks count, with the sign of the language (Mo, ko, Go)."""

from django.utils.translation import gettext as _

from lierre.foundation.charts.words import number


def weighed(size: float) -> str:
    r"""
    >>> weighed(0), weighed(40), weighed(20_480), weighed(1_000_000), weighed(2_290_000_000)
    ('0\u202fkB', '0.1\u202fkB', '20.5\u202fkB', '1\u202fMB', '2.3\u202fGB')
    """
    thousands = max(size / 1_000, 0.1) if size else 0.0
    for unit in (_("kB"), _("MB")):
        if thousands < 999.5:
            return number(thousands, unit)
        thousands /= 1_000
    return number(thousands, _("GB"))
