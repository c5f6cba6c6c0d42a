"""A lease: the right to work on a row until a time. Nobody holds a lock meanwhile; whoever dies loses it by itself."""

import os
import secrets
import socket
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

# Four beats of a pulse: one that is late takes nothing away.
LEASE: Final = timedelta(seconds=60)


def new_holder() -> str:
    """A name no one else has: the machine and process, for whoever reads it, and a part drawn at random."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(6)}"


def lease_end() -> datetime:
    return timezone.now() + LEASE
