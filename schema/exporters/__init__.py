"""Other forms of the ontology. Each module has one pure function `render(ontology) -> str`."""
