"""Amélie's archive, as LinkedIn gave it to her on 4 November 2024: the complete one, in the layout of that year.

It says what she had told LinkedIn by then: “Data engineer”, since September 2018 and without an end. It also holds what
nobody here may read: the people she knows, her messages, her searches. They are in it to show that they stay shut.
Traps: the preamble of Connections, the same job twice, a trailing comma, an empty file that says so in a sentence.
"""

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from demo.graduate import Graduate

FILES: Final = ("Complete_LinkedInDataExport_11-04-2024.zip",)
TAKEN: Final = (2024, 11, 4, 19, 12, 0)

Lines = Sequence[Sequence[str]]
POSITIONS: Final[Lines] = (
    ("Company Name", "Title", "Description", "Location", "Started On", "Finished On"),
    ("Armor Énergies", "Data engineer", "Chaînes de données de la production éolienne.", "Brest, Bretagne, France",
     "Sep 2018", ""),
    ("Agence d’urbanisme du Trégor", "Chargée d’études", "", "Lannion, Bretagne, France", "Oct 2014", "Aug 2016"),
    ("Agence d’urbanisme du Trégor", "Chargée d’études", "", "Lannion, Bretagne, France", "Oct 2014", "Aug 2016"),
)  # fmt: skip
READ: Final[dict[str, Lines]] = {
    "Profile.csv": (
        ("First Name", "Last Name", "Maiden Name", "Address", "Birth Date", "Headline", "Summary", "Industry",
         "Zip Code", "Geo Location", "Twitter Handles", "Websites", "Instant Messengers"),
        ("Amélie", "Hervé", "", "", "May 17, 1991", "Data engineer chez Armor Énergies",
         "Des données fiables pour l’énergie.\nStatisticienne de formation, « un peu » marine de cœur.",
         "Services publics", "29200", "Brest, Bretagne, France", "", "", ""),
    ),
    "Profile Summary.csv": (("Profile Summary",), ("Des données fiables pour l’énergie.",)),
    "Positions.csv": POSITIONS,
    "Education.csv": (
        ("School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"),
        ("Université de Bretagne-Nord", "2012", "2014", "", "Master Statistique et société", ""),
        ("Université de Bretagne-Nord", "2009", "2012", "", "Licence Mathématiques appliquées", "Voile"),
    ),
    "Skills.csv": (("Name",), ("Science des données",), ("Énergie",), ("Python",), ("R",), ("Qualité des données",)),
    "Languages.csv": (
        ("Name", "Proficiency"),
        ("Français", "Native or bilingual proficiency"),
        ("Anglais", "Full professional proficiency"),
        ("Breton", "Elementary proficiency"),
    ),
    "Certifications.csv": (("Name", "Url", "Authority", "Started On", "Finished On", "License Number"),),
    "Volunteering.csv": (
        ("Company Name", "Role", "Cause", "Started On", "Finished On", "Description"),
        ("Code à la plage", "Animatrice", "EDUCATION", "Jul 2019", "", ""),
    ),
    "Email Addresses.csv": (
        ("Email Address", "Confirmed", "Primary", "Updated On"),
        ("amelie.herve@courriel.example", "Yes", "Yes", "3/14/15"),
    ),
    "PhoneNumbers.csv": (("Extension", "Number", "Type"),),
    "Registration.csv": (("Registered At", "Registration Ip", "Subscription Types"), ("9/2/13, 8:14 AM", "", "")),
}  # fmt: skip
NEVER_READ: Final[dict[str, Lines]] = {
    "messages.csv": (
        ("CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE",
         "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"),
        ("2-abc", "", "Maëlle Fictive", "", "Amélie Hervé", "", "2024-10-02 18:03:11 UTC", "",
         "On se voit samedi ? Je n’ai encore rien dit à personne.", "INBOX", "", "No", "No"),
    ),
    "Invitations.csv": (
        ("From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"),
        ("Goulven Inventé", "Amélie Hervé", "8/30/24, 9:12 PM", "", "INCOMING", "", ""),
    ),
    "SearchQueries.csv": (("Time", "Search Query"), ("2024/09/12 07:40:05 UTC", "salaire responsable données")),
    "Inferences_about_you.csv": (
        ("Category", "Type of inference", "Description", "Inference"),
        ("Jobs", "Job seeker", "Whether we think that you look for a job", "Yes"),
    ),
    "Jobs/Job Applications.csv": (
        ("Application Date", "Contact Email", "Company Name", "Job Title", "Job Url", "Resume Name"),
        ("9/20/24, 8:02 AM", "amelie.herve@courriel.example", "Sterenn Data", "Responsable données", "", "cv.pdf"),
    ),
}  # fmt: skip
CONNECTIONS: Final = """Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Maëlle,Fictive,,,Houle Vive,Ingénieure,12 Mar 2019
Goulven,Inventé,,goulven@boite.example,Kerlann Conseil,Consultant,03 Sep 2024
"""
ODD: Final = {
    "Connections.csv": CONNECTIONS,
    "Learning.csv": "Content Title,Content Description,Content Type,Content Last Watched Date (if viewed),\n",
    "coach_messages.csv": "No conversations found\n",
}


def takes(person: Graduate) -> bool:
    """Whether the archive is theirs: this is Amélie's."""
    return person.registers is not None and "linkedin" in person.registers


def write(persons: Sequence[Graduate], folder: Path) -> None:
    """Write the archive, to the same bytes each time."""
    if not persons:
        return
    with ZipFile(folder / FILES[0], "w", ZIP_DEFLATED) as archive:
        for name, lines in (READ | NEVER_READ).items():
            archive.writestr(_entry(name), _text(lines))
        for name, text in ODD.items():
            archive.writestr(_entry(name), text)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, TAKEN)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _text(lines: Lines) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()
