"""The bench `make hear`: what a recogniser hears of the line's words on a bad line. Run by hand, never served.

Its voice (piper-tts) is under the GPL: a tool on the bench, which no other part of the project imports.
"""
