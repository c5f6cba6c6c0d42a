"""The product's settings, in a folder thrown away afterwards, with quick passwords and plain static files."""

import os
import tempfile

if "LIERRE_TEST_DIR" not in os.environ:
    os.environ["LIERRE_TEST_DIR"] = tempfile.mkdtemp(prefix="lierre-tests-")
# Two processes that test side by side number their imports alike: each has a folder of its own.
os.environ["LIERRE_DATA_DIR"] = os.path.join(  # noqa: PTH118
    os.environ["LIERRE_TEST_DIR"], os.environ.get("PYTEST_XDIST_WORKER", "alone")
)
os.makedirs(os.environ["LIERRE_DATA_DIR"], exist_ok=True)  # noqa: PTH103
os.environ["LIERRE_SECRET_KEY"] = "only for tests"
os.environ["LIERRE_DEBUG"] = "no"

from lierre.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["*"]
# Tests read the sentences as the code says them. The French is checked by the catalogue, and by the journeys.
LANGUAGE_CODE = "en"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # type: ignore[index] # noqa: F405
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"] == "lierre.foundation.sqlite":  # noqa: F405
    # In memory, said aloud: run in parallel, the tests would otherwise take our engine for one that needs a server.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
else:
    # The threads of a live server would keep theirs, and the base of the tests could not be thrown away.
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
# That a page was refused is what many tests ask for: each would be written down with all that led to it.
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}  # type: ignore[index] # noqa: F405
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
