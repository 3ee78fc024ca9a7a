"""The authors' workbench: pages on which the line's words are edited, checked, heard and signed."""
