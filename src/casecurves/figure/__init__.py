"""What is drawn: case + options -> spec (``compile``), spec -> page (``layout``), page -> SVG; spec -> plotly.

Read in this order: spec, options, axis, lanes, rail, panels, notes, compile, layout, svg, plotly, export.
"""
