"""The gallery's server: a stand-alone Voila on the notebooks folder, for one trusted team on one machine.

``python -m crossborder.serve`` starts it. It binds to the loopback address, asks for a random token, keeps kernels
ready for the landing page and the dashboards, ends idle ones, and shows no traceback. Why each setting is as it is
stands in docs/decisions/0002-serving.md.
"""
