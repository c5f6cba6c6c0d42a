"""Addresses for machines, and the pages about them."""

from django.urls import include, path

from lierre.interchange.schema import PREFIX
from lierre.interchange.schema import urls as rest
from lierre.interchange.scim.views import urls as scim
from lierre.interchange.views import documentation, tokens, webhooks

pages = [
    path("machines/", tokens.machines, name="machines"),
    path("machines/jetons/<int:token_id>/reprendre/", tokens.revoke, name="revoke_token"),
    path("machines/crochets/nouveau/", webhooks.new, name="new_webhook"),
    path("machines/crochets/<int:webhook_id>/", webhooks.webhook, name="webhook"),
    path("machines/crochets/<int:webhook_id>/secret/", webhooks.renew, name="renew_secret"),
    path("machines/crochets/<int:webhook_id>/oublier/", webhooks.forget, name="forget_webhook"),
    path("machines/crochets/<int:webhook_id>/<slug:name>/", webhooks.act, name="webhook_act"),
    path("machines/messages/<int:dispatch_id>/renvoyer/", webhooks.send_again, name="send_again"),
    path("machines/documentation/", documentation.documentation, name="documentation"),
]
urlpatterns = [
    path("", include((pages, "interchange"))),
    path(PREFIX.lstrip("/"), include((rest(), "api"))),
    path("scim/v2/", include((scim(), "scim"))),
]
