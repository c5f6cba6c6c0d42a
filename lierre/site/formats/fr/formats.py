"""An hour follows its day by “à”, as one writes: 9 décembre 2026 à 10:00."""

DATETIME_FORMAT = r"j F Y \à H:i"
