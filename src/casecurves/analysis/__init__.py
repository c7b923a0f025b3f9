"""What the tables of a case say together: from tables to tables, no words and no pictures."""
