"""Somebody shows a post by its address: the network is asked whether it is ours before it counts as proof."""

from typing import Any

from django.utils.translation import gettext as _

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing.models.departure import Departure
from lierre.publishing.outbox.health import sentence_of
from lierre.publishing.outbox.speaking import Keys, network_of, speaker


def adopt(delivery: Departure, link: str, *, by: Any) -> None:
    """Refuses an address that is not of this account, or that proves another post. A deaf network is not waited for."""
    account = delivery.account
    try:
        network = network_of(account)
        receipt = net.fresh(network, speaker(account), Keys(account), lambda spoken: network.adopt(spoken, link))
    except (net.NotSent, net.Held, net.NotSupported):
        delivery.it_is_online(link, by=by)
        return
    except net.NetworkError as error:
        raise Refused(
            _("This is not the address of a post of this account: %(why)s") % {"why": sentence_of(error)}
        ) from None
    other = account.deliveries.filter(network_id=receipt.id).exclude(pk=delivery.pk)
    if receipt.id and other.exists():
        raise Refused(_("This address is the proof of another post: %(post)s.") % {"post": other[0].post})
    if delivery.state != delivery.State.TO_CHECK:
        raise Refused(_("Somebody, or the network, has answered meanwhile."))
    delivery.note("seen", permalink=link, by=str(by))
    delivery.confirm(receipt.id, receipt.permalink or link, net.as_plain(receipt), by=by)
