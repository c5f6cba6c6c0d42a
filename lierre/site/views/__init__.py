"""The pages that know every domain."""
