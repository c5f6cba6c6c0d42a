"""The part of Mastodon's API that publishing uses, with its quirks (see contracts: Idempotency-Key kept an hour)."""

import itertools
import threading
import time
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from lierre.connectors.network.text import graphemes

INSTANCE = {
    "domain": "localhost", "title": "Faithful", "version": "4.5.2", "api_versions": {"mastodon": 7},
    "configuration": {
        "urls": {}, "statuses": {"max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23},
        "media_attachments": {"supported_mime_types": ["image/jpeg", "image/png", "video/mp4"], "image_size_limit": 16777216,
                              "image_matrix_limit": 33177600, "video_size_limit": 103809024, "description_limit": 1500},
        "polls": {}, "accounts": {}, "translation": {"enabled": False},
    },
}  # fmt: skip
KEPT = 3600.0


class Mastodon:
    """
    `honours_key`: false for a server that looks alike and forgets the Idempotency-Key. `lag`: of its listing. `passed`: how
    many seconds of its life nobody waited for.
    """

    def __init__(self, *, honours_key: bool = True, lag: float = 0.0) -> None:
        self.honours_key, self.lag, self.passed = honours_key, lag, 0.0
        self.followers, self.counts = 12, {"favourites_count": 0, "reblogs_count": 0, "replies_count": 0}
        self.statuses: list[dict[str, Any]] = []
        self.keys: dict[tuple[str, str], tuple[float, dict[str, Any]]] = {}
        self.numbers = itertools.count(110_000_000_000_000_000)
        self.lock = threading.Lock()

    def account(self, token: str, base: str) -> dict[str, Any]:
        name = token.removeprefix("token-") or "univ"
        return {
            "id": str(sum(name.encode())), "username": name, "acct": name, "display_name": f"Université {name}",
            "url": f"{base}/@{name}",
            "followers_count": self.followers, "statuses_count": len(self.statuses),
            "source": {"privacy": "public", "language": "fr"},
        }  # fmt: skip

    def instance(self) -> dict[str, Any]:
        if self.honours_key:
            return INSTANCE
        return INSTANCE | {"version": "2.72.0 (compatible; snac/2.75)", "api_versions": {}}

    def post(self, token: str, base: str, key: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """(status, body). One that is said twice with the same key, in the hour, is the same status."""
        text = str(asked.get("status") or "")
        if not text.strip():
            return 422, {"error": "Validation failed: Text can't be blank"}
        if graphemes(text) > 500:
            return 422, {"error": "Validation failed: Text character limit of 500 exceeded"}
        with self.lock:
            known = self.keys.get((token, key)) if key and self.honours_key else None
            if known and self.now() - known[0] < KEPT:
                return 200, self.told(known[1])
            account, number = self.account(token, base), str(next(self.numbers))
            made = {
                "id": number, "account": account,
                "uri": f"{base}/users/{account['acct']}/statuses/{number}", "url": f"{base}/@{account['acct']}/{number}",
                "content": f"<p>{escape(text, quote=False)}</p>".replace("\n\n", "</p><p>").replace("\n", "<br />"),
                "text": text, "in_reply_to_id": asked.get("in_reply_to_id"), "visibility": asked.get("visibility") or "public",
                "language": asked.get("language"), "spoiler_text": "", "sensitive": False,
                "media_attachments": [{"id": each} for each in asked.get("media_ids") or ()],
                "mentions": [], "tags": [], "reblog": None, "at": self.now(), "token": token,
            }  # fmt: skip
            self.statuses.append(made)
            if key:
                self.keys[token, key] = (self.now(), made)
            return 200, self.told(made)

    def now(self) -> float:
        return time.monotonic() + self.passed

    def told(self, made: dict[str, Any]) -> dict[str, Any]:
        """Dated so that the clock of whoever asks agrees, however much time was let pass."""
        age = timedelta(seconds=self.now() - made["at"])
        return made | {"created_at": (datetime.now(UTC) - age).isoformat().replace("+00:00", "Z")}

    def listing(self, token: str, limit: int, max_id: str = "", min_id: str = "") -> list[dict[str, Any]]:
        """The newest first; what was just written is not shown yet when the listing lags."""
        now = self.now()
        with self.lock:
            shown = [each for each in self.statuses if each["token"] == token and now - each["at"] >= self.lag]
        shown = [each for each in shown if not max_id or int(each["id"]) < int(max_id)]
        shown = [each for each in shown if not min_id or int(each["id"]) > int(min_id)]
        return [self.told(each) for each in shown[::-1][:limit]]

    def one(self, number: str) -> dict[str, Any] | None:
        with self.lock:
            return next((self.told(each) | self.counts for each in self.statuses if each["id"] == number), None)
