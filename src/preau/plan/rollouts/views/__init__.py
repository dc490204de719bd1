"""Roll-outs read, drawn, written; their procès-verbaux."""
