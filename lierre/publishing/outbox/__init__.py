"""What happens between a text that is approved and a post that is online: claims, calls, reconciliation."""
