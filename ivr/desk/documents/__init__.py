"""Documents made from the content: to print, to host elsewhere or to sign."""
