"""What a case is. Read in this order: schema, quantity, when, case, chronology, issues."""
