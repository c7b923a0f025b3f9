"""One module for each page: what it shows, as a function of what the address says."""
