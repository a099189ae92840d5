"""The public face of every community: templates, styles, fonts and drawings.

Themes know no model and no tenant. Each page receives plain objects; README.md lists them template by template.
"""
