"""The card of a link: what its page says of itself, read ahead of approval, then the author's to change like the rest."""
