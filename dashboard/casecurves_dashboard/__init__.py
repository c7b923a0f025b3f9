"""The cases in a browser: parse the address, call the library, wrap the result."""
