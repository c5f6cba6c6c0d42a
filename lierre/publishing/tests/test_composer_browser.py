"""The composer while one writes: it counts as each network does, and loses nothing of what was just typed."""

import pytest

from lierre.publishing.composing import Draft, write
from lierre.publishing.measures import UNITS, Measured
from lierre.publishing.models import Account, Post
from lierre.publishing.models.post import split

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.one_engine("what a page does as one types"),
]  # fmt: skip
TEXTS = (
    "Venez (https://ubn.example/une-tres-longue-adresse-que-personne-ne-lit), puis https://ubn.example/b_c.",
    "👩‍👩‍👧‍👦 Été à l’université #JPO #a_b, n° #1 [x] {y} 😀",
    "Bonjour @solenn@ailleurs.example, écrire à contact@ubn.example",
    "Un premier message #UBN (avec ceci)\n---\nUn second 😀 #UBN (avec cela) https://ubn.example/c",
)
NETWORKS = ("linkedin", "facebook", "mastodon", "bluesky", "website", "x", "instagram")
SHOWN = "every => every.map(each => [each.getAttribute('preview'), [...each.children].map(line => line.textContent)])"


@pytest.fixture
def accounts(db):
    """Connected, as far as counting goes: nobody is called."""
    return [
        Account.objects.create(name=code, network=code, label=f"UBN {code}", sealed="" if code in {"x", "instagram"} else "-")
        for code in NETWORKS
    ]  # fmt: skip


def counted(post: Post) -> dict[str, list[str]]:
    """As the server measures it: what will be sent, and refused."""
    found = {}
    for variant in post.variants.all():
        variant.post = post
        lines = []
        for part in Measured(variant).parts:
            told = []
            for count in part.measure.counts:
                over = count.value - count.most
                told.append(
                    f"{over:,} too many" if count.most and over > 0 else
                    f"{count.value:,} of {count.most:,} {UNITS[count.unit]}" if count.most else f"{count.value:,} signs"
                )  # fmt: skip
            lines.append(" · ".join(told))
        found[f"preview-{variant.account_id}"] = lines
    return found


@pytest.mark.parametrize("link", ["", "https://ubn.example/la-page-de-la-carte"])
def test_each_key_counts_as_the_network_does(enter, accounts, gwenael, link):
    post = write(Draft(["Bonjour"], accounts, intent={"link_url": link}), by=gwenael)
    page = enter(gwenael, post.get_absolute_url())

    for text in TEXTS:
        page.get_by_label("What we want to say").fill(text)
        shown = dict(page.locator("text-measure").evaluate_all(SHOWN))
        post.parts = split(text)
        assert shown == counted(post), text


def test_what_was_just_typed_is_kept_before_anything_else_is_done(enter, by_hand, gwenael):
    """A window closed, a button of another form: the two seconds that were not over lose nothing."""
    page = enter(gwenael, "/publications/nouvelle/")
    page.get_by_label("UBN, LinkedIn").check()
    page.get_by_label("What we want to say").fill("Portes")
    page.locator("[data-saved]", has_text="Kept at").wait_for()
    draft = Post.objects.get()
    address, state = page.url, draft.state
    page.get_by_label("What we want to say").fill("Portes ouvertes")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Portes ouvertes", level=1).wait_for()

    page.get_by_label("What we want to say").fill("Portes grandes ouvertes")
    page.get_by_role("button", name="Plan it").click()
    page.get_by_text("It is planned: it leaves at its time.").wait_for()
    planned = Post.objects.get()
    left = [row.text for row in planned.deliveries.all()]
    page.get_by_label("What we want to say").fill("Portes toutes grandes ouvertes")
    page.goto("about:blank")
    for _turn in range(50):
        if Post.objects.get().text == "Portes toutes grandes ouvertes":
            break
        page.wait_for_timeout(100)

    assert (address.endswith(draft.get_absolute_url()), state) == (True, "draft")
    assert (planned.text, planned.state) == ("Portes grandes ouvertes", "approved")
    assert left == ["Portes grandes ouvertes"]
    assert Post.objects.get().text == "Portes toutes grandes ouvertes"


def test_a_lost_connection_and_an_ended_session_lose_nothing(enter, by_hand, gwenael, client):
    post = write(Draft(["Portes"], [by_hand]), by=gwenael)
    page = enter(gwenael, post.get_absolute_url())
    text, told = page.get_by_label("What we want to say"), page.locator("[data-saved]")

    page.context.set_offline(True)
    text.fill("Portes ouvertes")
    page.get_by_role("button", name="Plan it").click()
    told.filter(has_text="the connection is lost").wait_for()
    held = (page.url.endswith(post.get_absolute_url()), Post.objects.get().state)
    page.context.set_offline(False)
    told.filter(has_text="Kept at").wait_for()
    back = Post.objects.get().text
    client.logout()
    text.fill("Portes grandes ouvertes")
    page.get_by_role("button", name="Keep", exact=True).click()
    told.filter(has_text="your session has ended").wait_for()
    typed = text.input_value()
    page.once("dialog", lambda asked: asked.accept())
    page.reload()
    enter(gwenael, post.get_absolute_url())
    told.filter(has_text="Kept at").wait_for()

    assert held == (True, "draft")
    assert back == "Portes ouvertes"
    assert typed == "Portes grandes ouvertes"
    assert Post.objects.get().text == "Portes grandes ouvertes"
