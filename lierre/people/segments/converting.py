"""Between a search of the directory and a segment: one becomes the other where both can say the same."""

from lierre.people.directory.facets import FACET
from lierre.people.directory.question import Question
from lierre.people.segments.question import Condition, Group

HALF_A_YEAR = {"six-mois": ("within", "6"), "deux-ans": ("within", "24"), "a-confirmer": ("not_within", "24")}


def from_search(question: Question) -> Group:
    """
    What was typed and chosen. Freshness becomes months.

    >>> from_search(Question(text="le goff", chosen={"year": ("2014",)})).as_json()["members"][1]
    {'on': 'year', 'how': 'in', 'values': ['2014']}
    """
    members: list[Condition | Group] = [Condition("words", "in", (question.text,))] if question.words else []
    for name, values in question.chosen.items():
        if name == "freshness":
            months = tuple(Condition("heard", *pair) for pair in map(between, values) if pair)
            members.append(Group("any", months) if len(months) > 1 else months[0]) if months else None
        else:
            members.append(Condition(name, "in", values))
    return Group("all", tuple(members))


def between(value: str) -> tuple[str, tuple[str, ...]] | None:
    found = HALF_A_YEAR.get(value)
    return (found[0], (found[1],)) if found else None


def to_search(asked: Group) -> Question | None:
    """The search of the directory that says the same. None when it cannot be said so simply."""
    question = Question()
    if asked.kind != "all":
        return None
    for member in asked.members:
        if isinstance(member, Group) or member.how != "in" or member.on in question.chosen:
            return None
        if member.on == "words" and len(member.values) == 1 and not question.text:
            question = question.saying(member.values[0])
        elif member.on in FACET:
            question = question.choosing(member.on, *member.values)
        else:
            return None
    return question if question.narrows else None
