"""Newsletters and mailings: written, approved, frozen recipient by recipient, handed over once each, and what comes back."""
