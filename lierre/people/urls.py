"""Addresses of the directory, of persons, and of what brings them."""

from django.urls import path, re_path

from lierre.people.views import (
    claims,
    correcting,
    delegates,
    directory,
    duplicates,
    freshness,
    imports,
    judging_claims,
    leaving,
    mapping,
    matching,
    merges,
    own_archive,
    own_copy,
    own_linkedin,
    own_record,
    person,
    policy,
    quarantine,
    record,
    rehearsal,
    renaming,
    sampling,
    segments,
    sources,
    teaching,
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
    path("personnes/<slug:public_id>/prenom/", renaming.rename_person, name="rename"),
    path("personnes/<slug:public_id>/effacer/", whole_person.erase, name="erase"),
    path("temoignages/<int:record_id>/", record.record, name="record"),
    path("temoignages/<int:record_id>/separer/", record.separate, name="separate"),
    path("temoignages/<int:record_id>/rattacher/", record.attach, name="attach"),
    path("decisions/<int:decision_id>/defaire/", record.undo, name="undo"),
]
duplicates_patterns = [
    path("doublons/", duplicates.duplicates, name="duplicates"),
    re_path(r"^doublons/doublons\.(?P<form>csv|xlsx)$", duplicates.export, name="export_duplicates"),
    path("doublons/suivante/", duplicates.next_pair, name="next_duplicate"),
    path("doublons/reponses/", duplicates.judgements, name="judgements"),
    path("doublons/reponses/defaire/", duplicates.undo, name="undo_judgement"),
    path("doublons/<int:suspicion_id>/", duplicates.duplicate, name="duplicate"),
    path("fusions/<int:merge_id>/defaire/", merges.unmerge_page, name="unmerge"),
    path("personnes/<slug:public_id>/deux-personnes/", merges.split_page, name="split"),
]
own_patterns = [
    path("ma-fiche/", own_record.own_record, name="own_record"),
    path("ma-fiche/qui-voit-quoi/", own_record.own_choices, name="own_choices"),
    path("ma-fiche/historique/", own_record.own_history, name="own_history"),
    path("ma-fiche/emporter/<slug:kind>/", own_copy.own_copy, name="own_copy"),
    path("ma-fiche/pause/<slug:act>/", own_record.own_pause, name="own_pause"),
    path("ma-fiche/retirer/<int:record_id>/", own_record.own_take_back, name="own_take_back"),
    path("ma-fiche/archive/", own_archive.own_archive, name="own_archive"),
    path("ma-fiche/archive/garder/", own_archive.own_archive_keep, name="own_archive_keep"),
    path("ma-fiche/linkedin/", own_linkedin.own_linkedin, name="own_linkedin"),
    path("ma-fiche/linkedin/consentir/", own_linkedin.consent, name="own_linkedin_consent"),
    path("ma-fiche/linkedin/retour/", own_linkedin.come_back, name="own_linkedin_back"),
    path("ma-fiche/corriger/<slug:group>/", own_record.own_correct, name="own_correct"),
    path("ma-fiche/corriger/<slug:group>/<slug:key>/", own_record.own_correct_item, name="own_correct_item"),
    path("ma-fiche/ajouter/<slug:group>/", own_record.own_add, name="own_add"),
]
claim_patterns = [
    path("retrouver/", claims.claim_record, name="claim_record"),
    path("retrouver/reponse/", claims.claim_answered, name="claim_answered"),
    path("retrouver/delegues/", delegates.delegates, name="delegates"),
    path("retrouver/delegues/<int:delegate_id>/terminer/", delegates.end_delegate, name="end_delegate"),
    path("retrouver/ma-promotion/", delegates.my_class, name="my_class"),
    path("retrouver/ma-promotion/<int:claim_id>/", delegates.answer_for, name="answer_for"),
    path("retrouver/demandes/", judging_claims.claims, name="claims"),
    path("retrouver/demandes/<int:claim_id>/", judging_claims.claim, name="claim"),
    path("retrouver/demandes/<int:claim_id>/<slug:act>/", judging_claims.judge_claim, name="judge_claim"),
    path("retrouver/lien/<str:token>/", claims.open_claim, name="open_claim"),
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
matching_patterns = [
    path("rapprochement/", matching.matching, name="matching"),
    path("rapprochement/seuils/", matching.change_thresholds, name="change_thresholds"),
    path("rapprochement/reponses/", teaching.teaching, name="teaching"),
    path("rapprochement/reponses/revenir/", teaching.return_to_weights, name="return_to_weights"),
    path("rapprochement/mesure/", sampling.sampling, name="sampling"),
    path("rapprochement/mesure/tirer/", sampling.draw_sample, name="draw_sample"),
    path("rapprochement/mesure/suivante/", sampling.next_sampled, name="next_sampled"),
    path("rapprochement/mesure/<int:pair_id>/", sampling.sampled, name="sampled"),
]
freshness_patterns = [
    path("fraicheur/", freshness.freshness, name="freshness"),
    path("fraicheur/compter/", freshness.count, name="count_freshness"),
    re_path(r"^fraicheur/fraicheur\.(?P<form>csv|xlsx)$", freshness.export, name="export_freshness"),
]
segments_patterns = [
    path("segments/", segments.segments, name="segments"),
    path("segments/nouveau/", segments.new_segment, name="new_segment"),
    path("segments/<int:segment_id>/", segments.segment, name="segment"),
    path("segments/<int:segment_id>/modifier/", segments.change_segment, name="change_segment"),
    path("segments/<int:segment_id>/prendre/", segments.take_segment, name="take_segment"),
    path("segments/<int:segment_id>/oublier/", segments.forget_segment, name="forget_segment"),
]
leaving_patterns = [
    path("emporter/", leaving.everything, name="everything"),
    path("emporter/demander/", leaving.ask, name="ask_export"),
    path("emporter/repetition/", leaving.rehearse, name="rehearse_exit"),
    path("emporter/<int:export_id>/lierre.zip", leaving.take, name="take_export"),
    path("emporter/<int:export_id>/detruire/", leaving.destroy, name="destroy_export"),
]
urlpatterns = [
    *directory_patterns,
    *person_patterns,
    *duplicates_patterns,
    *own_patterns,
    *claim_patterns,
    *import_patterns,
    *trust_patterns,
    *matching_patterns,
    *freshness_patterns,
    *segments_patterns,
    *leaving_patterns,
]
