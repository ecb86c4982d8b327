"""From an Arabic article to what it says: actors, events, statements, casualties."""
