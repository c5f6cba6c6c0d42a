"""Addresses of the directory, of persons, and of what brings them."""

from django.urls import path, re_path

from lierre.people.views import (
    correcting,
    directory,
    imports,
    mapping,
    own_record,
    person,
    policy,
    quarantine,
    record,
    rehearsal,
    sources,
    whole_person,
)

app_name = "people"

directory_patterns = [
    path("annuaire/", directory.directory, name="directory"),
    path("annuaire/suggestions/", directory.suggest, name="suggestions"),
    path("annuaire/filtre/<slug:parameter>/", directory.facet, name="directory_facet"),
    path("annuaire/recherches/", directory.keep_search, name="keep_search"),
    path("annuaire/recherches/<int:search_id>/oublier/", directory.forget_search, name="forget_search"),
    re_path(r"^annuaire/annuaire\.(?P<form>csv|xlsx)$", directory.export, name="export_directory"),
]
person_patterns = [
    path("personnes/nouvelle/", whole_person.new, name="new_person"),
    path("personnes/<slug:public_id>/", person.person, name="person"),
    path("personnes/<slug:public_id>/historique/", person.history, name="history"),
    path("personnes/<slug:public_id>/corriger/<slug:group>/", correcting.correct, name="correct"),
    path("personnes/<slug:public_id>/corriger/<slug:group>/<slug:key>/", correcting.correct_item, name="correct_item"),
    path("personnes/<slug:public_id>/ajouter/<slug:group>/", correcting.add, name="add"),
    path("personnes/<slug:public_id>/meme-personne/", whole_person.same_as, name="same_as"),
    path("personnes/<slug:public_id>/effacer/", whole_person.erase, name="erase"),
    path("temoignages/<int:record_id>/", record.record, name="record"),
    path("temoignages/<int:record_id>/separer/", record.separate, name="separate"),
    path("temoignages/<int:record_id>/rattacher/", record.attach, name="attach"),
    path("decisions/<int:decision_id>/defaire/", record.undo, name="undo"),
]
own_patterns = [
    path("ma-fiche/", own_record.own_record, name="own_record"),
    path("ma-fiche/qui-voit-quoi/", own_record.own_choices, name="own_choices"),
    path("ma-fiche/archive/", own_record.own_archive, name="own_archive"),
    path("ma-fiche/corriger/<slug:group>/", own_record.own_correct, name="own_correct"),
    path("ma-fiche/corriger/<slug:group>/<slug:key>/", own_record.own_correct_item, name="own_correct_item"),
    path("ma-fiche/ajouter/<slug:group>/", own_record.own_add, name="own_add"),
]
import_patterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/nouveau/", imports.new_import, name="new_import"),
    path("imports/<int:import_id>/", imports.one_import, name="import"),
    path("imports/<int:import_id>/repeter/", rehearsal.rehearse, name="rehearse"),
    path("imports/<int:import_id>/colonnes/<int:delivery_id>/", mapping.mapping, name="mapping"),
    path("imports/<int:import_id>/<slug:act>/", rehearsal.confirm, name="confirm_import"),
    path("quarantaine/", quarantine.quarantine, name="quarantine"),
    path("quarantaine/lignes.csv", quarantine.export, name="export_quarantine"),
    path("quarantaine/<int:line_id>/", quarantine.line, name="quarantined_line"),
    path("quarantaine/<int:line_id>/choisir/", quarantine.choose, name="choose_person"),
    path("quarantaine/<int:line_id>/ecarter/", quarantine.drop, name="drop_line"),
]
trust_patterns = [
    path("sources/", sources.sources, name="sources"),
    path("sources/nouvelle/", sources.source, name="new_source"),
    path("sources/<int:source_id>/", sources.source, name="source"),
    path("confiance/", policy.policy, name="policy"),
    path("confiance/modifier/", policy.change_policy, name="change_policy"),
]
urlpatterns = [*directory_patterns, *person_patterns, *own_patterns, *import_patterns, *trust_patterns]
