"""Asking for news: the one question that is worth most, by a link that asks for no log-in, as rarely as was promised."""
