"""Addresses of the domain."""

from django.urls import path

from lierre.publishing.views import absences, approving, calendar, composer, desk, public, register, subscribing

app_name = "publishing"
urlpatterns = [
    path("publications/", calendar.month, name="calendar"),
    path("publications/semaine/", calendar.week, name="week"),
    path("publications/liste/", calendar.agenda, name="agenda"),
    path("publications/deplacer/", calendar.move, name="move"),
    path("publications/suivre/", subscribing.subscription, name="subscription"),
    path("publications/suivre/<slug:token>.ics", subscribing.followed, name="followed"),
    path("publications/nouvelle/", composer.new, name="new_post"),
    path("publications/a-verifier/", desk.desk, name="desk"),
    path("publications/absences/", absences.absences, name="absences"),
    path("publications/absences/<int:absence_id>/finir/", absences.back, name="come_back"),
    path("publications/envois/<int:delivery_id>/", desk.delivery, name="delivery"),
    path("publications/envois/<int:delivery_id>/ecrire-la-bas/", desk.write_there, name="write_there"),
    path("publications/envois/<int:delivery_id>/demander/", desk.ask, name="ask_network"),
    path("publications/envois/<int:delivery_id>/<slug:name>/", desk.act, name="delivery_act"),
    path("publications/comptes/", register.accounts, name="accounts"),
    path("publications/comptes/liste.csv", register.export, name="export_accounts"),
    path("publications/comptes/nouveau/", register.new, name="new_account"),
    path("publications/comptes/semer/", register.seed, name="seed_accounts"),
    path("publications/comptes/etapes/<int:step_id>/retirer/", register.drop_step, name="drop_step"),
    path("publications/comptes/<int:account_id>/", register.account, name="account"),
    path("publications/comptes/<int:account_id>/essayer/", desk.try_account, name="try_account"),
    path("publications/comptes/<int:account_id>/archiver/", register.archive, name="archive_account"),
    path("publications/comptes/<int:account_id>/validation/", register.ask_step, name="ask_step"),
    path("publications/<int:post_id>/", composer.post, name="post"),
    path("publications/<int:post_id>/versions/", composer.versions, name="versions"),
    path("publications/<int:post_id>/<slug:name>/", approving.act, name="post_act"),
    path("comptes-officiels/", public.official, name="official"),
    path("comptes-officiels/confirmer/<str:token>/", public.confirm, name="confirm"),
]
