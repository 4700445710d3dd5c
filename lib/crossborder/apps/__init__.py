"""Controls around a verb. ``Explorer`` is the one generic app; dashboards, atlas and gallery are built from it.

=================  ==================================================================
``Explorer``       a control per parameter, the sentence, the picture, the numbers
``Chart``          one figure as a widget
``Markup``         text in named parts
``page``           a whole page: its head, its contents, its address
=================  ==================================================================
"""

from crossborder.apps.chart import Chart
from crossborder.apps.explorer import Explorer
from crossborder.apps.markup import Markup

__all__ = ["Chart", "Explorer", "Markup"]
