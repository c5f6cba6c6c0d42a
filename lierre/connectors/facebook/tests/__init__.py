"""Pages of Facebook, tried against a simulator made from its documentation."""
