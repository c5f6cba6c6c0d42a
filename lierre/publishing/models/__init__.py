"""Accounts, posts, their variants, and what leaves: one noun per file."""

from lierre.publishing.models.account import Account
from lierre.publishing.models.ambassador import Ambassador
from lierre.publishing.models.approval import Absence, Signature, Step
from lierre.publishing.models.attachment import Attachment
from lierre.publishing.models.attempt import Attempt
from lierre.publishing.models.calendar_link import CalendarLink
from lierre.publishing.models.click import Click
from lierre.publishing.models.client_key import ClientKey
from lierre.publishing.models.comment import Comment, Mention
from lierre.publishing.models.delivery import Delivery
from lierre.publishing.models.digest import Digest
from lierre.publishing.models.embargo import Embargo
from lierre.publishing.models.exception import CharterException
from lierre.publishing.models.film_copy import FilmCopy
from lierre.publishing.models.heard import Heard, Hearing
from lierre.publishing.models.key_alert import KeyAlert
from lierre.publishing.models.landmark import Landmark
from lierre.publishing.models.link import Link
from lierre.publishing.models.link_template import LinkTemplate
from lierre.publishing.models.mailing import Mailing
from lierre.publishing.models.mailing_exception import MailingException
from lierre.publishing.models.mailing_review import MailingReview
from lierre.publishing.models.mailing_rules import MailingRules
from lierre.publishing.models.material import Material
from lierre.publishing.models.measurement import Measurement
from lierre.publishing.models.measurement_watch import Watch
from lierre.publishing.models.medium import Medium
from lierre.publishing.models.medium_likeness import Likeness
from lierre.publishing.models.notice import Notice
from lierre.publishing.models.opening import Opening
from lierre.publishing.models.own_account import OwnAccount
from lierre.publishing.models.own_delivery import OwnAttempt, OwnDelivery
from lierre.publishing.models.own_opening import OwnOpening
from lierre.publishing.models.own_text import OwnText
from lierre.publishing.models.post import Post
from lierre.publishing.models.posts_file import PostsFile
from lierre.publishing.models.recipient import Recipient
from lierre.publishing.models.review import Reminder, Review
from lierre.publishing.models.rule import Rule, RuleVersion, UnitSeverity
from lierre.publishing.models.series import Occurrence, Series
from lierre.publishing.models.slot import Pause, Place, Slot
from lierre.publishing.models.story import Story
from lierre.publishing.models.variant import Variant
from lierre.publishing.models.version import Version

__all__ = [
    "Absence", "Account", "Ambassador", "Attachment", "Attempt", "CalendarLink", "CharterException", "Click", "ClientKey",
    "Comment", "Delivery", "Digest", "Embargo", "FilmCopy", "Heard", "Hearing", "KeyAlert", "Landmark", "Likeness", "Link",
    "LinkTemplate", "Mailing", "MailingException", "MailingReview", "MailingRules", "Material", "Measurement", "Medium",
    "Mention", "Notice", "Occurrence", "Opening", "OwnAccount", "OwnAttempt", "OwnDelivery", "OwnOpening", "OwnText",
    "Pause", "Place", "Post", "PostsFile", "Recipient", "Reminder", "Review", "Rule", "RuleVersion", "Series", "Signature",
    "Slot", "Step", "Story", "UnitSeverity", "Variant", "Version", "Watch",
]  # fmt: skip
