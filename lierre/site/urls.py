"""Every address of Lierre: each domain's own, gathered."""

from django.urls import include, path

from lierre.foundation.views import preferences
from lierre.site.views import home, palette

site_patterns = (
    [
        path("", home.home, name="home"),
        path("maison/", home.house, name="house"),
        path("aller/", palette.go, name="go"),
        path("apparence/", preferences.theme, name="theme"),
        path("langue/", preferences.language, name="language"),
    ],
    "site",
)

urlpatterns = [
    path("", include(site_patterns)),
    path("", include("lierre.foundation.urls")),
    path("", include("lierre.accounts.urls")),
    path("", include("lierre.people.urls")),
    path("", include("lierre.privacy.urls")),
    path("", include("lierre.community.urls")),
    path("", include("lierre.publishing.urls")),
    path("", include("lierre.interchange.urls")),
    path("compte/", include("allauth.urls")),
]
