"""Addresses of the directory, of persons, and of what brings them."""

from django.urls import path, re_path

from lierre.people.views import directory

app_name = "people"
urlpatterns = [
    path("annuaire/", directory.directory, name="directory"),
    path("annuaire/suggestions/", directory.suggest, name="suggestions"),
    path("annuaire/filtre/<slug:parameter>/", directory.facet, name="directory_facet"),
    path("annuaire/recherches/", directory.keep_search, name="keep_search"),
    path("annuaire/recherches/<int:search_id>/oublier/", directory.forget_search, name="forget_search"),
    re_path(r"^annuaire/annuaire\.(?P<form>csv|xlsx)$", directory.export, name="export_directory"),
]
