"""Tokens, webhooks and what was sent to them, answers kept so that a request sent twice counts once."""

from lierre.interchange.models.dispatch import Dispatch
from lierre.interchange.models.idempotency import IdempotencyKey
from lierre.interchange.models.token import Token
from lierre.interchange.models.webhook import Webhook

__all__ = ["Dispatch", "IdempotencyKey", "Token", "Webhook"]
