"""Of whom does a line speak, when no number says it? `matching` weighs; here the base is read, asked and remembered."""
