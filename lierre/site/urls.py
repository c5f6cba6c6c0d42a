"""Every address of Lierre: each domain's own, gathered."""

from django.urls import include, path

from lierre.site.views import home

site_patterns = (
    [
        path("", home.home, name="home"),
    ],
    "site",
)

urlpatterns = [
    path("", include(site_patterns)),
    path("", include("lierre.foundation.urls")),
    path("", include("lierre.people.urls")),
    path("compte/", include("allauth.urls")),
]
