"""Users, units, roles, sign-in."""
