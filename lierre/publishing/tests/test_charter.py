"""Rules that help whoever writes: what each finds, how serious it is where, and what it proposes instead."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.publishing.approving import plan, sign, submit
from lierre.publishing.charter.changing import archive_rule, bring_back, change_rule, set_severity, take_up, write_rule
from lierre.publishing.charter.checking import check
from lierre.publishing.charter.keeping import ask_exception, countersign, keep
from lierre.publishing.charter.posts import charter_of
from lierre.publishing.charter.starting import missing, start, starting_set
from lierre.publishing.composing import Draft, change, write
from lierre.publishing.models import Notice, Rule, Step
from lierre.publishing.signers import digest

pytestmark = pytest.mark.django_db
CLAIM = {
    "kind": "claim", "name": "Une première place se prouve", "words": ["première université"],
    "why": "Sans source, personne n’y croit.", "severity": "blocks",
}  # fmt: skip


@pytest.fixture
def charter(db, gwenael):
    """The French starting set."""
    start(by=gwenael)


@pytest.fixture
def claim(db, gwenael):
    return write_rule(dict(CLAIM), by=gwenael)


@pytest.fixture
def post(by_hand, gwenael):
    return write(Draft(["La première université de l’Ouest ouvre ses portes"], [by_hand]), by=gwenael)


@pytest.mark.parametrize(
    ("text", "rule", "replacement"),
    [
        ("Venez à #portesouvertes", "hashtag-case", "#PortesOuvertes"),
        ("Voici #Un #Deux #Trois #Quatre", "hashtags", ""),
        ("VENEZ NOMBREUX demain", "capitals", "Venez nombreux"),
        ("Bravo !! C’est fini", "exclamations", "\u202f!"),
        ("De belles synergies", "jargon", None),
        ("La meilleure université", "first-of", None),
        ("Une place assurée", "promises", None),
        ("Cliquez ici pour voir", "click-here", None),
        ("Les étudiant·es arrivent", "inclusive", "étudiantes et étudiants"),
        ("Voir https://bit.ly/abc", "short-links", None),
    ],
)
def test_each_rule_of_the_starting_set_finds_its_passage(charter, text, rule, replacement):
    found = check([text], unit=None)

    assert [(each.rule.name, each.replacement) for each in found] == [(Rule.objects.get(origin=rule).name, replacement)]


def test_the_starting_set_has_nothing_to_say_of_a_text_that_is_well_written(charter):
    text = (
        "Jeudi, soixante employeurs viennent vous rencontrer. Pas besoin de CV\u202f: venez avec une question.\n\n"
        "Hall de la Penfeld, de 14 h à 18 h. Première de l’Ouest, selon https://rang.example/2026 #Alternance"
    )

    assert check([text], unit=None) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "La première université de l’Ouest ! Inscrivez-vous : https://ubn.example/candidater",
            ["première université"],
        ),
        ("La première université de l’Ouest, d’après le classement 2026", []),
        ("La première université de l’Ouest.\nSource : enquête du ministère", []),
        ("Nous ne sommes pas la première université à ouvrir ses données.", []),
        ("Notre IUT est n°1 en France", ["n°1"]),
        ("N ° 1 : le sommeil. Conseils avant les examens", []),
        ("Aucune admission garantie : le jury lit chaque dossier.", []),
        ("Ce stage ne vaut pas une place assurée.", []),
        ("Une place assurée pour chaque bachelier", ["place assurée"]),
        ("La formation se fait en présentiel, et pas en distanciel.", ["présentiel", "distanciel"]),
        ("Conférence « L’écosystème innovant des abers » au campus", ["écosystème innovant"]),
        ("Le CNRS, l’IFREMER, l’UBN et l’INSA ouvrent un master ERASMUS.", []),
        ("Le 1er octobre, 1 250 étudiantes et étudiants. Rendez-vous à 9 h", []),
        ("Chères étudiantes, chers étudiants, dit-elle, prends-le : vas-y !", []),
        ("Les diplômé(e)s et les doctorant.e.s", ["diplômé(e)s", "doctorant.e.s"]),
        ("Les ingénieur·e·s et directeur·rice·s", ["ingénieur·e·s", "directeur·rice·s"]),
    ],
)
def test_texts_as_institutions_write_them_are_neither_missed_nor_cried_wolf_at(charter, text, found):
    assert [each.passage for each in check([text], unit=None)] == found


def test_each_rule_says_why_and_gives_an_example(charter):
    assert all(rule.why and rule.example for rule in Rule.objects.all())


def test_the_starting_set_is_taken_once_and_what_was_archived_does_not_come_back(charter, gwenael):
    archive_rule(Rule.objects.get(origin="jargon"), by=gwenael)

    assert (missing(), start(by=gwenael), Rule.objects.count()) == ([], 0, len(starting_set()))


def test_names_are_written_right_with_their_accents_and_hyphens(gwenael):
    write_rule({"kind": "spelling", "name": "Notre nom", "words": ["fac de Brest"], "why": "C’est le nôtre.",
                "replacement": "Université de Bretagne-Nord"}, by=gwenael)  # fmt: skip

    found = check(["L’universite de Bretagne Nord, ou fac de Brest\u202f: Université de Bretagne-Nord."], unit=None)

    assert [each.passage for each in found] == ["universite de Bretagne Nord", "fac de Brest"]


def test_whoever_paid_is_mentioned_where_the_text_speaks_of_what_they_paid(gwenael):
    write_rule({"kind": "signature", "name": "La Région finance les bouées", "words": ["bouée*"], "why": "La convention le veut.",
                "replacement": "avec la Région Bretagne", "severity": "warning"}, by=gwenael)  # fmt: skip

    found = check(["Nos bouées mesurent la houle."], unit=None)

    assert [(each.sentence, each.replacement) for each in found] == [
        ("This speaks of “bouées”: say avec la Région Bretagne.", "\n\navec la Région Bretagne")
    ]
    for text in ("Portes ouvertes le 6 mars", "Nos bouées, avec la région Bretagne"):
        assert check([text], unit=None) == []


def test_a_rule_is_more_serious_in_one_unit_and_below_it_and_not_elsewhere(claim, iut, gwenael):
    from lierre.accounts.models import Unit

    below = Unit.add(code="GEA", name="Département GEA", kind="department", parent=iut, by=gwenael)
    other = Unit.add(code="SCI", name="Sciences", kind="faculty", parent=iut.parent, by=gwenael)
    text = ["La première université"]

    set_severity(claim, iut, "warning", by=gwenael)

    assert [check(text, unit=unit)[0].severity for unit in (None, other, iut, below)] == [
        "blocks", "blocks", "warning", "warning",
    ]  # fmt: skip
    set_severity(claim, below, "silent", by=gwenael)
    assert check(text, unit=below) == []


def test_a_rule_of_one_unit_says_nothing_elsewhere(iut, gwenael):
    write_rule({**CLAIM, "unit": iut}, by=gwenael)

    assert [len(check(["La première université"], unit=unit)) for unit in (iut, None)] == [1, 0]


def test_somebody_who_speaks_in_their_own_name_is_advised_and_never_blocked(claim):
    found = check(["La première université"], unit=None, individual=True)

    assert [(each.severity, each.blocks) for each in found] == [("advice", False)]


def test_a_rule_in_french_says_nothing_of_a_text_in_english(gwenael):
    write_rule({**CLAIM, "language": "fr"}, by=gwenael)

    assert check(["Première université"], unit=None, language="en") == []


def test_what_a_rule_blocks_is_neither_planned_nor_submitted_nor_approved(claim, post, by_hand, gwenael, helene):
    with pytest.raises(Refused, match="première université"):
        plan(post, by=gwenael)
    Step.objects.create(account=by_hand, position=1, role="direction")
    with pytest.raises(Refused, match="The charter blocks"):
        submit(post, by=gwenael)
    archive_rule(claim, by=gwenael)
    submit(post, by=gwenael)
    bring_back(claim, by=gwenael)
    with pytest.raises(Refused, match="The charter blocks"):
        sign(post, digest(post), by=helene)


def test_an_exception_needs_a_reason_and_somebody_else(claim, post, gwenael, helene, solenn):
    key = charter_of(post).blocking[0].key
    with pytest.raises(Refused):
        keep(post, key, by=gwenael)
    with pytest.raises(Refused):
        ask_exception(post, key, " ", by=gwenael)

    asked = ask_exception(post, key, "Le classement sort demain.", by=gwenael)

    for nobody in (gwenael, solenn):
        with pytest.raises(Refused):
            countersign(asked, by=nobody)
    assert charter_of(post).blocking
    countersign(asked, by=helene)
    assert not charter_of(post).blocking
    plan(post, by=gwenael)
    assert Notice.objects.filter(to=helene, subject__contains="exception").exists()
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"exception.asked", "exception.countersigned"} <= verbs


def test_an_exception_is_for_one_passage_and_not_for_the_next_one(claim, post, by_hand, gwenael, helene):
    asked = ask_exception(post, charter_of(post).blocking[0].key, "C’est une citation.", by=gwenael)
    countersign(asked, by=helene)

    change(post, Draft(["PREMIÈRE UNIVERSITÉ de l’Ouest"], [by_hand]), by=gwenael)

    assert [each.finding.passage for each in charter_of(post).blocking] == ["PREMIÈRE UNIVERSITÉ"]


def test_two_posts_of_one_week_do_not_give_two_days_for_the_same_event(charter, post, by_hand, gwenael):
    at = timezone.now() + timedelta(days=2)
    write(Draft(["Les portes ouvertes auront lieu le 6 février."], [by_hand], due_at=at), by=gwenael)
    change(post, Draft(["Nos portes ouvertes\u202f: rendez-vous le 7 février"], [by_hand]), by=gwenael)

    found = [each.finding for each in charter_of(post).shown]

    assert [(each.passage, each.replacement, each.severity) for each in found] == [
        ("7 février", "6 février", "warning")
    ]
    assert "Les portes ouvertes auront lieu" in found[0].sentence


def test_a_post_of_another_month_contradicts_nothing(charter, post, by_hand, gwenael):
    at = timezone.now() + timedelta(days=40)
    write(Draft(["Les portes ouvertes auront lieu le 6 février."], [by_hand], due_at=at), by=gwenael)
    change(post, Draft(["Nos portes ouvertes, le 7 février"], [by_hand]), by=gwenael)

    assert charter_of(post).shown == []


def test_an_image_without_words_for_those_who_do_not_see_it_blocks(charter, gwenael):
    from lierre.publishing.charter.asked import Attached

    found = check(["Venez"], unit=None, attached=[Attached("hall.jpg"), Attached("amphi.jpg", "Un amphithéâtre plein")])

    assert [(each.blocks, "hall.jpg" in each.sentence) for each in found] == [(True, True)]


def test_a_rule_keeps_its_versions_and_takes_one_up_again(claim, gwenael, solenn):
    change_rule(claim, {"words": ["meilleure école"]}, by=solenn, seen=1)
    with pytest.raises(Refused):
        change_rule(claim, {"name": "Autre"}, by=gwenael, seen=1)

    take_up(claim, 1, by=gwenael)

    assert (claim.version, claim.words) == (3, ["première université"])
    assert [version.by_name for version in claim.versions.all()] == ["Gwenaël Riou", "Solenn Kerbrat", "Gwenaël Riou"]
    assert list(Entry.objects.about(claim).order_by("pk").values_list("verb", flat=True)) == [
        "rule.written", "rule.changed", "rule.changed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["a!" * 5000, "#" * 10_000, "é·e" * 3000, "1 " * 5000, "ABCDEFG " * 1200, "(e)" * 3000]
)
def test_a_text_made_to_be_slow_is_read_all_the_same(charter, text):
    """Bounded by the reader's own patience: an expression that grows with the square of a text would not end."""
    began = time.process_time()

    check([text], unit=None)

    assert time.process_time() - began < 20
