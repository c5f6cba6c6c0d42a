"""A server that answers as Mastodon and a Bluesky PDS do, and misbehaves as networks do: for tests and benchmarks only."""
