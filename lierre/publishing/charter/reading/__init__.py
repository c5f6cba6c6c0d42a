"""How each kind of rule reads a text. No base, no page: what is asked and what is said come in, passages come out."""
