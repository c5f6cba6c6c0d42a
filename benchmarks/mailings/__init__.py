"""What the measure of mailings is made on."""
