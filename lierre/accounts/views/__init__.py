"""Pages of the units, of the users and their roles, of the invitations, and of one's own account."""
