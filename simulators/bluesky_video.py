"""
A simulator of the service that makes videos of Bluesky ready to be watched: a letter from the server of the account, a job
that takes its time, and for a file that was handed over before the number of its first job.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any

from simulators.serving import Request, Response

UPLOAD, STATUS = "app.bsky.video.uploadVideo", "app.bsky.video.getJobStatus"
LARGEST = 300_000_000


@dataclass
class Films:
    """`looks`: how often a job is looked at before it is done. `fails`: what is said, one after another, of the next jobs."""

    looks: int = 2
    fails: list[str] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    uploads: int = 0

    def letter(self, request: Request) -> Response:
        """For one service and one act; who asks without saying which gets none."""
        if not request.first("aud").startswith("did:web:") or request.first("lxm") != "com.atproto.repo.uploadBlob":
            return Response(400, {"error": "InvalidRequest", "message": "aud and lxm are wanted"})
        made = f"letter.{secrets.token_hex(8)}.{request.first('exp')}"
        self.letters.add(made)
        return Response(200, {"token": made})

    def answer(self, method: str, request: Request) -> Response:
        match method:
            case str() if method == UPLOAD:
                return self.take(request)
            case str() if method == STATUS:
                return self.look(request.first("jobId"))
        return Response(501, {"error": "MethodNotImplemented"})

    def take(self, request: Request) -> Response:
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.letters:
            return Response(401, {"error": "AuthMissing", "message": "Authentication Required"})
        if request.headers.get("content-type") != "video/mp4" or len(request.body) > LARGEST:
            return Response(400, {"error": "InvalidRequest", "message": "Only MP4 of 300 MB at most"})
        self.uploads += 1
        mark = hashlib.sha256(request.body + request.first("did").encode()).hexdigest()
        known = next((each for each in self.jobs.values() if each["mark"] == mark), None)
        if known:
            told = {"error": "already_exists", "message": "Video already processed"}
            return Response(409, told | self.told(known))
        job: dict[str, Any] = {
            "jobId": secrets.token_hex(6), "did": request.first("did"), "left": self.looks, "mark": mark,
            "size": len(request.body), "fails": self.fails.pop(0) if self.fails else "",
        }  # fmt: skip
        self.jobs[str(job["jobId"])] = job
        return Response(200, self.told(job))

    def look(self, number: str) -> Response:
        job = self.jobs.get(number)
        if job is None:
            return Response(404, {"error": "NotFound", "message": "job not found"})
        job["left"] = max(job["left"] - 1, 0)
        return Response(200, {"jobStatus": self.told(job)})

    def told(self, job: dict[str, Any]) -> dict[str, Any]:
        found = {"jobId": job["jobId"], "did": job["did"], "state": "JOB_STATE_ENCODING", "progress": 50}
        if job["left"]:
            return found
        if job["fails"]:
            return found | {"state": "JOB_STATE_FAILED", "error": "bad_video", "message": job["fails"]}
        link = "bafkrei" + job["mark"][:50]
        blob = {"$type": "blob", "ref": {"$link": link}, "mimeType": "video/mp4", "size": job["size"]}
        return found | {"state": "JOB_STATE_COMPLETED", "progress": 100, "blob": blob}
