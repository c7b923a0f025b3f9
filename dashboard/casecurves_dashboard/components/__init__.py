"""The parts that pages are made of; none of them decides anything about a case."""
