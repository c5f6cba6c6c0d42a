"""What machines may do, told by asking as they would."""
