"""The writers' workbench: the words of the line as pages, where they are edited, checked, heard and signed."""
