"""Training of the shipped Arabic weights: data preparation, calls of Stanza's trainers, packaging, scores."""
