"""Addresses of the pages that every institution has."""

from django.urls import path, re_path

from lierre.foundation.views import components, duties, health, journal, work

app_name = "foundation"
urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("travaux/", work.works, name="works"),
    path("travaux/<int:work_id>/", work.work, name="work"),
    path("travaux/<int:work_id>/arreter/", work.cancel, name="cancel_work"),
    path("taches/", duties.duties, name="duties"),
    path("taches/<str:name>/maintenant/", duties.hasten, name="hasten_duty"),
    path("composants/", components.components, name="components"),
    re_path(r"^composants/exemple\.(?P<form>csv|xlsx)$", components.export, name="export_example"),
    path("journal/", journal.journal, name="journal"),
    re_path(r"^journal/journal\.(?P<form>csv|xlsx)$", journal.export, name="export_journal"),
]
