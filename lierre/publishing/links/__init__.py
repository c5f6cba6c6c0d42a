"""Short links of our own: where they may lead, what is added to the address, who counts as a person. No table is read here."""
