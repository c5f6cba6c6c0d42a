"""Each table that a real system exports, whole: its header as published, a line of it, and what the line says."""

from pathlib import Path

import pytest

from lierre.people.faults import Fault
from lierre.people.importing.dialects import by_name, recognise, suggest
from lierre.people.importing.dialects.tests.files import part_of, said_by
from lierre.people.importing.statement import Statement

HEADERS = Path(__file__).parents[5] / "demo" / "exports" / "headers"
NIGHT = {
    kind: (HEADERS / f"alumnforce_{kind}.tsv").read_text("utf-8").rstrip("\r\n").split("\t")
    for kind in ("users", "groups", "groupmembers", "userdegrees", "userjobs")
}
BACK_OFFICE = (HEADERS / "alumnforce_full_export_columns.txt").read_text("utf-8").splitlines()
SCODOC = [
    "Code_NIP",
    "Code_INE",
    "nom",
    "nom_usuel",
    "prenom",
    "civilite",
    "date_naissance",
    "lieu_naissance",
    "nationalite",
]
INDIVIDU = [
    "COD_IND",
    "COD_ETU",
    "COD_NNE_IND",
    "COD_CLE_NNE_IND",
    "LIB_NOM_PAT_IND",
    "LIB_NOM_USU_IND",
    "LIB_PR1_IND",
    "LIB_PR2_IND",
    "LIB_PR3_IND",
    "DATE_NAI_IND",
    "COD_SEX_ETU",
    "COD_PAY_NAT",
    "LIB_VIL_NAI_ETU",
    "COD_DEP_PAY_NAI",
    "DAA_ENT_ETB",
    "DAA_ETB",
    "DAT_MOD_IND",
]
ADRESSE = ["COD_IND", "LIB_AD1", "LIB_AD2", "LIB_AD3", "COD_BDI", "COD_COM", "COD_PAY", "NUM_TEL"]
INS_ADM_ETP = [
    "COD_IND",
    "COD_ANU",
    "COD_ETP",
    "COD_VRS_VET",
    "COD_DIP",
    "COD_CMP",
    "ETA_IAE",
    "TEM_IAE_PRM",
    "TEM_DIP_IAE",
]
CIVICRM = [
    "First Name",
    "Last Name",
    "Birth Date",
    "Street Address",
    "City",
    "Postal Code",
    "Country",
    "State",
    "Email",
    "IM",
    "Website",
    "Phone",
    "Phone Ext",
]


def written(header, values, delimiter=";", end="\r\n"):
    """One line under this header. A value whose column is not there is a mistake of the test."""
    named = {name: next(column for column in header if column.startswith(name)) for name in values}
    cells = {named[name]: value for name, value in values.items()}
    quoted = [f'"{name}"' if delimiter in name else name for name in header]
    return delimiter.join(quoted) + end + delimiter.join(cells.get(name, "") for name in header) + end


PRESETS = [
    (
        "apogee-individu", INDIVIDU, ";", "cp1252",
        {
            "COD_IND": "1000007", "COD_ETU": "20901412", "COD_NNE_IND": "1407412058", "COD_CLE_NNE_IND": "K",
            "LIB_NOM_PAT_IND": "HERVÉ", "LIB_NOM_USU_IND": "HERVÉ-CARIOU", "LIB_PR1_IND": "AMÉLIE",
            "LIB_PR2_IND": "JEANNE", "LIB_PR3_IND": "LOUISE", "DATE_NAI_IND": "17-MAI-91", "COD_SEX_ETU": "F",
            "COD_PAY_NAT": "100", "LIB_VIL_NAI_ETU": "BREST", "COD_DEP_PAY_NAI": "029", "DAA_ENT_ETB": "2009",
            "DAT_MOD_IND": "08/10/2014",
        },
        {
            "identifier": "COD_IND 1000007", "student_number": "20901412", "ine": "1407412058K", "family": "Hervé",
            "usage": "Hervé-Cariou", "given": "Amélie", "given_others": "Jeanne Louise", "born": "1991-05-17", "sex": "f",
            "nationality": "FR", "birth_place": "Brest", "birth_country": "FR",
        },
    ),
    (
        "apogee-adresse", ADRESSE, ";", "iso-8859-15",
        {
            "COD_IND": "1000007", "LIB_AD1": "14 rue des Sternes", "LIB_AD2": "Appt 3", "LIB_AD3": "Résidence du Cœur",
            "COD_BDI": "29600", "COD_COM": "29151", "COD_PAY": "100", "NUM_TEL": "02.61.91.12.34",
        },
        {
            "identifier": "COD_IND 1000007",
            "contacts": [
                {"kind": "phone", "value": "+33261911234"},
                {
                    "kind": "address", "value": "14 rue des Sternes, Appt 3, Résidence du Cœur, 29600",
                    "postcode": "29600", "country": "FR", "department": "29",
                },
            ],
        },
    ),
    (
        "apogee-inscription", INS_ADM_ETP, ";", "utf-8",
        {
            "COD_IND": "1000007", "COD_ANU": "2013", "COD_ETP": "MASSS2", "COD_DIP": "MASSS", "COD_CMP": "SCT",
            "ETA_IAE": "E", "TEM_IAE_PRM": "O", "TEM_DIP_IAE": "O",
        },
        {
            "identifier": "COD_IND 1000007",
            "studies": [{"year": 2014, "code": "MASSS", "unit_code": "SCT", "obtained": True}],
        },
    ),
    (
        "scodoc", SCODOC, ";", "utf-8",
        {
            "Code_NIP": "22201412", "Code_INE": "0J1K2L3M4N5"[:11], "nom": "BELLEC", "nom_usuel": "BELLEC",
            "prenom": "Erwan", "civilite": "X", "date_naissance": "28/02/2004", "lieu_naissance": "MORLAIX",
            "nationalite": "Française",
        },
        {
            "student_number": "22201412", "ine": "0J1K2L3M4N5", "family": "Bellec", "given": "Erwan", "sex": "x",
            "born": "2004-02-28", "birth_place": "Morlaix", "nationality": "FR",
        },
    ),
    (
        "alumnforce-users", NIGHT["users"], "\t", "utf-8",
        {
            "Identifiant AF": "412", "Identifiant école": "20901412", "Prénom": "Amélie", "Nom d'état civil": "Hervé",
            "Nom d'usage": "Hervé-Cariou", "Civilité": "Mme", "Date de naissance": "17/05/1991",
            "Adresse personnelle - Ligne 1": "14 rue\\\tdes Sternes", "Adresse personnelle - Code Postal": "29200",
            "Adresse personnelle - Ville": "BREST", "Adresse personnelle - Pays": "FR", "NPAI": "1",
            "Téléphone fixe personnel": "0", "Email personnel 1": "Amelie@courriel.example",
            "Nationalité": "Non renseigné", "Décédé": "0", "Réception courrier": "0",
        },
        {
            "identifier": "412", "student_number": "20901412", "given": "Amélie", "family": "Hervé",
            "usage": "Hervé-Cariou", "sex": "f", "born": "1991-05-17",
            "contacts": [
                {"kind": "email", "value": "amelie@courriel.example", "use": "personal"},
                {
                    "kind": "address", "value": "14 rue\tdes Sternes, 29200 Brest", "city": "Brest", "postcode": "29200",
                    "country": "FR", "refused": True, "department": "29",
                },
            ],
        },
    ),
    (
        "alumnforce-userdegrees", NIGHT["userdegrees"], "\t", "utf-8",
        {
            "Identifiant AF": "412", "Identifiant école": "20901412", "Référence du diplôme": "Statistique et société",
            "A obtenu son diplôme ?": "1", "Date d'obtention du diplôme": "30/09/2014",
            "Mode de formation": "Formation initiale", "Cycle": "Master",
        },
        {
            "identifier": "412", "student_number": "20901412",
            "studies": [{"degree": "Statistique et société", "obtained": True, "year": 2014, "level": "master"}],
        },
    ),
    (
        "alumnforce-userjobs", NIGHT["userjobs"], "\t", "utf-8",
        {
            "Identifiant AF": "412", "Fonction dans l'entreprise": "Données", "Nom de l'entreprise": "Houle Vive",
            "Adresse professionnelle - Ville": "CORK", "Adresse professionnelle - Pays": "IE",
            "Indicateur téléphone fixe professionnel": "+353", "Téléphone fixe professionnel": "021 555 0100",
            "Date de début de l'expérience": "01/01/2023", "Date de fin de l'expérience": "01/01/2024",
            "Type de contrat": "CDI", "Poste actuel ?": "1", "J'ai créé cette entreprise ?": "0",
        },
        {
            "identifier": "412",
            "positions": [
                {
                    "employer": "Houle Vive", "city": "Cork", "country": "IE", "started": "2023-01-01", "contract": "CDI",
                    "title": "Données",
                }
            ],
            "contacts": [{"kind": "phone", "value": "+353215550100", "use": "work"}],
        },
    ),
    (
        "alumnforce-groupmembers", NIGHT["groupmembers"], "\t", "utf-8",
        {"Identifiant AF utilisateur": "412", "Identifiant AF groupe": "51", "Rôle dans le groupe": "banni"},
        {"identifier": "412"},
    ),
    (
        "alumnforce", BACK_OFFICE, ",", "iso-8859-15",
        {
            "Identifiant (AlumnForce)": "412", "Prénom": "Amélie", "Nom d'état-civil": "Hervé", "Civilité": "M.",
            "Adresse personnelle - Ville": "NANTES", "Adresse personnelle - Cedex": "CEDEX 3",
            "Adresse personnelle - Code postal": "44000", "Téléphone mobile personnel": "0", "Nationalité": "Non renseigné",
            "Membre décédé": "0", "Compte activé": "1", "Référence du diplôme": "MASSS", "Filière": "M",
            "A obtenu son diplôme": "1", "Date de promotion": "2014", "Fonction / Métier": "Statisticien",
            "Code Fontion / Métier": "M1403", "Entreprise - Nom": "Armor Énergies", "Salaire réel": "60000",
            "J'accepte de recevoir les mails": "0", "Email d'identification": "amelie@courriel.example",
            "Dernière mise à jour": "02/11/2026",
        },
        {
            "identifier": "412", "given": "Amélie", "family": "Hervé", "sex": "m", "do_not_contact": True,
            "contacts": [
                {"kind": "email", "value": "amelie@courriel.example", "confirmed": True},
                {
                    "kind": "address", "value": "44000 Nantes CEDEX 3", "city": "Nantes", "postcode": "44000",
                    "department": "44",
                },
            ],
            "studies": [{"code": "MASSS", "degree": "MASSS", "level": "master", "obtained": True, "year": 2014}],
            "positions": [{"rome": "M1403", "employer": "Armor Énergies", "title": "Statisticien"}],
        },
    ),
    (
        "civicrm", ["External Identifier", *CIVICRM, "Opt Out"], ",", "utf-8-sig",
        {
            "External Identifier": "20901412", "First Name": "Amélie", "Last Name": "Hervé", "Birth Date": "1991-05-17",
            "Street Address": "14 rue des Sternes", "City": "Brest", "Postal Code": "29200", "Country": "France",
            "State": "Finistère", "Email": "amelie@courriel.example", "Phone": "0261911234", "Opt Out": "Yes",
        },
        {
            "student_number": "20901412", "given": "Amélie", "family": "Hervé", "born": "1991-05-17",
            "do_not_contact": True,
            "contacts": [
                {"kind": "email", "value": "amelie@courriel.example"},
                {"kind": "phone", "value": "+33261911234"},
                {
                    "kind": "address", "value": "14 rue des Sternes, 29200 Brest", "city": "Brest", "postcode": "29200",
                    "country": "FR", "department": "29",
                },
            ],
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("preset", "header", "delimiter", "encoding", "values", "expected"), PRESETS, ids=[each[0] for each in PRESETS]
)
def test_a_line_of_each_system_says_what_it_says(tmp_path, preset, header, delimiter, encoding, values, expected):
    part = part_of(tmp_path, written(header, values, delimiter).encode(encoding))

    (said,) = said_by(part)

    assert recognise(part).name == preset
    assert isinstance(said, Statement), said
    assert dict(said.facts) == expected
    assert not said.doubts


@pytest.mark.parametrize(
    ("preset", "header", "delimiter"), [each[:3] for each in PRESETS], ids=[each[0] for each in PRESETS]
)
def test_a_system_is_recognised_by_its_columns_however_they_are_written(tmp_path, preset, header, delimiter):
    odd = [name.upper().replace("'", "’").replace("É", "E").replace("-", "‑") for name in reversed(header)]

    part = part_of(tmp_path, written(odd, {odd[0]: "x", odd[1]: "y"}, delimiter))

    assert recognise(part).name == preset


def test_the_model_of_scodoc_says_in_its_header_what_a_cell_may_hold(tmp_path):
    header = (
        "Code_NIP;Code_INE;nom;nom_usuel;prenom;civilite(M,F,X);date_naissance(jj/mm/aaaa);lieu_naissance;nationalite"
    )
    line = "22201412;;BELLEC;;Erwan;M;28/02/2004;MORLAIX;Française"

    part = part_of(tmp_path, f"{header}\n{line}\n")

    assert recognise(part).name == "scodoc"
    (said,) = said_by(part)
    assert (said.facts["sex"], said.facts["born"]) == ("m", "2004-02-28")


def test_tables_of_the_night_are_read_persons_first():
    orders = [by_name(f"alumnforce-{kind}").order for kind in NIGHT]

    assert orders == sorted(set(orders))


def test_a_national_number_that_is_whole_already_is_not_given_its_last_character_twice(tmp_path):
    values = {"COD_ETU": "1", "LIB_NOM_PAT_IND": "RIOU", "COD_NNE_IND": "1407412058K", "COD_CLE_NNE_IND": "K"}
    (said,) = said_by(part_of(tmp_path, written(INDIVIDU, values)))

    assert said.facts["ine"] == "1407412058K"


def test_a_placeholder_is_no_national_number(tmp_path):
    values = {"COD_ETU": "1", "LIB_NOM_PAT_IND": "RIOU", "COD_NNE_IND": "0000000000", "COD_CLE_NNE_IND": "00"}
    (said,) = said_by(part_of(tmp_path, written(INDIVIDU, values)))

    assert "ine" not in said.facts


def test_a_date_of_the_association_that_can_be_read_two_ways_is_flagged_and_left_out(tmp_path):
    header = ["External Identifier", *CIVICRM]
    values = {"External Identifier": "1", "Last Name": "Riou", "Birth Date": "05/04/1991"}
    (said,) = said_by(part_of(tmp_path, written(header, values, ",")))

    assert "born" not in said.facts
    assert said.doubts == (Fault("ambiguous_date", 2, "Birth Date", "05/04/1991"),)


def test_the_columns_that_an_association_makes_up_are_suggested():
    assert suggest(CIVICRM) == {
        "First Name": "given", "Last Name": "family", "Birth Date": "born", "Street Address": "contacts.address",
        "City": "contacts.city", "Postal Code": "contacts.postcode", "Country": "contacts.country",
        "Email": "contacts.email", "Website": "website", "Phone": "contacts.phone",
    }  # fmt: skip
