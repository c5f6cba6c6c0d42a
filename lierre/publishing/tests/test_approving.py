"""Nothing leaves before those who must have read exactly what leaves; and nobody approves what they wrote."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.publishing.approving import digest, expire_late, needed, send_back, sign, submit
from lierre.publishing.composing import Draft, change, write
from lierre.publishing.models import Absence, Notice, Step
from lierre.publishing.notices import send_due
from lierre.publishing.reminding import remind
from lierre.publishing.signers import may_sign, still_asked

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def post(by_hand, gwenael, helene):
    Step.objects.create(account=by_hand, position=1, role="direction")
    draft = Draft(["Portes ouvertes"], [by_hand], due_at=timezone.now() + timedelta(hours=2))
    return write(draft, by=gwenael)


def states(post):
    post.refresh_from_db()
    return post.state, set(post.deliveries.values_list("state", flat=True))


def test_nothing_waits_to_leave_before_it_is_approved(post, gwenael, helene):
    submit(post, by=gwenael)
    before = states(post)
    sign(post, digest(post), by=helene)

    assert before == ("submitted", {"draft"})
    assert states(post) == ("approved", {"waiting"})


def test_nobody_approves_what_they_wrote(post, gwenael, university):
    Step.objects.all().update(role="communication")
    submit(post, by=gwenael)

    with pytest.raises(Refused):
        sign(post, digest(post), by=gwenael)


def test_any_change_takes_the_approval_away(post, by_hand, gwenael, helene):
    submit(post, by=gwenael)
    sign(post, digest(post), by=helene)

    fell = change(post, Draft(["Portes ouvertes, le 6"], [by_hand]), by=gwenael)

    assert fell
    assert states(post) == ("draft", {"draft"})


def test_what_is_approved_is_what_was_read(post, by_hand, gwenael, helene):
    submit(post, by=gwenael)
    read = digest(post)
    change(post, Draft(["Autre chose"], [by_hand]), by=gwenael)
    submit(post, by=gwenael)

    with pytest.raises(Refused):
        sign(post, read, by=helene)


def test_a_move_to_another_day_keeps_the_approval(post, gwenael, helene):
    submit(post, by=gwenael)
    sign(post, digest(post), by=helene)
    day = timezone.localdate() + timedelta(days=3)

    post.move_to(day, by=gwenael)

    assert states(post) == ("approved", {"waiting"})
    assert timezone.localtime(post.due_at).date() == day


def test_two_steps_are_asked_one_after_the_other(post, by_hand, gwenael, helene, solenn):
    Step.objects.create(account=by_hand, position=2, person=solenn)
    submit(post, by=gwenael)

    with pytest.raises(Refused):
        sign(post, digest(post), by=solenn)
    sign(post, digest(post), by=helene)
    between = states(post)
    sign(post, digest(post), by=solenn)

    assert between == ("submitted", {"draft"})
    assert [str(each.signature.by) for each in needed(post)] == ["Hélène Morvan", "Solenn Kerbrat"]
    assert states(post)[0] == "approved"


def test_somebody_decides_for_whoever_is_away(post, gwenael, solenn, malo):
    Step.objects.all().delete()
    Step.objects.create(account=post.variants.get().account, position=1, person=solenn)
    today = timezone.localdate()
    Absence.objects.create(who=solenn, deputy=malo, first=today, last=today)
    submit(post, by=gwenael)

    sign(post, digest(post), by=malo)

    assert str(post.signatures.get().stead) == "Solenn Kerbrat"
    assert states(post)[0] == "approved"


def test_somebody_decides_for_one_of_a_role_who_is_away_but_not_for_its_author(post, gwenael, helene, malo, solenn):
    today = timezone.localdate()
    submit(post, by=gwenael)
    alone = may_sign(malo, post)
    Absence.objects.create(who=helene, deputy=malo, first=today, last=today)
    Absence.objects.create(who=gwenael, deputy=solenn, first=today, last=today)
    asked = still_asked(post)

    sign(post, digest(post), by=malo)

    assert alone == may_sign(solenn, post) == []
    assert asked == [helene, malo]
    assert (post.state, post.signatures.get().stead) == ("approved", helene)


def test_what_is_urgent_needs_one_countersignature_of_somebody_else(post, gwenael, helene):
    Step.objects.create(account=post.variants.get().account, position=2, role="it")
    submit(post, by=gwenael, urgent=True)

    with pytest.raises(Refused):
        sign(post, digest(post), by=gwenael)
    sign(post, digest(post), by=helene)

    assert states(post)[0] == "approved"


def test_not_approved_in_time_is_not_sent_and_its_author_is_told(post, gwenael, helene):
    submit(post, by=gwenael)
    type(post).objects.update(due_at=timezone.now() - timedelta(minutes=1))

    expire_late()

    assert states(post) == ("draft", {"draft"})
    assert Notice.objects.filter(to=gwenael, subject__contains="Not sent").count() == 1


def test_those_who_may_approve_are_told_once_by_mail(post, gwenael, helene):
    submit(post, by=gwenael)

    left = send_due() + send_due()

    assert left == 1
    assert [message.to for message in mail.outbox] == [[helene.email]]
    assert "Portes ouvertes" in mail.outbox[0].body


def test_sent_back_it_says_why(post, gwenael, helene):
    submit(post, by=gwenael)

    send_back(post, "Le jour est faux.", by=helene)

    assert states(post)[0] == "draft"
    assert "Le jour est faux." in Notice.objects.get(to=gwenael).body


def test_the_president_approves_on_the_page(client, post, gwenael, helene):
    submit(post, by=gwenael)
    client.force_login(helene)
    page = client.get(post.get_absolute_url())

    asked = {"digest": digest(post)}
    answer = client.post(reverse("publishing:post_act", args=[post.pk, "approuver"]), asked, follow=True)

    assert "Your approval is asked for" in page.content.decode()
    assert "Approved." in answer.content.decode()
    assert states(post)[0] == "approved"


def test_whoever_wrote_a_former_version_does_not_approve_what_follows(post, by_hand, gwenael, helene, solenn):
    Step.objects.all().update(role="alumni_office")
    change(post, Draft(["Portes grandes ouvertes"], [by_hand]), by=solenn)
    change(post, Draft(["Portes ouvertes le 6"], [by_hand]), by=gwenael)
    submit(post, by=gwenael)

    with pytest.raises(Refused):
        sign(post, digest(post), by=solenn)


def test_a_role_of_one_faculty_does_not_approve_what_the_institution_says(post, gwenael, helene, iut):
    from conftest import someone

    director = someone("Erwan Le Bras", "erwan.lebras@ubn.example", "direction", iut)
    submit(post, by=gwenael)

    with pytest.raises(Refused):
        sign(post, digest(post), by=director)
    assert list(Notice.objects.values_list("to__name", flat=True)) == ["Hélène Morvan"]


def test_another_kind_of_post_asks_for_its_own_approvals(post, by_hand, gwenael, helene, solenn):
    Step.objects.create(account=by_hand, kind="crisis", position=2, person=solenn)
    submit(post, by=gwenael)
    sign(post, digest(post), by=helene)

    fell = change(post, Draft(["Portes ouvertes"], [by_hand], intent={"kind": "crisis"}), by=gwenael)

    assert fell
    assert [each.label for each in needed(post) if each.signature is None] == ["Solenn Kerbrat"]


def test_those_who_must_still_approve_are_reminded_a_day_and_four_hours_before(post, gwenael, helene):
    submit(post, by=gwenael)
    due = datetime(2026, 11, 26, 17, tzinfo=PARIS)
    type(post).objects.update(due_at=due, changed_at=due - timedelta(days=3))

    told = [remind(due - timedelta(hours=hours)) for hours in (30, 23.5, 23, 5, 3.5, 3)]

    assert told == [0, 1, 0, 0, 1, 0]
    assert Notice.objects.filter(to=helene, subject__startswith="Still to approve").count() == 2


def test_nobody_is_reminded_at_night_but_the_evening_before(post, gwenael, helene):
    submit(post, by=gwenael)
    due = datetime(2026, 11, 27, 9, tzinfo=PARIS)
    type(post).objects.update(due_at=due, changed_at=due - timedelta(days=3))

    evening, night = remind(due - timedelta(hours=13, minutes=50)), remind(due - timedelta(hours=4))

    assert (evening, night) == (1, 0)


def test_nobody_is_reminded_of_what_was_asked_just_now_or_is_signed(post, gwenael, helene):
    submit(post, by=gwenael)
    due = datetime(2026, 11, 26, 17, tzinfo=PARIS)
    type(post).objects.update(due_at=due, changed_at=due - timedelta(hours=3, minutes=45))

    assert remind(due - timedelta(hours=3)) == 0
    type(post).objects.update(changed_at=due - timedelta(days=3))
    sign(post, digest(post), by=helene)
    assert remind(due - timedelta(hours=3)) == 0


def test_a_step_asked_of_somebody_who_has_left_says_so(client, post, by_hand, gwenael, malo, solenn):
    Step.objects.all().update(role="", person=solenn)
    solenn.deactivate(by=malo, why="Départ", despite=True)
    submit(post, by=gwenael)
    client.force_login(gwenael)

    assert "has left: whoever keeps the account" in client.get(post.get_absolute_url()).content.decode()


def test_whoever_wrote_it_approves_it_by_no_deputy_either(gwenael, helene, university, by_hand):
    Step.objects.create(account=by_hand, position=1, person=gwenael)
    today = timezone.localdate()
    Absence.objects.create(who=gwenael, deputy=helene, first=today, last=today)
    post = write(Draft(["Portes ouvertes"], [by_hand], due_at=timezone.now() + timedelta(days=1)), by=gwenael)

    submit(post, by=gwenael)

    assert may_sign(helene, post) == may_sign(gwenael, post) == []
