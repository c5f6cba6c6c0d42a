"""The part of a PDS that publishing uses: sessions that renew once, records whose place is chosen by who writes."""

import base64
import hashlib
import json
import re
import secrets
import threading
import time
from typing import Any

from lierre.connectors.network.text import graphemes

TID = re.compile(r"^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$")
ALIVE = 7200


class Bluesky:
    def __init__(self) -> None:
        self.records: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.refreshes: set[str] = set()
        self.handles: dict[str, str] = {}
        self.sessions = 0
        self.followers, self.counts = 7, {"likeCount": 0, "repostCount": 0, "replyCount": 0, "quoteCount": 0}
        self.lock = threading.Lock()

    @staticmethod
    def did(handle: str) -> str:
        return "did:plc:" + base64.b32encode(hashlib.sha256(handle.encode()).digest()).decode().lower()[:24]

    def jwt(self, did: str, scope: str, seconds: int) -> str:
        now = int(time.time())
        body = {"sub": did, "scope": scope, "iat": now, "exp": now + seconds, "jti": secrets.token_hex(8)}
        parts = [json.dumps(part).encode() for part in ({"alg": "HS256", "typ": "at+jwt"}, body)]
        return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + ".c2ln"

    def session(self, handle: str, base: str) -> dict[str, Any]:
        did = self.did(handle)
        with self.lock:
            self.sessions += 1
            refresh = self.jwt(did, "com.atproto.refresh", ALIVE * 24)
            self.refreshes.add(refresh)
            self.handles[did] = handle
        return {
            "did": did, "handle": handle, "active": True, "refreshJwt": refresh,
            "accessJwt": self.jwt(did, "com.atproto.appPass", ALIVE),
            "didDoc": {"id": did, "alsoKnownAs": [f"at://{handle}"], "service": [
                {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": base}
            ]},
        }  # fmt: skip

    def put(self, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """`swapRecord: null` creates and nothing else. The same record again changes nothing."""
        repo, collection, rkey, record = (asked.get(name) for name in ("repo", "collection", "rkey", "record"))
        if not isinstance(record, dict) or not TID.match(str(rkey)):
            return 400, {"error": "InvalidRequest", "message": "Invalid TID string"}
        text = str(record.get("text", ""))
        if len(text.encode()) > 3000 or graphemes(text) > 300:
            return 400, {"error": "InvalidRequest", "message": "Record/text must not be longer than 300 graphemes"}
        uri = f"at://{repo}/{collection}/{rkey}"
        cid = cid_of(record)
        with self.lock:
            kept = self.records.get((str(repo), str(collection), str(rkey)))
            if kept is not None and "swapRecord" in asked and asked["swapRecord"] is None:
                return 400, {"error": "InvalidSwap", "message": f"Record was at {kept['cid']}"}
            if kept is None:
                self.records[str(repo), str(collection), str(rkey)] = {"uri": uri, "cid": cid, "value": record}
        return 200, {"uri": uri, "cid": cid, "validationStatus": "valid", "commit": {"cid": cid, "rev": str(rkey)}}

    def posts(self, uris: list[str]) -> list[dict[str, Any]]:
        """As the view of the whole network tells them."""
        with self.lock:
            known = {each["uri"] for each in self.records.values()}
        return [{"uri": uri} | self.counts for uri in uris if uri in known]

    def get(self, repo: str, collection: str, rkey: str) -> tuple[int, dict[str, Any]]:
        with self.lock:
            kept = self.records.get((repo, collection, rkey))
        if kept is None:
            return 400, {"error": "RecordNotFound", "message": "Could not locate record"}
        return 200, kept


def cid_of(record: dict[str, Any]) -> str:
    digest = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).digest()
    return "bafyrei" + base64.b32encode(digest).decode().lower().rstrip("=")
