"""Purposes, legal bases, consents, retention, requests: what may be done with what is known of someone."""
