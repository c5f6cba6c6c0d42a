"""SCIM 2.0 (RFC 7643, 7644), to read: accounts as users, roles in units as groups."""
