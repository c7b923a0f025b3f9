"""What is drawn: case + options -> spec (``compile``), spec -> page (``layout``), page -> ``svg`` or ``plotly``.

Read in this order: spec, options, compile, layout, svg, plotly, export.
"""
