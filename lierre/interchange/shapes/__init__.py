"""What is sent and received, field by field: the schema that machines read is made of these."""
