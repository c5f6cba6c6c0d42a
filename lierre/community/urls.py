"""Addresses of what the institution asks of its graduates."""

from django.urls import path

from lierre.community.views import answering, campaigns, returns

app_name = "community"

urlpatterns = [
    path("nouvelles/", campaigns.asking, name="asking"),
    path("nouvelles/<int:campaign_id>/", campaigns.campaign, name="campaign"),
    path("nouvelles/<int:campaign_id>/<slug:name>/", campaigns.act, name="campaign_act"),
    path("repondre/<slug:token>/", answering.answer, name="answer"),
    path("repondre/<slug:token>/arreter/", answering.stop_at_once, name="stop_at_once"),
    path("retours/", returns.told, name="returns"),
]
