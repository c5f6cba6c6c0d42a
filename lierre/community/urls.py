"""Addresses of what brings graduates together, and of what the institution asks of them."""

from django.urls import path, re_path

from lierre.community.views import answering, campaigns, ceremonies, found, groups, lost, returns, welcome

app_name = "community"

asking_patterns = [
    path("nouvelles/", campaigns.asking, name="asking"),
    path("nouvelles/<int:campaign_id>/", campaigns.campaign, name="campaign"),
    path("nouvelles/<int:campaign_id>/<slug:name>/", campaigns.act, name="campaign_act"),
    path("repondre/<slug:token>/", answering.answer, name="answer"),
    path("repondre/<slug:token>/arreter/", answering.stop_at_once, name="stop_at_once"),
    path("retours/", returns.told, name="returns"),
]
group_patterns = [
    path("groupes/", groups.groups, name="groups"),
    path("groupes/nouveau/", groups.new_group, name="new_group"),
    path("groupes/promotions/", groups.new_classes, name="new_classes"),
    path("groupes/<int:group_id>/", groups.group, name="group"),
    re_path(r"^groupes/(?P<group_id>\d+)/membres\.(?P<form>csv|xlsx)$", groups.export_members, name="export_members"),
    path("groupes/<int:group_id>/inviter/", groups.invite, name="invite"),
    path("groupes/<int:group_id>/fermer/", groups.close_group, name="close_group"),
    path("groupes/<int:group_id>/moi/<slug:act>/", groups.own_act, name="group_act"),
    path("groupes/<int:group_id>/<int:membership_id>/<slug:act>/", groups.host_act, name="host_act"),
]
ceremony_patterns = [
    path("ceremonies/", ceremonies.ceremonies, name="ceremonies"),
    path("ceremonies/<int:ceremony_id>/", ceremonies.ceremony, name="ceremony"),
    path("ceremonies/<int:ceremony_id>/qr.svg", ceremonies.code, name="code"),
    path("ceremonies/<int:ceremony_id>/fermer/", ceremonies.close_ceremony, name="close_ceremony"),
    re_path(r"^ceremonies/(?P<ceremony_id>\d+)/(?P<sheet>affiche|cartes)/$", ceremonies.printed, name="printed"),
    re_path(
        r"^ceremonies/(?P<ceremony_id>\d+)/promotion\.(?P<form>csv|xlsx)$", ceremonies.export_roll, name="export_roll"
    ),
    path("bienvenue/<slug:token>/", welcome.welcome, name="welcome"),
    path("bienvenue/<slug:token>/merci/", welcome.welcome_done, name="welcome_done"),
    path("confirmer/<str:token>/", welcome.confirm_capture, name="confirm_capture"),
]
lost_patterns = [
    path("perdus-de-vue/", lost.lost, name="lost"),
    path("perdus-de-vue/proposer/", lost.propose_way, name="propose_way"),
    path("perdus-de-vue/signalements/", lost.reports, name="reports"),
    path("perdus-de-vue/signalements/<int:proposal_id>/<slug:act>/", lost.handle_report, name="handle_report"),
    path("perdus-de-vue/ecartes/<slug:public_id>/reprendre/", lost.lift_bar, name="lift_bar"),
    path("retrouvailles/<slug:token>/", found.found, name="found"),
]
urlpatterns = [*asking_patterns, *group_patterns, *ceremony_patterns, *lost_patterns]
