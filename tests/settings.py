"""The product's settings, in a folder thrown away afterwards, with quick passwords and plain static files."""

import os
import tempfile

if "LIERRE_TEST_DIR" not in os.environ:
    os.environ["LIERRE_TEST_DIR"] = tempfile.mkdtemp(prefix="lierre-tests-")
os.environ["LIERRE_DATA_DIR"] = os.environ["LIERRE_TEST_DIR"]
os.environ["LIERRE_SECRET_KEY"] = "only for tests"
os.environ["LIERRE_DEBUG"] = "no"

from lierre.settings import *  # noqa: F403

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
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
