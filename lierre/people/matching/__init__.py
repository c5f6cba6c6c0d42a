"""Which person a record speaks of. `importing` obeys. Plain Python: no Django here."""
