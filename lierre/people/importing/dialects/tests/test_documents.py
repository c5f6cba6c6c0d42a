"""Archives and CVs: what is allowed is read, the rest is left aside and said."""

import io
import json
import zipfile

import pypdf

from lierre.people.faults import Fault
from lierre.people.importing.dialects import recognise
from lierre.people.importing.dialects.tests.files import part_of, said_by
from lierre.people.importing.reading import open_upload
from lierre.people.importing.statement import Statement

ARCHIVE = {
    "Profile.csv": "First Name,Last Name,Maiden Name,Birth Date,Headline,Websites\n"
    'Amélie,Hervé-Cariou,Hervé,"May 17, 1991",Data engineer,"[PORTFOLIO:https://amelie.example/cv],[OTHER:x]"\n',
    "Positions.csv": 'Notes:\n"Some words, and a comma."\n\nCompany Name,Title,Location,Started On,Finished On\n'
    'Armor Énergies,Data engineer,"Brest, Bretagne, France",Sep 2018,\n'
    'Armor Énergies,Data engineer,"Brest, Bretagne, France",Sep 2018,\n',
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name\nUBN,2012,2014,,Master Statistique et société\n",
    "Skills.csv": "Name\nPython\nR\nPython\n",
    "Languages.csv": "Name,Proficiency\nBreton,Elementary proficiency\n",
    "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number\n"
    "PIX,https://pix.example/1,Pix,Jun 2021,,1\nPIX,https://pix.example/1,Pix,Jun 2021,,1\nPermis hauturier,,,,,\n",
    "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\n"
    "Amelie.Herve@courriel.example,Yes,Yes,3/14/15\nautre@courriel.example,No,No,3/14/15\n",
    "Connections.csv": "First Name,Last Name,Connected On\nYann,Le Goff,12 Mar 2019\n",
    "messages.csv": "FROM,CONTENT\nYann,Secret\n",
}


def archive_of(folder, members):
    path = folder / "archive.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    (document,) = open_upload(path, "archive.zip")
    return document


def test_a_member_s_archive_says_their_career(tmp_path):
    (said,) = said_by(archive_of(tmp_path, ARCHIVE))

    assert said.facts == {
        "given": "Amélie",
        "family": "Hervé",
        "usage": "Hervé-Cariou",
        "born": "1991-05-17",
        "headline": "Data engineer",
        "website": "https://amelie.example/cv",
        "positions": [
            {
                "employer": "Armor Énergies",
                "title": "Data engineer",
                "started": "2018-09",
                "city": "Brest",
                "country": "FR",
            }
        ],
        "studies": [
            {
                "degree": "Master Statistique et société",
                "level": "master",
                "year": 2014,
                "started": "2012",
                "ended": "2014",
                "school": "UBN",
            }
        ],
        "languages": [{"name": "Breton", "level": "Elementary proficiency"}],
        "certifications": ["PIX, Pix, 2021", "Permis hauturier"],
        "skills": ["Python", "R"],
        "contacts": [
            {"kind": "email", "value": "amelie.herve@courriel.example", "confirmed": True},
            {"kind": "email", "value": "autre@courriel.example"},
        ],
    }


def test_connections_and_messages_are_left_aside_and_said(tmp_path):
    document = archive_of(tmp_path, ARCHIVE)
    (said,) = said_by(document)

    assert recognise(document).left_aside(document) == ["Connections.csv", "messages.csv"]
    assert "Le Goff" not in json.dumps([said.raw, said.facts], ensure_ascii=False)
    assert "Secret" not in json.dumps(said.raw)


def test_an_old_archive_in_utf_16_with_underscores_is_read_too(tmp_path):
    old = {
        "Basic_2018/Email_Addresses.csv": "Email Address,Confirmed\na@courriel.example,Yes\n",
        "Basic_2018/Profile.csv": "First Name\tLast Name\nAmélie\tHervé\n".encode("utf-16"),
        "Basic_2018/Skills.csv": "No skills found\n",
    }
    (said,) = said_by(archive_of(tmp_path, old))

    assert (said.facts["family"], said.facts["contacts"][0]["value"]) == ("Hervé", "a@courriel.example")
    assert "skills" not in said.facts


def test_a_file_of_2018_in_utf_16_without_a_mark_is_read(tmp_path):
    members = {"Profile.csv": "First Name\tLast Name\r\nAmélie\tHervé\r\n".encode("utf-16-le"), "Skills.csv": "Name\n"}
    (said,) = said_by(archive_of(tmp_path, members))

    assert (said.facts["given"], said.facts["family"]) == ("Amélie", "Hervé")


def test_a_member_says_where_they_live_and_which_phone_is_of_their_work(tmp_path):
    members = {
        "Profile.csv": 'First Name,Last Name,Zip Code,Geo Location\nAmélie,Hervé,29200,"Brest, Bretagne, France"\n',
        "PhoneNumbers.csv": "Extension,Number,Type\n,+33261911234,Mobile\n,02 61 91 55 55,Work\n,,Home\n",
    }
    (said,) = said_by(archive_of(tmp_path, members))

    assert said.facts["contacts"] == [
        {"kind": "phone", "value": "+33261911234"},
        {"kind": "phone", "value": "+33261915555", "use": "work"},
        {"kind": "address", "value": "Brest", "city": "Brest", "country": "FR"},
    ]


def test_an_empty_file_of_an_archive_may_hold_a_sentence_or_a_trailing_comma(tmp_path):
    members = {
        "Profile.csv": "\ufeffFirst Name,Last Name,\r\nAmélie,Hervé,\r\n",
        "Positions.csv": "No conversations found\n",
        "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name\n",
    }
    (said,) = said_by(archive_of(tmp_path, members))

    assert said.facts == {"given": "Amélie", "family": "Hervé"}


def test_a_birthday_without_its_year_is_no_date(tmp_path):
    members = {"Profile.csv": "First Name,Last Name,Birth Date\nAmélie,Hervé,May 17\n", "Skills.csv": "Name\n"}
    (said,) = said_by(archive_of(tmp_path, members))

    assert "born" not in said.facts
    assert not said.doubts


def test_an_archive_of_connections_alone_says_nothing(tmp_path):
    assert said_by(archive_of(tmp_path, {"Connections.csv": ARCHIVE["Connections.csv"]})) == [
        Fault("nothing_of_owner", 0, value="archive.zip")
    ]


USER = {
    "id": 7001, "email": "amelie.herve@courriel.example", "primary_email_choice": "email", "firstname": "Amélie",
    "lastname": "Hervé-Cariou", "maidenname": "Hervé", "external_id": "20901412", "gender": "female",
    "birthday": "1991-05-17", "confirmed_at": "2019-04-01T09:30:00.000+01:00", "do_not_contact": False,
    "updated_at": "2026-10-01T09:30:00.000+01:00", "citizenship_country_codes": ["FR"], "sub_network_ids": [],
    "postal_personal": {"address_1": "14 rue des Sternes", "city": "Brest", "postal_code": "29200", "country": "FR"},
    "custom_attributes": [{"id": 2, "name": "Promotion", "value": "2014"}, {"id": 1, "name": "Diplôme", "value": "Master X"}],
}  # fmt: skip


def test_users_of_hivebrite_bare_or_in_an_envelope(tmp_path):
    for content in ([USER, {"id": 1}], {"meta": {"page": 1}, "users": [USER, {"id": 1}]}):
        said, other = said_by(part_of(tmp_path, json.dumps(content)))

        assert said.asserted_on == "2026-10-01"
        assert said.facts["contacts"][0] == {
            "kind": "email",
            "value": "amelie.herve@courriel.example",
            "confirmed": True,
        }
        assert said.facts["studies"] == [{"year": 2014, "degree": "Master X", "level": "master"}]
        assert (said.facts["family"], said.facts["usage"], said.facts["sex"]) == ("Hervé", "Hervé-Cariou", "f")
        assert other.facts == {"identifier": "1"}


def test_a_json_resume_is_one_statement(tmp_path):
    cv = {
        "basics": {"name": "Erwan Bellec", "email": "erwan.bellec@courriel.example", "location": {"city": "Morlaix"}},
        "work": [
            {"name": "Optiques du Trégor", "position": "Technicien", "startDate": "2017", "endDate": "2019-02"},
            "?",
        ],
        "education": [
            {"institution": "UBN", "area": "Génie électrique", "studyType": "Master", "endDate": "2017-06-30"}
        ],
        "skills": [{"name": "Réseaux"}],
        "certificates": [{"name": "Habilitation B2", "issuer": "Apave", "date": "2019-03-01"}, {"issuer": "?"}],
        "languages": [{"language": "Anglais", "fluency": "B2"}],
        "meta": {"lastModified": "2026-05-18T20:10:00"},
    }
    (said,) = said_by(part_of(tmp_path, json.dumps(cv)))

    assert isinstance(said, Statement)
    assert said.asserted_on == "2026-05-18"
    assert said.facts["positions"] == [
        {"employer": "Optiques du Trégor", "title": "Technicien", "started": "2017", "ended": "2019-02"}
    ]
    assert said.facts["studies"][0]["degree"] == "Master Génie électrique"
    assert said.facts["studies"][0]["year"] == 2017
    assert said.facts["certifications"] == ["Habilitation B2, Apave, 2019"]


def test_another_json_is_nobody_s(tmp_path):
    assert recognise(part_of(tmp_path, '{"type": "FeatureCollection", "features": [{"id": 1}]}')) is None


CANDIDATE = """<?xml version="1.0"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9" xmlns:hr="http://www.hr-xml.org/3">
<CandidatePerson><PersonName><oa:GivenName>Nolwenn</oa:GivenName><hr:FamilyName>PRIGENT</hr:FamilyName></PersonName>
<Communication><ChannelCode>Email</ChannelCode><oa:URI>nolwenn@courriel.example</oa:URI></Communication>
<BirthDate>1988-02-03</BirthDate></CandidatePerson>
<CandidateProfile><EmploymentHistory><EmployerHistory><hr:OrganizationName>Houle Vive</hr:OrganizationName>
<PositionHistory><PositionTitle>Directrice</PositionTitle><Period><StartDate><hr:FormattedDateTime>2026-02-01
</hr:FormattedDateTime></StartDate><hr:CurrentIndicator>true</hr:CurrentIndicator></Period><City>Lorient</City>
<Country>fr</Country></PositionHistory></EmployerHistory></EmploymentHistory></CandidateProfile></Candidate>"""
REACHED = """<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9"><CandidatePerson>
<PersonName><oa:GivenName>Nolwenn</oa:GivenName><FamilyName>Prigent</FamilyName></PersonName>
<Communication><ChannelCode>Telephone</ChannelCode><CountryDialing>33</CountryDialing>
<oa:DialNumber>0261911234</oa:DialNumber></Communication>
<Communication><Address type="home"><oa:AddressLine>3 quai Est</oa:AddressLine><oa:CityName>Lorient</oa:CityName>
<CountryCode>fr</CountryCode><oa:PostalCode>56100</oa:PostalCode></Address></Communication>
<NationalityCode>fr</NationalityCode></CandidatePerson><CandidateProfile><EducationHistory>
<EducationOrganizationAttendance><OrganizationName>UBN</OrganizationName><AttendancePeriod><StartDate>2009-09</StartDate>
<EndDate>2011-06-30</EndDate></AttendancePeriod><EducationDegree><DegreeName>Master Droit</DegreeName></EducationDegree>
</EducationOrganizationAttendance></EducationHistory></CandidateProfile></Candidate>"""
PASSPORT = """<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><LearnerInfo><Identification>
<PersonName><FirstName>Nolwenn</FirstName><Surname>Prigent</Surname></PersonName></Identification>
<WorkExperienceList><WorkExperience><Period><From year="2011" month="--10"/><To year="2017" month="--04"/></Period>
<Position><Label>Juriste</Label></Position><Employer><Name>Kerlann Conseil</Name></Employer></WorkExperience>
</WorkExperienceList></LearnerInfo></SkillsPassport>"""


def test_both_europass_dialects_are_read(tmp_path):
    (today,) = said_by(part_of(tmp_path, CANDIDATE, "cv.xml"))
    (before,) = said_by(part_of(tmp_path, PASSPORT, "passport.xml"))

    assert today.facts == {
        "given": "Nolwenn",
        "family": "Prigent",
        "born": "1988-02-03",
        "contacts": [{"kind": "email", "value": "nolwenn@courriel.example"}],
        "positions": [
            {
                "employer": "Houle Vive",
                "title": "Directrice",
                "started": "2026-02-01",
                "city": "Lorient",
                "country": "FR",
            }
        ],
    }
    assert before.facts["positions"] == [
        {"employer": "Kerlann Conseil", "title": "Juriste", "started": "2011-10", "ended": "2017-04"}
    ]
    json.dumps(today.raw)


TONGUES = """<Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3" xmlns:e="http://www.europass_eures.eu/1.0">
<CandidatePerson><PersonName><hr:FamilyName>Prigent</hr:FamilyName></PersonName>
<e:PrimaryLanguageCode name="NORMAL">bre</e:PrimaryLanguageCode></CandidatePerson>
<CandidateProfile><PersonQualifications>
<PersonCompetency><CompetencyID>eng</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID>
<e:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Understanding-Listening</hr:CompetencyDimensionTypeCode>
<e:Score><hr:ScoreText>C1</hr:ScoreText></e:Score></e:CompetencyDimension>
<e:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Writing-Production</hr:CompetencyDimensionTypeCode>
<e:Score><hr:ScoreText>B2</hr:ScoreText></e:Score></e:CompetencyDimension></PersonCompetency>
<PersonCompetency><CompetencyID>http://data.europa.eu/esco/skill/1</CompetencyID><hr:TaxonomyID>DIGITAL</hr:TaxonomyID>
<hr:CompetencyName>Tableurs</hr:CompetencyName></PersonCompetency>
</PersonQualifications></CandidateProfile></Candidate>"""
TONGUES_BEFORE = """<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><LearnerInfo><Identification><PersonName>
<FirstName>Nolwenn</FirstName><Surname>Prigent</Surname></PersonName></Identification><Skills><Linguistic>
<MotherTongueList><MotherTongue><Description><Code>fr</Code><Label>français</Label></Description></MotherTongue></MotherTongueList>
<ForeignLanguageList><ForeignLanguage><Description><Code>de</Code></Description><ProficiencyLevel><Listening>B1</Listening>
<Reading>B1</Reading><SpokenInteraction>A2</SpokenInteraction></ProficiencyLevel></ForeignLanguage></ForeignLanguageList>
</Linguistic></Skills></LearnerInfo></SkillsPassport>"""


def test_both_europass_dialects_say_which_languages_are_spoken_and_how_well(tmp_path):
    (today,) = said_by(part_of(tmp_path, TONGUES, "cv.xml"))
    (before,) = said_by(part_of(tmp_path, TONGUES_BEFORE, "passport.xml"))

    assert today.facts["languages"] == [
        {"name": "breton", "level": "langue maternelle"},
        {"name": "anglais", "level": "B2–C1"},
    ]
    assert before.facts["languages"] == [
        {"name": "français", "level": "langue maternelle"},
        {"name": "allemand", "level": "A2–B1"},
    ]


def test_a_cv_says_how_to_reach_its_bearer_and_what_they_studied(tmp_path):
    (said,) = said_by(part_of(tmp_path, REACHED, "cv.xml"))

    assert said.facts["nationality"] == "FR"
    assert said.facts["contacts"] == [
        {"kind": "phone", "value": "+33261911234"},
        {
            "kind": "address", "value": "3 quai Est, 56100 Lorient", "city": "Lorient", "postcode": "56100",
            "country": "FR", "department": "56",
        },
    ]  # fmt: skip
    assert said.facts["studies"] == [
        {
            "degree": "Master Droit", "level": "master", "year": 2011, "started": "2009-09", "ended": "2011-06-30",
            "school": "UBN",
        }
    ]  # fmt: skip


def test_the_xml_of_a_europass_pdf_says_the_same_as_the_file(tmp_path):
    writer, held = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(72, 72)
    writer.add_attachment("attachment.xml", CANDIDATE.encode())
    writer.write(held)

    (inside,), (alone,) = (said_by(part_of(tmp_path, each, "cv.pdf")) for each in (held.getvalue(), CANDIDATE))

    assert inside.facts == alone.facts


def test_a_user_of_hivebrite_without_a_gender_is_called_by_their_title(tmp_path):
    user = {**USER, "gender": None, "prefix_name": "Mme", "email": "", "confirmed_at": "2019-04-01", "deceased": True}
    said, other = said_by(part_of(tmp_path, json.dumps([user, {**USER, "id": 2, "gender": "", "prefix_name": "Dr"}])))

    assert (said.facts["sex"], said.facts["died"]) == ("f", "yes")
    assert "sex" not in other.facts
    assert not said.doubts
