"""Addresses of purposes, consents, requests of rights, the register, the breaches."""

from django.urls import path, re_path

from lierre.privacy.views import (
    agreements,
    asking,
    breaches,
    comeback,
    consents,
    deciding,
    desk,
    preferences,
    purposes,
    register,
    request_acts,
    requests,
    retention,
)

app_name = "privacy"

purpose_patterns = [
    path("donnees/", desk.desk, name="desk"),
    path("donnees/budget/", deciding.budget, name="budget"),
    path("donnees/responsables/<int:controller_id>/", deciding.controller, name="controller"),
    path("donnees/finalites/", purposes.purposes, name="purposes"),
    re_path(r"^donnees/finalites/finalites\.(?P<form>csv|xlsx)$", purposes.export, name="export_purposes"),
    path("donnees/finalites/nouvelle/", deciding.add, name="new_purpose"),
    path("donnees/finalites/<int:purpose_id>/", purposes.purpose, name="purpose"),
    path("donnees/finalites/<int:purpose_id>/modifier/", deciding.change, name="change_purpose"),
    path("donnees/finalites/<int:purpose_id>/fermer/", deciding.close, name="close_purpose"),
    path("donnees/partage/", agreements.agreements, name="agreements"),
    path("donnees/partage/nouveau/", agreements.sign, name="new_agreement"),
    path("donnees/partage/<int:agreement_id>/", agreements.agreement, name="agreement"),
    path("donnees/partage/<int:agreement_id>/terminer/", agreements.end, name="end_agreement"),
]
person_patterns = [
    path("donnees/personnes/<slug:public_id>/", consents.person, name="person"),
    path("donnees/personnes/<slug:public_id>/noter/", consents.note, name="note"),
    path("preferences/", asking.ask_preferences, name="ask_preferences"),
    path("preferences/<str:token>/", preferences.preferences, name="preferences"),
    path("mes-preferences/", preferences.own_preferences, name="own_preferences"),
]
request_patterns = [
    path("mes-droits/", asking.ask, name="ask"),
    path("mes-droits/<str:token>/", asking.follow, name="follow"),
    path("donnees/demandes/", requests.requests, name="requests"),
    re_path(r"^donnees/demandes/demandes\.(?P<form>csv|xlsx)$", requests.export, name="export_requests"),
    path("donnees/effacements/", comeback.comeback, name="comeback"),
    path("donnees/demandes/nouvelle/", requests.write_down, name="write_request"),
    path("donnees/demandes/<int:request_id>/", requests.one, name="request"),
    path("donnees/demandes/<int:request_id>/identite/", request_acts.identify, name="identify_request"),
    path("donnees/demandes/<int:request_id>/archive/", requests.take_package, name="package"),
    path("donnees/demandes/<int:request_id>/<slug:name>/", request_acts.act, name="request_act"),
]
register_patterns = [
    path("donnees/conservation/", retention.retention, name="retention"),
    path("donnees/conservation/horloge/", retention.turn_clock, name="turn_clock"),
    path("donnees/conservation/repetition/", retention.rehearsal, name="retention_rehearsal"),
    path("garder/<str:token>/", retention.keep, name="keep"),
    path("donnees/registre/", register.register, name="register"),
    re_path(r"^donnees/registre/registre\.(?P<form>odt|pdf)$", register.export_register, name="export_register"),
    path("vie-privee/", register.notices, name="notices"),
    path("vie-privee/<slug:population>/", register.notice, name="notice"),
    re_path(
        r"^vie-privee/(?P<population>[-\w]+)/notice\.(?P<form>odt|pdf)$", register.export_notice, name="export_notice"
    ),
]
breach_patterns = [
    path("donnees/violations/", breaches.breaches, name="breaches"),
    re_path(r"^donnees/violations/violations\.(?P<form>csv|xlsx)$", breaches.export, name="export_breaches"),
    path("donnees/violations/nouvelle/", breaches.keep, name="new_breach"),
    path("donnees/violations/<int:breach_id>/", breaches.breach, name="breach"),
    path("donnees/violations/<int:breach_id>/completer/", breaches.keep, name="describe_breach"),
    re_path(
        r"^donnees/violations/(?P<breach_id>[0-9]+)/notification\.(?P<form>odt|pdf)$",
        breaches.notification,
        name="breach_notification",
    ),
    path("donnees/violations/<int:breach_id>/autorite/", breaches.authority, name="authority"),
]
urlpatterns = [*purpose_patterns, *person_patterns, *request_patterns, *register_patterns, *breach_patterns]
