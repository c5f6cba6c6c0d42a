"""A person is what their records say, whatever the order in which they came."""

from hypothesis import given
from hypothesis import strategies as some

from lierre.people.facts import SOURCE_KINDS
from lierre.people.fold import DEFAULT_POLICY, Testimony, fold, rows_of

NAMES = some.sampled_from(["Hervé", "HERVE", "Le Goff", "Kerbrat"])
STUDIES = some.fixed_dictionaries(
    {"degree": some.sampled_from(["Master Statistique", "MASTER STATISTIQUE", "Licence Droit"])},
    optional={"year": some.integers(2010, 2016), "unit": some.sampled_from(["UFR Sciences", "IUT de Morlaix"])},
)
POSITIONS = some.fixed_dictionaries(
    {"employer": some.sampled_from(["Armor Énergies", "ARMOR ENERGIES", "Ville de Morlaix"])},
    optional={
        "title": some.sampled_from(["Chargée d’études", "Statisticienne"]),
        "started": some.sampled_from(["2014", "2016-09"]),
        "ended": some.sampled_from(["2019", "2020-06"]),
    },
)
CONTACTS = some.fixed_dictionaries(
    {"kind": some.just("email"), "value": some.sampled_from(["amelie@courriel.example", "a.herve@courriel.example"])},
    optional={"confirmed": some.booleans(), "refused": some.booleans()},
)
FACTS = some.fixed_dictionaries(
    {},
    optional={
        "family": NAMES, "usage": NAMES, "given": some.sampled_from(["Amélie", "AMELIE"]),
        "born": some.sampled_from(["1991", "1991-05-17"]), "died": some.just("2024-01-02"), "lost": some.booleans(),
        "audience_name": some.lists(some.sampled_from(["class", "graduates", "public"]), unique=True),
        "studies": some.lists(STUDIES, max_size=3), "positions": some.lists(POSITIONS, max_size=3),
        "contacts": some.lists(CONTACTS, max_size=2),
    },
)  # fmt: skip


@some.composite
def testimonies(draw):
    said = draw(some.lists(some.tuples(some.sampled_from(list(SOURCE_KINDS)), some.integers(0, 3), FACTS), max_size=6))
    return [Testimony(number, kind, day, facts) for number, (kind, day, facts) in enumerate(said, 1)]


@given(testimonies(), some.randoms(use_true_random=False))
def test_the_order_in_which_records_are_heard_changes_nothing(said, chance):
    shuffled = list(said)
    chance.shuffle(shuffled)
    assert rows_of(1, fold(shuffled, DEFAULT_POLICY)) == rows_of(1, fold(said, DEFAULT_POLICY))


@given(testimonies())
def test_every_value_points_at_a_record_that_says_it(said):
    by_number = {each.record_id: each.facts for each in said}
    person = fold(said, DEFAULT_POLICY)
    for name, value in person.values.items():
        assert by_number[person.won_by[name]][name] == value


@given(testimonies())
def test_hearing_the_same_thing_twice_changes_nothing_but_the_numbers(said):
    again = [Testimony(each.record_id + 100, each.kind, each.asserted_on, each.facts) for each in said]
    once, twice = fold(said, DEFAULT_POLICY), fold([*said, *again], DEFAULT_POLICY)
    assert once.values == twice.values
    assert [study for study, _record in once.studies] == [study for study, _record in twice.studies]


def test_the_latest_contact_point_is_the_best_whoever_says_it():
    """A school that still prints the address of 2014 does not hide the one of this year."""
    old = {"kind": "address", "value": "14 rue des Sternes, Brest", "city": "Brest", "department": "29"}
    new = {"kind": "address", "value": "2 quai du Port, Lyon", "city": "Lyon", "department": "69"}
    said = [
        Testimony(1, "school", 16_000, {"contacts": [old]}),
        Testimony(2, "platform", 20_000, {"contacts": [new]}),
    ]

    assert [contact["value"] for contact, _by in fold(said, DEFAULT_POLICY).contacts] == [old["value"], new["value"]]

    said.append(Testimony(3, "third", 20_100, {"contacts": [old]}))
    assert fold(said, DEFAULT_POLICY).contacts[-1] == (old, 3)
