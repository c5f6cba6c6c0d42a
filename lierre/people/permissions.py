"""Who may do what with persons."""

from django.utils.translation import gettext_lazy as _

from lierre.foundation.abilities import declare

SEE_PERSONS = declare(
    "see_persons",
    label=_("enter the directory, and see there what each person allows"),
    roles=frozenset(
        {
            "alumni_office", "communication", "direction", "data_protection", "hr", "recruiter_relations",
            "ambassador", "graduate", "student", "recruiter",
        }
    ),
)  # fmt: skip
# Human resources and recruiter relations meet graduates as recruiters do: nothing they do needs what a person hides.
SEE_EVERYTHING = declare(
    "see_hidden_values",
    label=_("see all that is known of a person, even what they hide from others"),
    roles=frozenset({"alumni_office", "communication", "direction", "data_protection"}),
)
SEE_AS = declare(
    "see_as",
    label=_("see the page of a person as somebody else would, to help that person"),
    roles=frozenset({"alumni_office", "data_protection"}),
)
JUDGE_CLAIMS = declare(
    "judge_claims", label=_("say whose a record is, when somebody claims it"), roles=frozenset({"alumni_office"})
)
EDIT_PERSONS = declare("edit_persons", label=_("correct persons"), roles=frozenset({"alumni_office"}))
JUDGE_DUPLICATES = declare(
    "judge_duplicates", label=_("say whether two persons are one"), roles=frozenset({"alumni_office"})
)
BRING_FILES = declare("bring_files", label=_("bring files into the base"), roles=frozenset({"alumni_office", "it"}))
DECIDE_POLICY = declare(
    "decide_policy",
    label=_("decide which source is believed"),
    roles=frozenset({"alumni_office", "data_protection"}),
)
DECIDE_MATCHING = declare(
    "decide_matching",
    label=_("decide from which chances a line is linked alone"),
    roles=frozenset({"alumni_office", "data_protection"}),
)
# The pages of persons stand side by side there: only for those who may see them.
JUDGE_MATCHING = declare(
    "judge_matching",
    label=_("judge pairs drawn at random, to know how often the matching is wrong"),
    roles=frozenset({"alumni_office", "data_protection"}),
)
ERASE_PERSONS = declare("erase_persons", label=_("erase persons"), roles=frozenset({"data_protection"}))
EXPORT_PERSONS = declare(
    "export_persons", label=_("take lists of persons out of the house"), roles=frozenset({"alumni_office"})
)
SEE_FRESHNESS = declare(
    "see_freshness",
    label=_("see how fresh the base is"),
    roles=frozenset({"alumni_office", "direction", "data_protection"}),
)
USE_SEGMENTS = declare(
    "use_segments",
    label=_("make segments: questions asked of the base again and again"),
    roles=frozenset({"alumni_office", "communication"}),
)
TAKE_EVERYTHING = declare(
    "take_everything",
    label=_("take everything out of the house, and see that it could be built again"),
    roles=frozenset({"it", "data_protection", "direction"}),
    everywhere=True,
)
