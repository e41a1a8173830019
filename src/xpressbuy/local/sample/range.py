"""The whole sample range, in the order it is listed. The products themselves are in the `range_` rooms."""

from xpressbuy.local.sample.item import Item
from xpressbuy.local.sample.range_tops import TOPS

ITEMS: tuple[Item, ...] = (*TOPS,)
