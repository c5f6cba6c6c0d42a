"""What is filled in about units, users, roles and invitations. A form checks; it never writes."""
