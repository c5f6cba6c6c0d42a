"""Nolwenn Prigent's CV, as the Europass editor exports it: the XML that its PDFs carry too."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from demo.graduate import Graduate
from demo.institution import NAME

FILES: Final = ("europass-nolwenn-prigent.xml",)
PAGE: Final = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9" \
xmlns:eures="http://www.europass_eures.eu/1.0" xmlns:hr="http://www.hr-xml.org/3" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.europass.eu/1.0 Candidate.xsd">
  <hr:DocumentID schemeID="UBN-0001" schemeName="DocumentIdentifier" schemeAgencyName="EUROPASS" schemeVersionID="4.0"/>
  <CandidatePerson>
    <PersonName>
      <oa:GivenName>{given}</oa:GivenName>
      <hr:FamilyName>{family}</hr:FamilyName>
    </PersonName>
    <Communication>
      <ChannelCode>Email</ChannelCode>
      <oa:URI>{email}</oa:URI>
    </Communication>
    <BirthDate>{born}</BirthDate>
    <PrimaryLanguageCode name="NORMAL">fra</PrimaryLanguageCode>
  </CandidatePerson>
  <CandidateProfile languageCode="fr">
    <hr:ID schemeID="UBN-0001" schemeName="CandidateProfileID" schemeAgencyName="EUROPASS" schemeVersionID="1.0"/>
    <hr:ExecutiveSummary>Droit de l’énergie et projets en mer.</hr:ExecutiveSummary>
    <EmploymentHistory>
{jobs}
    </EmploymentHistory>
    <EducationHistory>
      <EducationOrganizationAttendance>
        <hr:OrganizationName>{school}</hr:OrganizationName>
        <AttendancePeriod>
          <StartDate>
            <hr:FormattedDateTime>2009-09</hr:FormattedDateTime>
          </StartDate>
          <EndDate>
            <hr:FormattedDateTime>{year}-09</hr:FormattedDateTime>
          </EndDate>
          <Ongoing>false</Ongoing>
        </AttendancePeriod>
        <EducationDegree>
          <hr:DegreeName>{degree}</hr:DegreeName>
        </EducationDegree>
      </EducationOrganizationAttendance>
    </EducationHistory>
  </CandidateProfile>
</Candidate>
"""
JOB: Final = """      <EmployerHistory>
        <hr:OrganizationName>{employer}</hr:OrganizationName>
        <OrganizationContact>
          <Communication>
            <Address>
              <oa:CityName>{city}</oa:CityName>
              <CountryCode>fr</CountryCode>
            </Address>
          </Communication>
        </OrganizationContact>
        <PositionHistory>
          <PositionTitle>{title}</PositionTitle>
          <eures:EmploymentPeriod>
            <eures:StartDate>
              <hr:FormattedDateTime>{started}</hr:FormattedDateTime>
            </eures:StartDate>{ended}
            <hr:CurrentIndicator>{current}</hr:CurrentIndicator>
          </eures:EmploymentPeriod>
          <City>{city}</City>
          <Country>fr</Country>
        </PositionHistory>
      </EmployerHistory>"""
ENDED: Final = """
            <eures:EndDate>
              <hr:FormattedDateTime>{ended}</hr:FormattedDateTime>
            </eures:EndDate>"""
JOBS: Final = (
    ("Houle Vive", "Directrice de projets éoliens en mer", "Lorient", "2026-02-01", ""),
    ("Houle Vive", "Cheffe de projet éolien en mer", "Lorient", "2017-05-01", "2026-01-31"),
    ("Kerlann Conseil", "Juriste", "Rennes", "2011-10-01", "2017-04-30"),
)


def takes(person: Graduate) -> bool:
    """Whether the CV is theirs."""
    return person.registers is not None and "europass" in person.registers


def write(persons: Sequence[Graduate], folder: Path) -> None:
    """Write the CV."""
    for person in persons:
        text = PAGE.format(
            given=escape(person.given),
            family=escape(person.family),
            email=person.email,
            born=person.born.isoformat(),
            school=escape(NAME),
            year=person.last.year,
            degree=escape(person.last.degree.label),
            jobs="\n".join(_job(*job) for job in JOBS),
        )
        (folder / FILES[0]).write_text(text, encoding="utf-8")


def _job(employer: str, title: str, city: str, started: str, ended: str) -> str:
    end = ENDED.format(ended=ended) if ended else ""
    current = "false" if ended else "true"
    return JOB.format(
        employer=escape(employer), title=escape(title), city=escape(city), started=started, ended=end, current=current
    )
