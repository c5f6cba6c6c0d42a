"""Every address of the house, found by walking the resolver, and an example of each that takes something.

A new address with a parameter must be given an example here, or the tests that walk the house stop and say so.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lierre.people.fold.folding import position_key
from lierre.people.models import Record
from lierre.people.readings.sheet import Sheet
from lierre.people.views.correcting import key_name
from lierre.privacy.letters import keep_token
from lierre.privacy.preferences import token_for
from lierre.publishing import confirming
from lierre.publishing.models import LinkTemplate
from lierre.publishing.reviewing import token_of
from tests.correspondence import OF_LETTERS
from tests.house import Belongings, House
from tests.links import poster
from tests.pictures import attachment, film_copy, likeness, medium, opened_outside
from tests.rhythm import about
from tests.speaking import of_the_delivery, of_the_message, of_the_story, of_the_topic, of_the_visual

Arguments = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Address:
    """`name`: "people:person". `route`: "personnes/<slug:public_id>/". `takes`: the names of its parameters."""

    name: str
    route: str
    takes: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def area(self) -> str:
        """The first word of the path: what the address is about."""
        return self.route.lstrip("^").split("/")[0] or "accueil"

    @property
    def shown(self) -> str:
        """The path as a reader sees it, with … where something is named."""
        return "/" + re.sub(
            r"<[^>]*>|\(\?P<[^()]*\)|[\^$\\]", lambda found: "…" if len(found[0]) > 1 else "", self.route
        )

    def examples(self, house: House) -> list[str]:
        """Paths that exist, the one that tells most first."""
        if not self.takes:
            return [reverse(self.name)]
        if self.takes == ("form",) and self.name not in EXAMPLES:
            return [reverse(self.name, kwargs={"form": form}) for form in ("csv", "xlsx")]
        if self.name not in EXAMPLES:
            raise LookupError(f"Give {self.name} ({self.route}) an example in tests/addresses.py, EXAMPLES.")
        return [reverse(self.name, kwargs=arguments) for arguments in EXAMPLES[self.name](house)]

    def own(self, belongings: Belongings) -> str | None:
        """The path of what someone brought or asked themselves, where that makes a difference."""
        return reverse(self.name, kwargs=OWN[self.name](belongings)) if self.name in OWN else None


def addresses() -> list[Address]:
    """All of them, each once, in the order of their paths."""
    found = {each.name: each for each in walk(get_resolver())}
    return sorted(found.values(), key=lambda each: each.route.lstrip("^"))


def walk(resolver: URLResolver, before: str = "", taken: tuple[str, ...] = (), space: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route, takes = before + str(pattern.pattern), (*taken, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, route, takes, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            assert isinstance(pattern, URLPattern)
            yield Address(f"{space}{pattern.name}", route, takes, pattern.callback)


def position_of(person: Any) -> str:
    """How one of the positions of someone is named in an address."""
    item, _record = Sheet.for_everyone_to_know(person).folded.positions[0]
    return key_name(position_key(item))


def said_by(belongings: Belongings) -> int:
    """What someone said of themselves here, last."""
    return Record.objects.filter(person=belongings.person, source__kind="member").latest("pk").pk


def about_person(house: House, **more: Any) -> list[Arguments]:
    return [{"public_id": house.person.public_id, **more}]


def per_group(house: House, *groups: str) -> list[Arguments]:
    return [argument for group in groups for argument in about_person(house, group=group)]


GROUPS = ("identite", "profil", "etats", "etudes", "postes", "coordonnees")
LISTS = ("postes", "etudes", "coordonnees")
EXAMPLES: dict[str, Callable[[House], list[Arguments]]] = {
    "foundation:work": lambda house: [{"work_id": house.work.pk}],
    "foundation:cancel_work": lambda house: [{"work_id": house.work.pk}],
    "foundation:hasten_duty": lambda _house: [{"name": "people.watch_folder"}],
    "accounts:unit": lambda house: [{"unit_id": unit.pk} for unit in (house.school, house.university, house.closed)],
    "accounts:change_unit": lambda house: [{"unit_id": house.school.pk}],
    "accounts:move_unit": lambda house: [{"unit_id": house.school.pk}],
    "accounts:close_unit": lambda house: [{"unit_id": house.school.pk}],
    "accounts:reopen_unit": lambda house: [{"unit_id": house.closed.pk}],
    "accounts:user": lambda house: [{"user_id": house.role.user_id}],
    "accounts:give_role": lambda house: [{"user_id": house.role.user_id}],
    "accounts:withdraw_role": lambda house: [{"user_id": house.role.user_id, "role_id": house.role.pk}],
    "accounts:act_as": lambda house: [{"user_id": house.users["graduate"].pk}],
    "accounts:handover": lambda house: [{"user_id": house.users["communication"].pk}],
    "accounts:user_act": lambda house: [
        {"user_id": house.role.user_id, "name": name} for name in ("desactiver", "reactiver", "deconnecter", "oublier-cles")
    ],
    "accounts:right": lambda _house: [{"name": "see_persons"}],
    "accounts:send_invitation_again": lambda house: [{"invitation_id": house.invitation.pk}],
    "accounts:withdraw_invitation": lambda house: [{"invitation_id": house.invitation.pk}],
    "accounts:join": lambda house: [{"token": house.invitation.token}],
    "people:directory_facet": lambda _house: [{"parameter": "promotion"}, {"parameter": "employeur"}],
    "people:forget_search": lambda house: [{"search_id": house.search.pk}],
    "people:person": about_person,
    "people:history": about_person,
    "people:correct": lambda house: per_group(house, *GROUPS),
    "people:correct_item": lambda house: about_person(house, group="postes", key=position_of(house.person)),
    "people:add": lambda house: per_group(house, *LISTS),
    "people:same_as": about_person,
    "people:erase": about_person,
    "people:record": lambda house: [{"record_id": house.record.pk}, {"record_id": house.decision.record_id}],
    "people:separate": lambda house: [{"record_id": house.record.pk}],
    "people:attach": lambda house: [{"record_id": house.record.pk}],
    "people:undo": lambda house: [{"decision_id": house.decision.pk}],
    "people:duplicate": lambda house: [{"suspicion_id": house.suspicion.pk}],
    "people:sampled": lambda house: [{"pair_id": house.sampled.pk}],
    "people:unmerge": lambda house: [{"merge_id": house.merge.pk}],
    "people:split": about_person,
    "people:own_correct": lambda _house: [{"group": group} for group in GROUPS],
    "people:own_correct_item": lambda house: [
        {"group": "postes", "key": position_of(house.belongings[house.everybody.pk].person)}
    ],
    "people:own_copy": lambda _house: [{"kind": kind} for kind in ("fiche", "valeurs", "cv")],
    "people:own_pause": lambda _house: [{"act": act} for act in ("arreter", "reprendre")],
    "people:own_take_back": lambda house: [{"record_id": said_by(house.belongings[house.everybody.pk])}],
    "people:own_add": lambda _house: [{"group": group} for group in LISTS],
    "people:claim": lambda house: [{"claim_id": claim.pk} for claim in (house.claim, house.recognised)],
    "people:judge_claim": lambda house: [{"claim_id": house.claim.pk, "act": act} for act in ("accepter", "refuser")],
    "people:open_claim": lambda house: [{"token": house.recognised.token}],
    "people:rename": about_person,
    "people:end_delegate": lambda house: [{"delegate_id": house.delegate.pk}],
    "people:answer_for": lambda house: [{"claim_id": house.claim.pk}],
    "people:import": lambda house: [
        {"import_id": imported.pk} for imported in (house.applied, house.rehearsed, house.received)
    ],
    "people:rehearse": lambda house: [{"import_id": house.rehearsed.pk}],
    "people:mapping": lambda house: [
        {"import_id": house.received.pk, "delivery_id": house.received.deliveries.earliest("pk").pk}
    ],
    "people:confirm_import": lambda house: [
        {"import_id": house.rehearsed.pk, "act": "appliquer"}, {"import_id": house.applied.pk, "act": "defaire"},
        {"import_id": house.received.pk, "act": "abandonner"},
    ],
    "people:quarantined_line": lambda house: [
        {"line_id": line.pk} for line in (house.line, house.to_decide, house.resembling)
    ],
    "people:choose_person": lambda house: [{"line_id": house.to_decide.pk}],
    "people:drop_line": lambda house: [{"line_id": house.line.pk}],
    **{
        f"people:{name}": lambda house: [{"segment_id": house.segment.pk}]
        for name in ("segment", "change_segment", "take_segment", "forget_segment")
    },
    "people:take_export": lambda house: [{"export_id": house.export.pk}],
    "people:destroy_export": lambda house: [{"export_id": house.export.pk}],
    "people:source": lambda house: [{"source_id": house.source.pk}],
    "privacy:controller": lambda house: [{"controller_id": house.agreement.giver_id}],
    "privacy:purpose": lambda house: [{"purpose_id": house.purpose.pk}],
    "privacy:change_purpose": lambda house: [{"purpose_id": house.purpose.pk}],
    "privacy:close_purpose": lambda house: [{"purpose_id": house.purpose.pk}],
    "privacy:agreement": lambda house: [{"agreement_id": house.agreement.pk}],
    "privacy:end_agreement": lambda house: [{"agreement_id": house.agreement.pk}],
    "privacy:person": about_person,
    "privacy:note": about_person,
    "privacy:preferences": lambda house: [{"token": token_for(house.person)}],
    "privacy:keep": lambda house: [{"token": keep_token(house.person)}],
    "privacy:follow": lambda house: [{"token": house.asked.token}],
    "privacy:request": lambda house: [{"request_id": house.asked.pk}],
    "privacy:identify_request": lambda house: [{"request_id": house.asked.pk}],
    "privacy:package": lambda house: [{"request_id": house.asked.pk}],
    "privacy:request_act": lambda house: [
        {"request_id": house.asked.pk, "name": name} for name in ("repondre", "confier", "prolonger", "refuser", "effacer")
    ],
    "privacy:notice": lambda _house: [
        {"population": name} for name in ("diplomes", "etudiants", "personnels", "recruteurs")
    ],
    "privacy:export_notice": lambda _house: [{"population": "diplomes", "form": form} for form in ("odt", "pdf")],
    "privacy:export_register": lambda _house: [{"form": form} for form in ("odt", "pdf")],
    "privacy:breach_notification": lambda house: [
        {"breach_id": house.breach.pk, "form": form} for form in ("odt", "pdf")
    ],
    "privacy:breach": lambda house: [{"breach_id": house.breach.pk}],
    "privacy:describe_breach": lambda house: [{"breach_id": house.breach.pk}],
    "privacy:authority": lambda house: [{"breach_id": house.breach.pk}],
    "community:campaign": lambda house: [{"campaign_id": house.ask.campaign_id}],
    "community:campaign_act": lambda house: [
        {"campaign_id": house.ask.campaign_id, "name": name} for name in ("envoyer", "arreter", "abandonner")
    ],
    "community:answer": lambda house: [{"token": house.ask.token}],
    "community:stop_at_once": lambda house: [{"token": house.ask.token}],
    "community:group": lambda house: [{"group_id": house.group.pk}],
    "community:export_members": lambda house: [{"group_id": house.group.pk, "form": form} for form in ("csv", "xlsx")],
    "community:invite": lambda house: [{"group_id": house.group.pk}],
    "community:close_group": lambda house: [{"group_id": house.group.pk}],
    "community:group_act": lambda house: [
        {"group_id": house.group.pk, "act": act} for act in ("demander", "quitter", "accepter", "decliner")
    ],
    "community:host_act": lambda house: [
        {"group_id": house.group.pk, "membership_id": house.membership.pk, "act": act}
        for act in ("accueillir", "refuser", "retirer", "confier", "reprendre")
    ],
    **{
        f"community:{name}": lambda house: [{"ceremony_id": house.ceremony.pk}]
        for name in ("ceremony", "code", "close_ceremony")
    },
    "community:printed": lambda house: [
        {"ceremony_id": house.ceremony.pk, "sheet": sheet} for sheet in ("affiche", "cartes")
    ],
    "community:export_roll": lambda house: [{"ceremony_id": house.ceremony.pk, "form": form} for form in ("csv", "xlsx")],
    "community:welcome": lambda house: [{"token": house.ceremony.token}],
    "community:welcome_done": lambda house: [{"token": house.ceremony.token}],
    "community:confirm_capture": lambda house: [{"token": house.capture.link.rstrip("/").rpartition("/")[2]}],
    "community:handle_report": lambda house: [
        {"proposal_id": house.proposal.pk, "act": act} for act in ("classer", "ecarter")
    ],
    "community:lift_bar": about_person,
    "community:found": lambda house: [{"token": house.proposal.token}],
    "publishing:followed": lambda house: [{"token": house.said.link.token}],
    "publishing:come_back": lambda house: [{"absence_id": house.said.absence.pk}],
    "publishing:delivery": lambda house: [{"delivery_id": house.said.delivery.pk}],
    "publishing:write_there": lambda house: [{"delivery_id": house.said.delivery.pk}],
    "publishing:ask_network": lambda house: [{"delivery_id": house.said.delivery.pk}],
    "publishing:delivery_act": lambda house: [
        {"delivery_id": house.said.delivery.pk, "name": name} for name in ("absente", "envoyer", "abandonner")
    ],
    "publishing:drop_step": lambda house: [{"step_id": house.said.step.pk}],
    **{
        f"publishing:{name}": lambda house: [{"account_id": house.said.account.pk}]
        for name in ("account", "try_account", "archive_account", "ask_step", "confirm_account")
    },
    "publishing:account_act": lambda house: [
        {"account_id": house.said.account.pk, "name": name} for name in ("demander", "ressortir")
    ],
    "publishing:connect_account": lambda house: [{"account_id": house.said.account.pk}],
    "publishing:opening": lambda _house: [{"opening_id": 1}],
    "publishing:leave_for_network": lambda _house: [{"opening_id": 1}],
    **dict.fromkeys(
        (f"publishing:{name}" for name in ("posts_file", "write_posts_file", "refused_lines")), lambda _house: [about("file_id")]
    ),
    **dict.fromkeys(
        (f"publishing:{name}" for name in ("a_series", "change_series", "stop_series")), lambda _house: [about("series_id")]
    ),
    "publishing:queue": lambda house: [{"account_id": house.said.account.pk}],
    "publishing:queue_act": lambda house: [
        {"account_id": house.said.account.pk, "name": name} for name in ("suspendre", "reprendre")
    ],
    "publishing:drop_slot": lambda _house: [about("slot_id")],
    "publishing:place_act": lambda _house: [about("place_id", name=name) for name in ("avant", "apres", "retirer")],
    "publishing:put_in_queue": lambda house: [{"post_id": house.said.submitted.pk}],
    **dict.fromkeys(("publishing:embargo", "publishing:lift_embargo"), lambda _house: [about("embargo_id")]),
    **dict.fromkeys(("publishing:landmark", "publishing:archive_landmark"), lambda _house: [about("landmark_id")]),
    "publishing:post": lambda house: [{"post_id": house.said.submitted.pk}, {"post_id": house.said.post.pk}],
    "publishing:versions": lambda house: [{"post_id": house.said.submitted.pk}],
    "publishing:hand_on": lambda house: [{"post_id": house.said.submitted.pk}],
    "publishing:take_up_version": lambda house: [{"post_id": house.said.submitted.pk, "number": 1}],
    "publishing:post_act": lambda house: [
        {"post_id": house.said.submitted.pk, "name": name}
        for name in ("planifier", "soumettre", "urgence", "retirer", "approuver", "renvoyer")
    ],
    **dict.fromkeys(
        (f"publishing:{name}" for name in ("link", "export_clicks", "archive_link", "bring_link_back")),
        lambda _house: [{"link_id": poster().pk}],
    ),
    "publishing:link_square": lambda _house: [{"link_id": poster().pk, "form": form} for form in ("svg", "png")],
    "publishing:follow": lambda _house: [{"code": poster().code}],
    "publishing:drop_link_template": lambda _house: [{"template_id": LinkTemplate.objects.exclude(unit=None).latest("pk").pk}],
    **dict.fromkeys(
        ("publishing:type_followers", "publishing:export_figures"), lambda house: [{"account_id": house.said.account.pk}]
    ),
    "publishing:type_figures": lambda house: [{"delivery_id": house.said.delivery.pk}],
    **dict.fromkeys(("publishing:own_text", "publishing:material"), lambda _house: [of_the_topic()]),
    "publishing:open_network": lambda _house: [of_the_topic(network="bluesky")],
    "publishing:say_own": lambda _house: [of_the_topic(network="mastodon")],
    "publishing:show_visual": lambda _house: [of_the_topic()],
    "publishing:topic_visual": lambda _house: [of_the_visual(edge=edge) for edge in ("petit", "fichier")],
    "publishing:topic_visuals": lambda _house: [of_the_visual(act=act) for act in ("retirer", "montrer")],
    "publishing:connect_own": lambda _house: [{"network": network} for network in ("mastodon", "bluesky", "linkedin")],
    **dict.fromkeys(("publishing:disconnect_own", "publishing:try_own"), lambda _house: [{"network": "mastodon"}]),
    **dict.fromkeys(("publishing:own_opening", "publishing:leave_for_own"), lambda _house: [{"opening_id": 1}]),
    "publishing:own_act": lambda _house: [of_the_delivery() | {"name": name} for name in ("absente", "en-ligne")],
    "publishing:published": lambda _house: [of_the_topic(act=act) for act in ("publie", "pas-publie", "oublier")],
    "publishing:material_act": lambda _house: [of_the_topic(act=act) for act in ("retirer", "proposer")],
    "publishing:story": lambda _house: [of_the_story()],
    "publishing:stop_digest": lambda _house: [of_the_message()],
    "publishing:new_rule": lambda _house: [{"kind": kind} for kind in ("avoid", "inclusive")],
    "publishing:rule": lambda house: [{"rule_id": house.said.talk.rule.pk}],
    "publishing:rule_act": lambda house: [
        {"rule_id": house.said.talk.rule.pk, "name": name} for name in ("gravite", "reprendre", "archiver", "ressortir")
    ],
    "publishing:exception": lambda house: [{"post_id": house.said.submitted.pk, "key": house.said.talk.key}],
    "publishing:countersign": lambda house: [{"exception_id": house.said.talk.exception.pk}],
    "publishing:comment": lambda house: [{"post_id": house.said.post.pk}],
    "publishing:settle_comment": lambda house: [
        {"comment_id": house.said.talk.comment.pk, "name": name} for name in ("regler", "rouvrir")
    ],
    "publishing:answer": lambda house: [{"answer_id": house.said.answer.pk}],
    "publishing:answer_act": lambda house: [
        {"answer_id": house.said.answer.pk, "name": name} for name in ("traitee", "rouvrir")
    ],
    "publishing:ask_outside": lambda house: [{"post_id": house.said.submitted.pk}],
    "publishing:revoke_review": lambda house: [{"review_id": house.said.talk.review.pk}],
    "publishing:review": lambda house: [{"token": token_of(house.said.talk.review)}],
    "publishing:review_file": lambda _house: [opened_outside()],
    **dict.fromkeys(
        (
            f"publishing:{name}"
            for name in ("medium", "medium_file", "aim_medium", "add_likeness", "archive_medium", "restore_medium")
        ),
        lambda _house: [{"medium_id": medium().pk}],
    ),
    "publishing:medium_shown": lambda _house: [{"medium_id": medium().pk, "edge": edge} for edge in ("petit", "grand")],
    "publishing:remake_copy": lambda _house: [{"copy_id": film_copy().pk}],
    "publishing:drop_likeness": lambda _house: [{"likeness_id": likeness().pk}],
    "publishing:post_media": lambda house: [{"post_id": house.said.submitted.pk}],
    "publishing:choose_medium": lambda house: [{"post_id": house.said.submitted.pk, "medium_id": medium().pk}],
    "publishing:delivery_file": lambda house: [
        {"delivery_id": house.said.delivery.pk, "attachment_id": attachment().pk}
    ],
    **OF_LETTERS,
    "publishing:confirm": lambda house: [{"token": confirming.token_of(house.said.account)}],
    "interchange:revoke_token": lambda house: [{"token_id": house.token.pk}],
    "interchange:webhook": lambda house: [{"webhook_id": house.webhook.pk}],
    "interchange:renew_secret": lambda house: [{"webhook_id": house.webhook.pk}],
    "interchange:forget_webhook": lambda house: [{"webhook_id": house.webhook.pk}],
    "interchange:webhook_act": lambda house: [
        {"webhook_id": house.webhook.pk, "name": name} for name in ("essayer", "arreter", "relancer")
    ],
    "interchange:send_again": lambda house: [{"dispatch_id": house.dispatch.pk}],
    "api:person": about_person,
    "api:records": about_person,
    "api:consents": about_person,
    **dict.fromkeys(("api:segment", "api:segment_persons"), lambda _house: [{"number": 1}]),
    **dict.fromkeys(
        ("api:import", "api:rehearsal", "api:application"), lambda house: [{"number": house.rehearsed.pk}]
    ),
    "scim:resource_type": lambda _house: [{"number": "User"}],
    "scim:schema": lambda _house: [{"number": "urn:ietf:params:scim:schemas:core:2.0:User"}],
    "scim:user": lambda house: [{"number": str(house.role.user_id)}],
    "scim:group": lambda house: [{"number": f"{house.role.unit_id}-{house.role.kind}"}],
    "account_confirm_email": lambda _house: [{"key": "MQ:unknown"}],
    "account_reset_password_from_key": lambda _house: [{"uidb36": "1", "key": "unknown"}],
    "mfa_remove_webauthn": lambda house: [{"pk": house.belongings[house.everybody.pk].key.pk}],
    "mfa_edit_webauthn": lambda house: [{"pk": house.belongings[house.everybody.pk].key.pk}],
}  # fmt: skip
OWN: dict[str, Callable[[Belongings], Arguments]] = {
    "interchange:revoke_token": lambda theirs: {"token_id": theirs.token.pk if theirs.token else 0},
    "privacy:request": lambda theirs: {"request_id": theirs.asked.pk},
    "privacy:identify_request": lambda theirs: {"request_id": theirs.asked.pk},
    "privacy:package": lambda theirs: {"request_id": theirs.asked.pk},
    "privacy:request_act": lambda theirs: {"request_id": theirs.asked.pk, "name": "repondre"},
    "foundation:work": lambda theirs: {"work_id": theirs.work.pk},
    "foundation:cancel_work": lambda theirs: {"work_id": theirs.work.pk},
    "people:own_take_back": lambda theirs: {"record_id": said_by(theirs)},
    "people:import": lambda theirs: {"import_id": theirs.imported.pk},
    "people:rehearse": lambda theirs: {"import_id": theirs.imported.pk},
    "people:confirm_import": lambda theirs: {"import_id": theirs.imported.pk, "act": "appliquer"},
    "people:forget_search": lambda theirs: {"search_id": theirs.search.pk},
    "mfa_remove_webauthn": lambda theirs: {"pk": theirs.key.pk},
    "mfa_edit_webauthn": lambda theirs: {"pk": theirs.key.pk},
}
# What a form must hold for its answer to speak of the right to send it, rather than of what is missing in it.
FORMS: dict[str, Callable[[House], Arguments]] = {
    "publishing:aim_medium": lambda _house: {"at.x": "70", "at.y": "70"},
    "people:judge_claim": lambda house: {"person": house.person.public_id},
    "publishing:put_in_queue": lambda house: {"compte": str(house.said.account.pk)},
    "community:invite": lambda house: {"person": house.belongings[house.users["student"].pk].person.public_id},
    "people:take_segment": lambda _house: {"whom": "all", "form": "csv", "reason": "Une lettre"},
    "people:ask_export": lambda _house: {"reason": "Une archive"},
    "people:choose_person": lambda house: {"personne": house.person.public_id},
}
