"""The same model on Spark, for a base that one machine does not hold: Splink compares, and our decision is the last word."""
