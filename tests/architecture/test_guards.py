"""No view is left open by oversight: it asks for an ability, or it is named here with the reason."""

from collections.abc import Callable
from typing import Any

from lierre.foundation.abilities import Ability, declared
from tests.addresses import addresses

OPEN_TO_ALL = {
    "site:theme": "how a page looks, before signing in too",
    "site:language": "the language of a page, before signing in too",
    "foundation:alive": "asked by machines, says nothing",
    "foundation:ready": "asked by machines, says nothing of what is inside",
    "accounts:join": "the link of an invitation is the key",
    "community:answer": "the link of a question is the key",
    "community:stop_at_once": "the link of a question is the key, pressed by the reader of mails itself (RFC 8058)",
    **dict.fromkeys(
        (
            "api:me",
            "api:persons",
            "api:person",
            "api:records",
            "api:consents",
            "api:segments",
            "api:segment",
            "api:segment_persons",
            "api:sources",
            "api:imports",
            "api:import",
            "api:rehearsal",
            "api:application",
            "api:nothing",
            "scim:configuration",
            "scim:resource_types",
            "scim:resource_type",
            "scim:schemas",
            "scim:schema",
            "scim:users",
            "scim:user",
            "scim:groups",
            "scim:group",
            "scim:nothing",
        ),
        "a machine, which shows a token; a session opens nothing there",
    ),
    "api:openapi": "says what can be asked, and nothing of anybody",
    "community:welcome": "the poster of a ceremony is the key; the answer tells nothing",
    "community:welcome_done": "the same sentence for everybody",
    "community:confirm_capture": "the link of a message is the key",
    "community:found": "the link of an invitation is the key",
    "community:returns": "a sending service, which shows a secret of its own",
    "people:claim_record": "anybody may look for their own record; the answer tells nothing",
    "people:claim_answered": "the same sentence for everybody",
    "people:open_claim": "the link of a message is the key",
    "publishing:followed": "the secret in the address is the key: hours and titles of the calendar",
    "publishing:follow": "a short link is for whoever receives it; it leads where its code says, or nowhere",
    "publishing:official": "which accounts speak for the institution is said to anybody",
    "publishing:atom": "what the official accounts said in public, for readers of feeds",
    "publishing:rss": "what the official accounts said in public, for readers of feeds",
    "publishing:known_to_bluesky": "who this instance is, read by servers that know it by its address",
    "publishing:keys_for_bluesky": "public keys",
    "publishing:come_back_by_number": "leads to the page that answers, at the name of the same machine; nowhere elsewhere",
    "publishing:review": "opened from a signed link, about one post: somebody outside reads it and says yes or no",
    "publishing:review_file": "opened from the same signed link: a medium of that post, and no other",
    "publishing:review_letter": "opened from the same signed link: that letter with its images, and no other",
    "publishing:confirm": "the link of a message is the key",
    "publishing:stop_digest": "the link of a message is the key: it stops that message, and opens nothing",
    "publishing:review_mailing": "the link given to somebody outside is the key",
    "publishing:unsubscribe": "the link of a mailing is the key, pressed by the reader of mails itself (RFC 8058)",
    "privacy:preferences": "the link of a message is the key",
    "privacy:keep": "the link of a letter is the key",
    "privacy:ask_preferences": "the link leaves for an address that we hold, or not at all",
    "privacy:ask": "anybody may use their rights",
    "privacy:follow": "the link of a request is the key",
    "privacy:notices": "what is done with personal data is said to anybody",
    "privacy:notice": "what is done with personal data is said to anybody",
    "privacy:export_notice": "the same notice, as a document",
}
# Whoever is signed in; what they see there is narrowed by the rows themselves.
SIGNED_IN = {
    "site:home": "what waits for each, by their abilities",
    "site:house": "the rooms that each may enter",
    "site:go": "the places and the persons that each may see",
    "foundation:components": "what pages are made of",
    "foundation:export_example": "the example of the same page",
    "foundation:works": "one's own long works",
    "foundation:work": "one's own long works",
    "foundation:cancel_work": "one's own long works",
    "accounts:my_account": "one's own account",
    "accounts:stop_acting": "whoever acts in the place of somebody: it ends nothing else",
    "publishing:come_back_from_network": "who keeps accounts, or speaks in their own name: it looks at which itself",
    "people:own_record": "one's own record",
    "people:own_choices": "one's own record",
    "people:own_archive": "one's own record",
    "people:own_archive_keep": "one's own record",
    "people:own_history": "one's own record",
    "people:own_copy": "one's own record",
    "people:own_pause": "one's own record",
    "people:own_take_back": "one's own record",
    "people:own_linkedin": "one's own record",
    "people:own_linkedin_consent": "one's own record",
    "people:own_linkedin_back": "one's own record",
    "people:own_correct": "one's own record",
    "people:own_correct_item": "one's own record",
    "people:own_add": "one's own record",
    "privacy:own_preferences": "one's own choices",
    "people:my_class": "class delegates, whose charge is a row and no role",
    "people:answer_for": "class delegates, whose charge is a row and no role",
    "people:import": "who brings files, or the archive one brought oneself",
    "people:rehearse": "who brings files, or the archive one brought oneself",
    "people:confirm_import": "who brings files, or the archive one brought oneself",
}


def ability_of(view: Callable[..., Any] | None) -> Ability | None:
    """The ability that guards a view, wherever its guard stands among the decorators."""
    while view is not None:
        for held in getattr(view, "__closure__", None) or ():
            if isinstance(held.cell_contents, Ability):
                return held.cell_contents
        view = getattr(view, "__wrapped__", None)
    return None


def ours() -> list[Any]:
    return [address for address in addresses() if ":" in address.name]


def test_every_view_asks_for_an_ability_or_is_said_to_be_open():
    unguarded = {address.name for address in ours() if ability_of(address.view) is None}

    assert unguarded - OPEN_TO_ALL.keys() - SIGNED_IN.keys() == set()


def test_what_is_open_before_signing_in_is_what_is_written_here():
    found = {address.name for address in ours() if not getattr(address.view, "login_required", True)}

    assert found == OPEN_TO_ALL.keys()


def test_nothing_is_said_to_be_open_that_is_guarded_or_gone():
    guarded = {address.name for address in ours() if ability_of(address.view)}

    assert (OPEN_TO_ALL.keys() | SIGNED_IN.keys()) & guarded == set()
    assert (OPEN_TO_ALL.keys() | SIGNED_IN.keys()) - {address.name for address in ours()} == set()


def test_abilities_are_given_to_roles_that_exist():
    from lierre.accounts.models import Role

    assert {role for ability in declared() for role in ability.roles} <= set(Role.Kind.values)
    assert [ability.name for ability in declared() if not ability.roles] == []
