"""How fresh the base is: who lives, who can be reached, who was heard of within two years. Counted once a day."""
