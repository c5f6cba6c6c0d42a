"""Files handed over to either network before what shows them: kept as they came, and named as each network names them."""

import base64
import hashlib
import itertools
import threading
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any


@dataclass
class File:
    content: bytes
    type: str
    description: str = ""
    focus: str = ""


class Files:
    def __init__(self) -> None:
        self.kept: dict[str, File] = {}
        self.numbers = itertools.count(700)
        self.lock = threading.Lock()

    def attach(self, kind: str, raw: bytes, base: str) -> dict[str, Any]:
        """As Mastodon takes them: a form with the file, its description and its focus."""
        head = b"Content-Type: " + kind.encode() + b"\r\n\r\n"
        said: dict[str, Any] = {}
        file = File(b"", "")
        for part in BytesParser(policy=HTTP).parsebytes(head + raw).iter_parts():  # type: ignore[attr-defined]
            name = part.get_param("name", header="content-disposition")
            if name == "file":
                file.content, file.type = part.get_payload(decode=True), part.get_content_type()
            else:
                said[name] = part.get_payload(decode=True).decode()
        file.description, file.focus = said.get("description", ""), said.get("focus", "")
        with self.lock:
            number = str(next(self.numbers))
            self.kept[number] = file
        return {"id": number, "type": "image", "url": f"{base}/media/{number}", "description": file.description}

    def blob(self, kind: str, raw: bytes) -> dict[str, Any]:
        """As a PDS takes them: the bytes alone, named by what they are."""
        mark = "bafkrei" + base64.b32encode(hashlib.sha256(raw).digest()).decode().lower().rstrip("=")
        with self.lock:
            self.kept[mark] = File(raw, kind)
        return {"blob": {"$type": "blob", "ref": {"$link": mark}, "mimeType": kind, "size": len(raw)}}
