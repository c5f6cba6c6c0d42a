"""The rules of the charter, one verb at a time: each change keeps a version and a line of the journal."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.accounts.models import Unit, User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.charter.standing import forget
from lierre.publishing.models import Rule, RuleVersion, UnitSeverity
from lierre.publishing.models.rule import SAID


def write_rule(fields: dict[str, Any], *, by: Any, origin: str = "") -> Rule:
    with transaction.atomic():
        rule = Rule.objects.create(**fields, origin=origin)
        keep_version(rule, by=by)
        record("rule.written", rule, by=by, kind=rule.kind, severity=rule.severity)
    return rule


def change_rule(rule: Rule, fields: dict[str, Any], *, by: Any, seen: int | None = None) -> bool:
    """False when nothing changed. `seen`: the version that was on the screen."""
    with transaction.atomic():
        held = Rule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
        if seen is not None and seen != held.version:
            raise Refused(_("Somebody has changed this rule meanwhile: load the page again."))
        before = held.said
        after = {name: fields.get(name, before[name]) for name in SAID}
        changed = {name: [before[name], after[name]] for name in SAID if before[name] != after[name]}
        if not changed:
            return False
        Rule.objects.filter(pk=rule.pk).update(**after, version=F("version") + 1)
        rule.refresh_from_db()
        keep_version(rule, by=by)
        record("rule.changed", rule, by=by, version=rule.version, changed=changed)
    return True


def take_up(rule: Rule, number: int, *, by: Any) -> None:
    """Say again what a former version said: it becomes the latest one."""
    former = rule.versions.filter(number=number).first()
    if former is None:
        raise Refused(_("This version is not known."))
    if not change_rule(rule, former.said, by=by):
        raise Refused(_("The rule already says this."))


def archive_rule(rule: Rule, *, by: Any) -> None:
    """It says nothing any more. It can be brought back."""
    with transaction.atomic():
        if not Rule.objects.living().filter(pk=rule.pk).update(archived_at=timezone.now()):
            raise Refused(_("This rule is already in the archive."))
        record("rule.archived", rule, by=by)
        forget_soon()


def bring_back(rule: Rule, *, by: Any) -> None:
    with transaction.atomic():
        if not Rule.objects.filter(pk=rule.pk, archived_at__isnull=False).update(archived_at=None):
            raise Refused(_("This rule is not in the archive."))
        record("rule.brought_back", rule, by=by)
        forget_soon()


def set_severity(rule: Rule, unit: Unit, severity: str, *, by: Any) -> None:
    """How serious it is in this unit and below; "" as elsewhere."""
    with transaction.atomic():
        if severity:
            UnitSeverity.objects.update_or_create(rule=rule, unit=unit, defaults={"severity": severity})
        elif not UnitSeverity.objects.filter(rule=rule, unit=unit).delete()[0]:
            return
        record("rule.weighed", rule, by=by, unit=unit.code, severity=severity)
        forget_soon()


def forget_soon() -> None:
    """What was read before this is committed is forgotten too."""
    forget()
    transaction.on_commit(forget)


def keep_version(rule: Rule, *, by: Any) -> None:
    author = by if isinstance(by, User) else None
    RuleVersion.objects.create(rule=rule, number=rule.version, said=rule.said, by=author, by_name=str(by)[:200])
    forget_soon()
