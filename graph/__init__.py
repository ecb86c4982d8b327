"""The graph: batches, the store over Bolt, its server, exports."""
