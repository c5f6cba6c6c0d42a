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
EDIT_PERSONS = declare("edit_persons", label=_("correct persons"), roles=frozenset({"alumni_office"}))
BRING_FILES = declare("bring_files", label=_("bring files into the base"), roles=frozenset({"alumni_office", "it"}))
DECIDE_POLICY = declare(
    "decide_policy",
    label=_("decide which source is believed"),
    roles=frozenset({"alumni_office", "data_protection"}),
)
ERASE_PERSONS = declare("erase_persons", label=_("erase persons"), roles=frozenset({"data_protection"}))
EXPORT_PERSONS = declare(
    "export_persons", label=_("take lists of persons out of the house"), roles=frozenset({"alumni_office"})
)
