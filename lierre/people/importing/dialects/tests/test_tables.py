"""Tables of real systems, recognised by their header and read a line at a time."""

from lierre.people.faults import Fault
from lierre.people.importing.dialects import ALL, SILENT, TARGETS, by_name, mapped, recognise, suggest
from lierre.people.importing.dialects.tests.files import facts_of, statement_of
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Row, Table

APOGEE = (
    "COD_IND;COD_ETU;COD_NNE_IND;COD_CLE_NNE_IND;LIB_NOM_PAT_IND;LIB_NOM_USU_IND;LIB_PR1_IND;LIB_PR2_IND;DATE_NAI_IND;"
    "COD_SEX_ETU;COD_DEP_PAY_NAI;DAT_MOD_IND;LIB_AD1;COD_BDI;COD_PAY;NUM_TEL;COD_ANU;COD_ETP;COD_DIP;COD_CMP;ETA_IAE;"
    "TEM_DIP_IAE;LIB_ETP"
)
AMELIE = (
    "1000007;20901412;1407412058;K;HERVE;;AMELIE;JEANNE;17/05/1991;F;029;08/10/2014;14 rue des Sternes;29600;100;"
    "02.61.91.12.34;2013;MASSS2;MASSS;SCT;E;O;Master Statistique et société"
)
NIGHT = "Identifiant AF\tIdentifiant école\tTitre du poste\tNom de l'entreprise\tDate de début de l'expérience\tPoste actuel ?"


def test_the_degree_of_2014_stands_under_2013_in_apogee():
    assert facts_of(APOGEE, AMELIE) == {
        "student_number": "20901412",
        "ine": "1407412058K",
        "family": "Herve",
        "given": "Amelie",
        "given_others": "Jeanne",
        "born": "1991-05-17",
        "sex": "f",
        "birth_country": "FR",
        "contacts": [
            {"kind": "phone", "value": "+33261911234"},
            {
                "kind": "address",
                "value": "14 rue des Sternes, 29600",
                "postcode": "29600",
                "country": "FR",
                "department": "29",
            },
        ],
        "studies": [
            {
                "year": 2014,
                "code": "MASSS",
                "unit_code": "SCT",
                "obtained": True,
                "degree": "Master Statistique et société",
                "level": "master",
            }
        ],
    }


def test_a_line_of_apogee_says_since_when_it_is_true():
    said = statement_of(APOGEE, AMELIE)

    assert (said.asserted_on, said.raw[:2]) == ("2014-10-08", ["1000007", "20901412"])


def test_a_date_that_does_not_exist_refuses_the_line_and_names_its_column():
    said = statement_of(APOGEE, AMELIE.replace("17/05/1991", "31/02/1991"))

    assert said == Fault("impossible_date", 2, "DATE_NAI_IND", "31/02/1991")


def test_a_national_number_that_is_none_refuses_the_line():
    said = statement_of(APOGEE, AMELIE.replace("1407412058", "14074"))

    assert (said.code, said.column) == ("bad_ine", "COD_NNE_IND")


def test_a_cancelled_enrolment_is_no_study():
    assert "studies" not in facts_of(APOGEE, AMELIE.replace(";E;O;", ";R;O;"))


def test_sister_tables_of_apogee_teach_the_names_of_stages():
    header = ("COD_ETP", "LIB_ETP", "LIC_ETP")
    stages = recognise(Table("ETAPE.csv", header, 1, lambda: iter(())))
    labels = stages.labels(header, iter([Row(2, ("MASSS2", "Master Statistique et société", "MASSS"))]))

    found = facts_of("COD_ETU;COD_ANU;COD_ETP;ETA_IAE;TEM_DIP_IAE", "20901412;2013;MASSS2;E;O", labels)

    assert stages.name in SILENT
    assert found["studies"][0]["degree"] == "Master Statistique et société"
    assert stages.order < by_name("apogee-inscription").order


def test_the_present_job_of_the_night_has_no_end():
    found = facts_of(NIGHT, "412\t\tResponsable données\tArmor Énergies\t01/01/2023\t1", delimiter="\t")

    assert found == {
        "identifier": "412",
        "positions": [{"title": "Responsable données", "employer": "Armor Énergies", "started": "2023-01-01"}],
    }


def test_a_line_of_the_night_without_its_account_is_about_nobody():
    said = statement_of(NIGHT, "\t\tResponsable données\tArmor Énergies\t01/01/2023\t1", delimiter="\t")

    assert said == Fault("missing_identifier", 2, "Identifiant AF")


FULL = (
    "Identifiant (AlumnForce),Identifiant (École),Prénom,Nom d’état-civil,Civilité (Mme / Mlle / M.),"
    "Adresse personnelle - Ville,Adresse personnelle - NPAI (Oui [1] / Non [0]),Téléphone mobile personnel,"
    "Email personnel 1,Nationalité,Statut (Non enregistré [0] / Compte expiré [8]),Compte activé (Oui [1] / Non [0]),"
    "Email d'identification,Dernière mise à jour"
)


def test_an_account_that_was_activated_proves_its_address():
    line = (
        "412,20901412,Amélie,Hervé,Mme,Brest,1,0,A.Herve@Courriel.Example,Non renseigné,3,1,a.herve@courriel.example,"
    )
    found = facts_of(FULL, line, delimiter=",")

    assert found["contacts"] == [
        {"kind": "email", "value": "a.herve@courriel.example", "use": "personal", "confirmed": True},
        {"kind": "address", "value": "Brest", "city": "Brest", "refused": True},
    ]
    assert "nationality" not in found
    unproven = facts_of(FULL, line.replace(",3,1,", ",0,0,"), delimiter=",")
    assert not any(contact.get("confirmed") for contact in unproven["contacts"])


def test_a_wrong_address_is_left_out_and_said():
    line = "412,,Amélie,Hervé,Mme,,,,amelie.courriel,,3,1,,"
    said = statement_of(FULL, line, delimiter=",")

    assert isinstance(said, Statement)
    assert "contacts" not in said.facts
    assert said.doubts == (Fault("bad_email", 2, "Email personnel 1", "amelie.courriel"),)


def test_a_birth_that_can_be_read_two_ways_is_left_out_and_said():
    said = statement_of(
        "Contact ID,External Identifier,First Name,Last Name,Birth Date", "7,,Amélie,Hervé,05/04/1991", delimiter=","
    )

    assert said.facts == {"identifier": "7", "given": "Amélie", "family": "Hervé"}
    assert [doubt.code for doubt in said.doubts] == ["ambiguous_date"]


def test_a_line_without_name_nor_number_names_nobody():
    mapper = mapped({"NOM": "family", "MEL": "contacts.email"})

    assert mapper.understand(("NOM", "MEL"), {})(Row(640, ("", "x@courriel.example"))) == Fault("no_name", 640)


def test_a_first_guess_is_offered_by_the_names_of_columns_then_by_their_cells():
    header = ["Nom", "Nom de jeune fille", "Prénom", "Né(e) le", "CP", "Contact", "Cotisation"]
    rows = [["HERVÉ-CARIOU", "HERVÉ", "Amélie", "17/05/1991", "29200", "amelie.herve@courriel.example", "OUI"]]

    assert suggest(header, rows) == {
        "Nom": "usage",
        "Nom de jeune fille": "family",
        "Prénom": "given",
        "Né(e) le": "born",
        "CP": "contacts.postcode",
        "Contact": "contacts.email",
    }


def test_a_table_of_somebody_s_own_is_left_for_a_person_to_explain():
    assert recognise(Table("x", ("NOM", "PRENOM", "COTIS"), 1, lambda: iter(()))) is None


def test_every_dialect_is_found_again_by_its_name_and_explains_its_columns():
    assert len({dialect.name for dialect in ALL}) == len(ALL)
    assert all(by_name(dialect.name) is dialect for dialect in ALL)
    explained = by_name("apogee").columns(APOGEE.split(";"))
    assert (explained["LIB_NOM_PAT_IND"], explained["COD_IND"], explained["COD_ANU"]) == (
        "family",
        "",
        "studies.academic_year",
    )
    assert {"family", "given", "full_name", "born", "ine", "identifier", "contacts.email"} <= TARGETS.keys()
