"""Who opens a link: a person, as far as can be told from what a request says of itself, or a machine. Nothing is kept of it."""

import re
from collections.abc import Mapping
from typing import Final

# Search engines, previews of messages and networks, scanners of mail, libraries of programs.
KNOWN: Final = re.compile(
    r"(?<!cu)bot(?![a-z])|bots\b|crawl|spider|slurp|archiver|preview|scanner|monitor|validator|fetcher|headless|phantomjs"
    r"|facebookexternalhit|facebookcatalog|meta-external|whatsapp/|skypeuri|embedly|cardyb|iframely|vkshare|synapse"
    r"|mastodon/|pleroma|akkoma|misskey|friendica|snac/|lemmy/|peertube|googleother|google-read"
    r"|barracuda|proofpoint|mimecast|safelinks|symantec|trendmicro|trend micro|fireeye|cloudmark|bitdefender|ironport|forcepoint"
    r"|lighthouse|mediapartners|google-safety|chatgpt-user|claude-user|perplexity-user|mistralai-user|zgrab|nutch|heritrix"
    r"|feedly|inoreader|newsblur|miniflux|nextcloud-news"
    r"|googleimageproxy|yahoomailproxy|microsoft office|ms-office"
    r"|curl/|wget/|python|aiohttp|httpx|okhttp|java/|go-http|node-fetch|axios/|ruby/|perl/|libwww|php/|guzzle|httpclient|postman|scrapy",
    re.IGNORECASE,
)
# A page that a browser opens before anybody asks for it.
AHEAD: Final = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_robot(method: str, headers: Mapping[str, str]) -> bool:
    """
    Whether nobody is likely to have read the page. A scanner that pretends to be a browser is not told apart.

    >>> browser = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"}
    >>> is_robot("GET", browser), is_robot("HEAD", browser), is_robot("GET", {})
    (False, True, True)
    >>> is_robot("GET", browser | {"Sec-Purpose": "prefetch;prerender"}), is_robot("GET", {"User-Agent": "LinkedInBot/1.0"})
    (True, True)

    The browser inside an application of a network is held by a person.

    >>> inside = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [LinkedInApp]/9.31"
    >>> is_robot("GET", {"User-Agent": inside})
    False

    So is a telephone whose maker has an unfortunate name.

    >>> is_robot("GET", {"User-Agent": "Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 Chrome/140.0 Mobile"})
    False
    """
    agent = headers.get("User-Agent", "")
    if method != "GET" or len(agent) < 20 or KNOWN.search(agent):
        return True
    if any(re.search("prefetch|prerender|preview", headers.get(name, ""), re.IGNORECASE) for name in AHEAD):
        return True
    # A browser that follows a link says so; what a script of a page loads is no visit.
    return headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
