"""What a Hadath graph may hold: the ontology, the domain types, their identity and their checks."""
