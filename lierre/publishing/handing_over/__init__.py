"""What hangs on somebody in publishing: accounts, their keys, what is planned, what they must approve."""

from lierre.accounts.handover import declare, tell_with
from lierre.publishing.handing_over.accounts import DEPUTIES, KEYS, OWNED, TOKENS
from lierre.publishing.handing_over.answers import ANSWERS
from lierre.publishing.handing_over.approvals import STANDING_IN, STEPS
from lierre.publishing.handing_over.conversations import CONVERSATIONS
from lierre.publishing.handing_over.mailings import MAILINGS
from lierre.publishing.handing_over.posts import POSTS
from lierre.publishing.handing_over.series import SERIES
from lierre.publishing.handing_over.telling import tell

declare(OWNED, DEPUTIES, TOKENS, KEYS, POSTS, SERIES, MAILINGS, STEPS, STANDING_IN, CONVERSATIONS, ANSWERS)
tell_with(tell)
