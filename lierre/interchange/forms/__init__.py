"""What is asked before a machine is let in, or told."""
