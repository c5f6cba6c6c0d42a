"""Names that people give to the columns of files of their own, and what these columns nearly always mean."""

from typing import Final

# Folded: without case, accents, apostrophes, hyphens nor underscores.
_WORDS: Final = {
    "family": "nom; nom de naissance; nom de famille; nom patronymique; nom naissance; nom jeune fille; jeune fille;"
    " nom de jeune fille; nom d etat civil; last name; surname; family name; lastname; birth name; nom patro",
    "usage": "nom d usage; nom usage; nom usuel; nom marital; nom d epouse; nom epouse; married name; usage name;"
    " nom (d epouse s il y a lieu); nom actuel",
    "former": "former name; ancien nom; maiden name; autre nom",
    "given": "prenom; prenoms; prenom usuel; first name; given name; firstname; given names; prenom 1",
    "given_others": "autres prenoms; prenom 2; deuxieme prenom; middle name; second prenom",
    "full_name": "nom prenom; nom et prenom; nom complet; full name; name; prenom nom; identite; nom prenoms",
    "sex": "sexe; civilite; genre; gender; sex; titre de civilite; civ",
    "born": "date de naissance; ne le; nee le; ne(e) le; date naissance; dt nais; dt naissance; naissance; birth date;"
    " birthdate; date of birth; dob; birthday; date nais",
    "birth_place": "lieu de naissance; ville de naissance; birth place; place of birth; lieu naissance",
    "birth_country": "pays de naissance; country of birth",
    "nationality": "nationalite; nationality; citizenship",
    "student_number": "numero etudiant; n° etudiant; n etudiant; no etudiant; num etu; num etudiant; code etudiant;"
    " numero d etudiant; student number; student id; code nip; cod etu; n° d etudiant; matricule etudiant",
    "ine": "ine; numero ine; code ine; n° ine; nne; identifiant national etudiant; bea",
    "identifier": "identifiant; id; identifier; matricule; n° fiche; numero; n°; code; reference; numero de membre;"
    " n° adherent; numero adherent; contact id; member id",
    "studies.degree": "diplome; intitule du diplome; titre obtenu; degree; formation; intitule diplome; diplome obtenu;"
    " libelle diplome; libelle du diplome; program; programme",
    "studies.code": "code diplome; code du diplome; code etape; degree code",
    "studies.discipline": "discipline; specialite; domaine; mention; field of study; major",
    "studies.unit": "composante; ufr; faculte; ecole; departement d enseignement; iut; school; faculty; institut",
    "studies.year": "annee; annee du diplome; annee dip; annee diplome; annee d obtention; promotion; promo; sorti en;"
    " sorti(e) en; annee de sortie; graduation year; class of; class; year; annee d obtention du diplome",
    "studies.honours": "mention obtenue; honours; honors",
    "positions.title": "poste; fonction; emploi; emploi occupe; intitule du poste; profession; metier; job title; title;"
    " poste actuel; poste occupe; situation en 98; position; job",
    "positions.employer": "employeur; entreprise; societe; organisme; maison ou administration; employer; company;"
    " current employer; nom de l entreprise; organisation; organization",
    "positions.siret": "siret; code siret; numero siret",
    "positions.sector": "secteur; secteur d activite; sector; industry; branche",
    "positions.city": "commune de travail; ville de travail; lieu de travail; work city; ville de l entreprise; ville emploi",
    "positions.country": "pays de travail; work country; pays de l entreprise",
    "positions.started": "en poste depuis; date de debut; debut; depuis; started; start date; date d embauche; started on",
    "positions.ended": "date de fin; fin; ended; end date; finished on",
    "positions.contract": "contrat; type de contrat; contract",
    "contacts.email": "email; e mail; mail; courriel; adresse mail; adresse e mail; adresse electronique; mel; mel perso;"
    " email personnel; mail perso; adresse email; email address; e mail personnel; courriel personnel; email perso",
    "contacts.email_work": "email professionnel; mail pro; courriel professionnel; work email; mel pro; email pro",
    "contacts.phone": "telephone; tel; portable; mobile; tel domicile; tel. domicile; phone; telephone portable; gsm; tel.;"
    " telephone domicile; tel mobile; telephone mobile; phone number; mobile phone; numero de telephone",
    "contacts.phone_work": "telephone professionnel; tel pro; work phone; telephone pro; tel. pro",
    "contacts.address": "adresse; rue; adresse postale; address; street; street address; adresse 1; adresse 2; ligne 1",
    "contacts.postcode": "cp; code postal; postal code; zip; zip code; postcode; codepostal",
    "contacts.city": "ville; localite; commune; city; town; ville de residence",
    "contacts.country": "pays; country; pays de residence",
    "linkedin": "linkedin; profil linkedin; linkedin url; url linkedin; linkedin profile; lien linkedin",
    "website": "site web; site; website; site internet; web site",
    "died": "decede; decede(e); dcd; deceased",
    "died_on": "date de deces; deceased date; date deces; date of death",
    "lost": "perdu de vue; npai; lost",
    "do_not_contact": "ne pas contacter; do not contact; opt out; stop",
}
MEANT: Final = {name.strip(): target for target, names in _WORDS.items() for name in names.split(";")}

# Named in English, `05/04/1991` can be a day of April or of May: nobody can tell.
ENGLISH: Final = frozenset(
    {
        "birth date", "birthdate", "date of birth", "dob", "birthday", "start date", "started", "started on", "end date",
        "ended", "finished on", "deceased date", "date of death",
    }
)  # fmt: skip
