"""A value that cannot be taken, with the code of the fault that says why."""


class Misread(ValueError):  # noqa: N818 - the domain's word
    """`code` is one of `faults.py`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
