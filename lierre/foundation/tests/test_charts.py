"""Charts: where things stand, what they say, and what they do with what nobody knows."""

from datetime import date

import pytest
from django.utils import translation

from lierre.foundation.charts import (
    Bar,
    Bars,
    Calendar,
    Funnel,
    Line,
    Point,
    Series,
    Sparkline,
    Stacked,
    StackedBar,
    Step,
)
from lierre.foundation.templatetags.charts import chart

MONTHS = [
    Point("Jan.", 58, 56, 60), Point("Feb.", 60, 58, 62), Point("Mar.", None), Point("Apr.", 66), Point("May", 71, 70, 72),
]  # fmt: skip


def reach(**options) -> Line:
    return Line(title="Graduates we can reach", unit="%", series=[Series("share", MONTHS)], **options)


def test_a_line_stops_where_nothing_is_known_and_says_so():
    line = reach()

    (drawn,) = line.drawn
    assert len(drawn.lines) == 2
    assert line.gaps == ["50%"]
    assert "unknown" in chart(line)
    assert line.said == "From 58\u202f% (Jan.) to 71\u202f% (May); at most 71\u202f% (May). 1 value is unknown."


def test_a_lonely_value_is_a_dot():
    line = Line(title="Reach", series=[Series("", [Point("a", None), Point("b", 3), Point("c", None)])])

    assert line.drawn[0].dots == [("50%", "50%")]
    assert line.drawn[0].lines == []


def test_the_doubt_is_a_band_only_where_it_is_known():
    assert len(reach().drawn[0].bands) == 2
    assert ["Apr.", "66\u202f%", ""] in reach().rows
    assert ["Jan.", "58\u202f%", "between 56 and 60"] in reach().rows


def test_the_table_says_unknown_never_zero():
    assert ["Mar.", "unknown", ""] in reach().rows


def test_a_goal_is_drawn_and_the_axis_reaches_it():
    line = reach(goal=75)

    assert line.scale.high == 75
    assert line.goal_place == ("0%", "goal: 75\u202f%")


def test_names_of_lines_do_not_cover_each_other():
    together = [Series(name, [Point("a", 10), Point("b", 20)]) for name in ("one", "two", "three")]
    places = sorted(Line(title="Reach", series=together).label_places().values())

    assert places[1] - places[0] >= 16
    assert places[2] - places[1] >= 16


def test_four_lines_are_refused():
    with pytest.raises(ValueError, match="told apart"):
        Line(title="Reach", series=[Series("", [Point("a", 1)])] * 4)


def test_first_and_last_moments_always_keep_their_name_on_a_phone():
    days = [Point(str(day), day) for day in range(40)]
    labels = Line(title="Days", series=[Series("", days)]).labels

    assert labels[0] == ("0%", "start", "0", "")
    assert labels[-1] == ("100%", "end", "39", "")
    assert len(labels) <= 13
    assert sum(gives_way == "" for *_, gives_way in labels) <= 6


def test_a_chart_of_nothing_says_that_nothing_is_known():
    empty = [
        Line(title="Reach", series=[Series("", [Point("a", None)])]), Bars(title="Reach", bars=[Bar("a", None)]),
        Stacked(title="Reach", parts=["a"], bars=[StackedBar("b", [None])]),
        Funnel(title="Reach", steps=[Step("a", None), Step("b", None)]),
        Sparkline(title="Reach", points=[Point("a", None)]),
        Calendar(title="Reach", first=date(2026, 1, 1), last=date(2026, 1, 31), values={}),
    ]  # fmt: skip

    for each in empty:
        assert each.said == "Nothing is known yet."
        assert "unknown" in chart(each)


def test_a_bar_is_read_from_zero_and_an_unknown_one_is_hollow():
    bars = Bars(title="Answers", bars=[Bar("Arts", 200, 150, 250), Bar("Law", 50), Bar("Sciences", None)])

    arts, law, sciences = bars.drawn
    assert (arts.width, law.width, sciences.width) == ("80%", "20%", None)
    assert (arts.doubt_x, arts.doubt_width) == ("60%", "40%")
    assert sciences.value == "unknown"
    assert bars.said == "Most: Arts, 200. Least: Law, 50."


def test_the_whole_of_unknown_parts_is_a_least():
    stacked = Stacked(
        title="Degrees", parts=["Master", "PhD"], bars=[StackedBar("2025", [60, 20]), StackedBar("2024", [40, None])]
    )

    assert [bar.total for bar in stacked.drawn] == ["80", "at least 40"]
    assert stacked.drawn[0].segments[1].x == "75%"
    assert stacked.said.endswith("Some parts are unknown.")


def test_six_parts_are_refused():
    with pytest.raises(ValueError, match="add up the smallest"):
        Stacked(title="Degrees", parts=list("abcdef"), bars=[])


def test_a_funnel_says_how_many_go_on():
    funnel = Funnel(title="Letters", steps=[Step("sent", 400), Step("opened", 100), Step("answered", None)])

    sent, opened, answered = funnel.drawn
    assert sent.words == "25\u202f% go on"
    assert sent.passage == "0,0 100,0 25,100 0,100"
    assert opened.words == "how many go on is unknown"
    assert answered.width is None


def test_a_day_nobody_counted_is_not_a_day_of_nothing():
    days = {date(2026, 1, 1): 0, date(2026, 1, 2): 4, date(2026, 1, 3): None}
    calendar = Calendar(title="Replies", first=date(2026, 1, 1), last=date(2026, 1, 4), values=days)

    assert [day.css for day in calendar.months[0].days] == ["none", "q5", "unknown", "unknown"]
    assert calendar.rows == [["January 2026", "4", "2", "Jan. 2, 2026"]]


def test_places_are_written_for_machines_whatever_the_language():
    with translation.override("fr"):
        drawn = chart(Bars(title="Réponses", unit="%", bars=[Bar("Lettres", 66.5), Bar("Droit", 33.3)]))

    assert 'width="50.08%"' in drawn
    assert "66,5\u202f%" in drawn


def test_what_is_shown_is_escaped():
    drawn = chart(Bars(title="<b>Reach", bars=[Bar("<script>", 1)]))

    assert "<script>" not in drawn
    assert "<b>" not in drawn


def test_every_drawing_has_its_words_and_its_table():
    drawn = chart(reach())

    assert 'role="img"' in drawn
    assert "From 58" in drawn
    assert '<th scope="row">Jan.</th>' in drawn
    assert "style=" not in drawn
