"""From records to something read: terminal lines and JSON. Nothing is computed here but layout."""
