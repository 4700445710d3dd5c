"""The same small app as a page of this library, of stock Voila, of Dash, of Panel and of Streamlit, side by side.

``comparison.measure`` starts them all on this machine and asks them in turn; ``tables`` says what was found.
"""
