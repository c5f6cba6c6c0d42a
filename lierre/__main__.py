"""The command line: `lierre import`, `lierre search`, `lierre serve`… and every command of Django."""

import os
import select
import sys

# A command of the product whose name could not be a module, and the module that holds it.
RENAMED = {"import": "import_files"}
READ_ENOUGH = 141  # as programs end that nobody listens to any more
NEEDS_NO_BASE = {"settings", "help", "makemigrations", "makemessages", "collectstatic", "check", "test", "migrate"}


def main(arguments: list[str] | None = None) -> None:
    """Run one command. An embedded base is created and brought up to date first, whatever the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lierre.settings")
    words = list(sys.argv if arguments is None else arguments)
    if words[1:2] == ["match"]:  # files against files: neither a base nor Django
        from lierre.people.matching.command import main as match

        sys.exit(match(words[2:]))
    if len(words) > 1 and not words[1].startswith("-"):
        words[1] = RENAMED.get(words[1], words[1].replace("-", "_"))
    from django.core.management import execute_from_command_line

    if len(words) > 1 and words[1] not in NEEDS_NO_BASE and not words[1].startswith("-"):
        import django

        django.setup()
        from lierre.foundation.embedded import prepare

        prepare()
    try:
        execute_from_command_line(words)
        sys.stdout.flush()
    except BrokenPipeError:
        if not is_left():
            raise
        sys.exit(READ_ENOUGH)


def is_left() -> bool:
    """Whether whoever read what we print has read enough (`lierre outbox | head`): nothing more is said, not even that."""
    printed = select.poll()
    printed.register(sys.stdout.fileno(), select.POLLERR)
    if not printed.poll(0):
        return False
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return True


if __name__ == "__main__":
    main()
