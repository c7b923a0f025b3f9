"""The course of a published patient, from tidy tables to one honest figure."""
