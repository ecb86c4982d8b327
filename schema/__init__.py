"""What a Hadath graph may hold: the ontology, the domain types, their identity and their checks."""

#: Version of the program; `pyproject.toml` takes it from here.
VERSION = "0.1.0"
