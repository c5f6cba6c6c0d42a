"""What must hold for the whole house, whatever the domain."""
