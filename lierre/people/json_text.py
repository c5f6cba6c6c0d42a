"""JSON as records hold it: without spaces, letters as they are. Millions of lines go through here."""

from typing import Any, Final

import orjson

_AS_RECORDS_DO: Final = orjson.OPT_NON_STR_KEYS


def compact(value: Any) -> str:
    """
    >>> compact({"family": "Hervé", "studies": [{"year": 2014}]})
    '{"family":"Hervé","studies":[{"year":2014}]}'
    """
    return orjson.dumps(value, option=_AS_RECORDS_DO).decode()


parsed = orjson.loads
