"""Refusals: what a domain says when it will not do something."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an accident
    """Carries one translated sentence that tells the person why, and what to do."""
