"""Persons who may be one: found, judged, merged, given back. Nothing is erased and nothing is asked twice."""
