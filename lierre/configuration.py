"""Every variable an instance can be given: its name, what it means, its default. `lierre settings` prints this table.

Values come from the environment, then from one `.env` in LIERRE_HOME (the current folder) or in the data directory.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing an instance may be told."""

    name: str
    meaning: str
    default: str
    secret: bool = False


VARIABLES: tuple[Variable, ...] = (
    Variable("LIERRE_DATA_DIR", "Folder that holds everything this instance writes.", "data"),
    Variable(
        "LIERRE_HOME", "Folder of .env, and from which a relative data folder is named. Empty: the current one.", ""
    ),
    Variable("DATABASE_URL", "Where the base is. Empty: SQLite in the data directory.", "", secret=True),
    Variable(
        "LIERRE_SECRET_KEY", "Signs sessions and links. Empty: made once and kept in the data directory.", "", True
    ),
    Variable(
        "LIERRE_SUPPRESSION_KEY",
        "Marks those who asked to be erased. Empty: made once and kept in the data directory.",
        "",
        True,
    ),
    Variable("LIERRE_HOSTS", "Host names this instance answers to, separated by commas.", "localhost,127.0.0.1,[::1]"),
    Variable("LIERRE_ADDRESS", "Public address, used in the links that are sent.", "http://localhost:8000"),
    Variable(
        "LIERRE_LINKS_ADDRESS",
        "A shorter address for short links, that leads here too and is one of LIERRE_HOSTS. Empty: LIERRE_ADDRESS.",
        "",
    ),
    Variable("LIERRE_BEHIND_PROXY", "yes when a proxy terminates TLS and sets X-Forwarded-Proto.", "no"),
    Variable("LIERRE_INSTITUTION", "Name of the institution, shown in every page.", "Université de Bretagne-Nord"),
    Variable("LIERRE_TIME_ZONE", "Time zone of the institution.", "Europe/Paris"),
    Variable("LIERRE_EMAIL_URL", "Where mail goes: smtp://user:password@host:port. Empty: kept as files.", "", True),
    Variable("LIERRE_EMAIL_FROM", "Address that mail comes from.", "lierre@localhost"),
    Variable(
        "LIERRE_BOUNCES_ADDRESS",
        "Address where mail that fails comes back. Each message adds its own mark: box+mark@.",
        "",
    ),
    Variable(
        "LIERRE_BOUNCES_URL", "Box where it is read: imaps://user:password@host:port/folder. Empty: not read.", "", True
    ),
    Variable("LIERRE_BOUNCES_SECRET", "What a sending service must show to tell us of failures by HTTP.", "", True),
    Variable(
        "LIERRE_WEBHOOK_NETWORKS",
        "Private networks that webhooks may call, without TLS too: 10.2.0.0/16,192.168.4.7/32. Empty: none.",
        "",
    ),
    Variable("LIERRE_LINKEDIN_CLIENT_ID", "Application that LinkedIn reviewed for portability. Empty: none.", ""),
    Variable("LIERRE_LINKEDIN_CLIENT_SECRET", "Its secret.", "", True),
    Variable("LIERRE_LINKEDIN_ADDRESS", "A simulator of LinkedIn on this machine, for tests. Empty: LinkedIn.", ""),
    Variable("LIERRE_LINKEDIN_BASE_URL", "Sends what is published on LinkedIn to another server. Empty: LinkedIn.", ""),
    Variable(
        "LIERRE_LINKEDIN_VERSION", "Version of LinkedIn's interface for publishing: lives about a year.", "202607"
    ),
    Variable("LIERRE_LINKEDIN_PAGES_CLIENT_ID", "Application that LinkedIn reviewed for publishing. Empty: none.", ""),
    Variable("LIERRE_LINKEDIN_PAGES_CLIENT_SECRET", "Its secret.", "", True),
    Variable("LIERRE_FACEBOOK_BASE_URL", "Sends what is published on Facebook to another server. Empty: Facebook.", ""),
    Variable("LIERRE_FACEBOOK_VERSION", "Version of Facebook's Graph: lives about two years.", "v25.0"),
    Variable("LIERRE_FACEBOOK_CLIENT_ID", "Application that Facebook reviewed. Empty: none.", ""),
    Variable("LIERRE_FACEBOOK_CLIENT_SECRET", "Its secret.", "", True),
    Variable("LIERRE_MASTODON_BASE_URL", "Sends what is published on Mastodon to another server. Empty: none.", ""),
    Variable("LIERRE_BLUESKY_BASE_URL", "Sends what is published on Bluesky to another server. Empty: none.", ""),
    Variable(
        "LIERRE_BLUESKY_VIDEO_URL",
        "Service that makes videos of Bluesky ready to be watched. Empty: that of the network.",
        "",
    ),
    Variable(
        "LIERRE_FFMPEG",
        "Program that makes copies of films fit each network, ffprobe beside it. Empty: that of the machine; no: none.",
        "",
    ),
    Variable("LIERRE_ALLOW_LOOPBACK", "1 to let networks be servers of this very machine, for tests.", "no"),
    Variable("LIERRE_WATCHED_DIR", "Folder where deliveries may be dropped. Empty: `drop` in the data directory.", ""),
    Variable("LIERRE_EXIT_REHEARSAL", "How often leaving is rehearsed: nightly, weekly or never.", "nightly"),
    Variable("LIERRE_MASS_EXPORT", "Beyond so many persons, taking a list away asks for a reason.", "100"),
    Variable("LIERRE_MASS_EXPORTS_A_DAY", "How many such lists one user may take away in a day.", "5"),
    Variable("LIERRE_DEBUG", "yes while developing: detailed errors, no caching of templates.", "no"),
)


def environment() -> Callable[[str], str]:
    """Read `.env` once, and give the function that tells the value of a variable."""
    home = Path(os.environ.get("LIERRE_HOME", ""))
    for folder in (home, home / os.environ.get("LIERRE_DATA_DIR", "data")):
        if (folder / ".env").is_file():
            environ.Env.read_env(folder / ".env")
    defaults = {variable.name: variable.default for variable in VARIABLES}

    def value(name: str) -> str:
        return os.environ.get(name) or defaults[name]

    return value


def is_yes(text: str) -> bool:
    return text.strip().lower() in {"yes", "true", "1", "on", "oui"}


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's description of the base: PostgreSQL when a URL is given, else SQLite in the data directory."""
    if url and not url.startswith("sqlite"):
        described: dict[str, Any] = environ.Env.db_url_config(url)
        return described | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    name = url.removeprefix("sqlite:///") if url else str(data_dir / "lierre.sqlite3")
    return {
        "ENGINE": "lierre.foundation.sqlite",
        "NAME": name,
        "OPTIONS": {
            # A web write that meets a bulk write waits its turn; the bulk writer keeps its transactions short.
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def secret_key(given: str, data_dir: Path, name: str = "secret-key") -> str:
    """The key that was given, or one made once and readable by this user only."""
    if given:
        return given
    kept = data_dir / name
    if not kept.exists():
        from django.core.management.utils import get_random_secret_key

        data_dir.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(get_random_secret_key())
        # Two processes that begin together keep the key of the first.
        with suppress(FileExistsError):
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text().strip()
