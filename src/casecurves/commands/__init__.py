"""The commands, by what they are about; each calls the library and prints what it returns."""
