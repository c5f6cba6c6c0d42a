"""Django's settings. What an institution may change stands in `configuration.py`; the rest is decided here, once."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lierre.configuration import database, environment, is_yes, secret_key

value = environment()
PACKAGE = Path(__file__).parent
DATA_DIR = Path(value("LIERRE_HOME"), value("LIERRE_DATA_DIR")).resolve()
WATCHED_DIR = Path(value("LIERRE_WATCHED_DIR")) if value("LIERRE_WATCHED_DIR") else DATA_DIR / "drop"
LINKEDIN_CLIENT_ID, LINKEDIN_CLIENT_SECRET = value("LIERRE_LINKEDIN_CLIENT_ID"), value("LIERRE_LINKEDIN_CLIENT_SECRET")
LINKEDIN_ADDRESS = value("LIERRE_LINKEDIN_ADDRESS")
# Networks that we publish on: another server than theirs, the version that we speak, the application that they reviewed.
LINKEDIN_BASE_URL, LINKEDIN_VERSION = value("LIERRE_LINKEDIN_BASE_URL"), value("LIERRE_LINKEDIN_VERSION")
LINKEDIN_PAGES = (value("LIERRE_LINKEDIN_PAGES_CLIENT_ID"), value("LIERRE_LINKEDIN_PAGES_CLIENT_SECRET"))
FACEBOOK_BASE_URL, FACEBOOK_VERSION = value("LIERRE_FACEBOOK_BASE_URL"), value("LIERRE_FACEBOOK_VERSION")
FACEBOOK_PAGES = (value("LIERRE_FACEBOOK_CLIENT_ID"), value("LIERRE_FACEBOOK_CLIENT_SECRET"))
MASTODON_BASE_URL, BLUESKY_BASE_URL = value("LIERRE_MASTODON_BASE_URL"), value("LIERRE_BLUESKY_BASE_URL")
BLUESKY_VIDEO_URL = value("LIERRE_BLUESKY_VIDEO_URL")
FFMPEG = value("LIERRE_FFMPEG")
ALLOW_LOOPBACK = is_yes(value("LIERRE_ALLOW_LOOPBACK"))
INSTITUTION = value("LIERRE_INSTITUTION")
ADDRESS = value("LIERRE_ADDRESS").rstrip("/")
LINKS_ADDRESS = value("LIERRE_LINKS_ADDRESS").rstrip("/")
MASS_EXPORT = int(value("LIERRE_MASS_EXPORT"))
MASS_EXPORTS_A_DAY = int(value("LIERRE_MASS_EXPORTS_A_DAY"))

DEBUG = is_yes(value("LIERRE_DEBUG"))
SECRET_KEY = secret_key(value("LIERRE_SECRET_KEY"), DATA_DIR)
# Empty: made the first time somebody is erased, and kept beside the base. Never changed: it would recognise nobody.
SUPPRESSION_KEY = value("LIERRE_SUPPRESSION_KEY")
ALLOWED_HOSTS = [host.strip() for host in value("LIERRE_HOSTS").split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [ADDRESS] if ADDRESS.startswith("https://") else []
DATABASES = {"default": database(value("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "lierre.foundation",
    "lierre.accounts",
    "lierre.connectors",
    "lierre.people",
    "lierre.privacy",
    "lierre.community",
    "lierre.publishing",
    "lierre.interchange",
    "lierre.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a page of the directory: 70 KB, 12 compressed
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "lierre.accounts.clock.OwnClock",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lierre.accounts.activity.SessionActivity",
    "lierre.accounts.in_place.InPlaceOf",  # the last: the others see whoever really sits there
]
ROOT_URLCONF = "lierre.site.urls"
WSGI_APPLICATION = "lierre.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Ours come first, so that the pages of allauth look like the rest of the house.
        "DIRS": [PACKAGE / "foundation" / "templates", PACKAGE / "accounts" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lierre.foundation.context.worker",
                "lierre.site.context.house",
            ],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# What nobody opens in the place of somebody else: how they sign in, from where, and keys that open something by themselves.
CLOSED_TO_OTHERS = (
    "account_*", "mfa_*", "usersessions_*", "accounts:my_account", "accounts:act_as", "interchange:*", "api:*", "scim:*",
    "publishing:subscription", "publishing:come_back_from_network", "publishing:opening",
    "publishing:leave_for_network", "people:own_linkedin*",
    # What an ambassador writes and publishes in their own name is read by nobody else.
    "publishing:this_week", "publishing:own_*", "publishing:open_network", "publishing:*_own", "publishing:topic_visual",
)  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "lierre.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "lierre.accounts.forms.door.Login",
    "reset_password": "lierre.accounts.forms.door.ForgottenPassword",
    "reset_password_from_key": "lierre.accounts.forms.door.PasswordByLink",
    "change_password": "lierre.accounts.forms.door.PasswordChange",
    "set_password": "lierre.accounts.forms.door.FirstPassword",
    "add_email": "lierre.accounts.forms.door.NewAddress",
    "reauthenticate": "lierre.accounts.forms.door.PasswordAgain",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/300s/key"}
MFA_ADAPTER = "lierre.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "lierre.accounts.forms.door.Code",
    "reauthenticate": "lierre.accounts.forms.door.CodeAgain",
    "activate_totp": "lierre.accounts.forms.door.FirstCode",
    "add_webauthn": "lierre.accounts.forms.door.NewPasskey",
    "edit_webauthn": "lierre.accounts.forms.door.PasskeyName",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an account is opened by a link sent to its address: nobody squats another’s
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ADDRESS.startswith("http://localhost")
USERSESSIONS_TRACK_ACTIVITY = True

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "lierre.site.formats"
TIME_ZONE = value("LIERRE_TIME_ZONE")
USE_THOUSAND_SEPARATOR = True

EXIT_REHEARSAL = value("LIERRE_EXIT_REHEARSAL")

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lierre.foundation.static_files.OneSheetStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

if value("LIERRE_EMAIL_URL"):
    vars().update(environ.Env.email_url_config(value("LIERRE_EMAIL_URL")))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = value("LIERRE_EMAIL_FROM")
BOUNCES_ADDRESS = value("LIERRE_BOUNCES_ADDRESS")
BOUNCES_URL = value("LIERRE_BOUNCES_URL")
BOUNCES_SECRET = value("LIERRE_BOUNCES_SECRET")
WEBHOOK_NETWORKS = tuple(value("LIERRE_WEBHOOK_NETWORKS").replace(",", " ").split())
EMAIL_TIMEOUT = 30  # seconds: less than the lease of whoever sends

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if is_yes(value("LIERRE_BEHIND_PROXY")) or ADDRESS.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# Kept in the base, so that throttling is shared by every process of an instance.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"lierre": {"level": "INFO"}},
}
