"""What waits for a graduate among the others stands on their home page, and only while it waits."""

from django.urls import reverse

from lierre.community.models import Group, Membership
from lierre.community.tests.graduates import graduate
from lierre.people.models import Claim, Delegate, Person
from lierre.people.tests.witnesses import amelie

SAID = {"given": "Denez", "family": "Le Ster", "born": "1990-02-03", "number": ""}


def waiting(client, user):
    client.force_login(user)
    return [(task.verb, task.what, task.address) for task in client.get(reverse("site:home")).context["tasks"]]


def test_an_invitation_a_request_and_a_classmate_wait_for_whom_they_concern(
    client, db, solenn, amelie_user, university
):
    hers = amelie()
    Person.objects.filter(pk=hers.pk).update(account=amelie_user)
    sailors, readers, closed = (Group.make(name, "association", by=solenn) for name in ("Voile", "Lecture", "Échecs"))
    Membership.invite(sailors, hers, by=solenn)
    Membership.invite(closed, hers, by=solenn)
    closed.close(by=solenn)
    Membership.ask(readers, hers, by=amelie_user).enter(by=solenn)
    Membership.objects.filter(group=readers).update(hosts=True)
    Membership.ask(readers, graduate("Goulven"), by="the tests")
    Delegate.objects.create(account=amelie_user, degree="Master Statistique et société", year=2014, named_by="Solenn")
    for degree in ("", "Licence Droit"):
        asked = Claim.receive("number", email="d@ailleurs.example", by="the tests", year=2014, degree=degree, **SAID)
        asked.hand_over()

    assert waiting(client, amelie_user)[:3] == [
        ("Answer", "the invitation to “Voile”", reverse("community:group", args=[sailors.pk])),
        ("Welcome", "1 person at the door of “Lecture”", reverse("community:group", args=[readers.pk])),
        ("Say", "whether 1 person was of your class", reverse("people:my_class")),
    ]
    assert not {"Welcome", "Say"} & {verb for verb, _what, _address in waiting(client, solenn)}
