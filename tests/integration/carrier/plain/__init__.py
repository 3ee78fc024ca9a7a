"""A second carrier, as unlike Twilio as one may be: JSON in and out, a signature of its own, no markup in its speech.

It is whole, not a mock: what a carrier must do (`ivr/carrier/port.py`) is done here, in about 200 lines. Whoever brings
another carrier begins with a copy of this folder.
"""
