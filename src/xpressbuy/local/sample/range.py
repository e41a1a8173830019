"""The whole sample range, in the order it is listed. The products themselves are in the `range_` rooms."""

from xpressbuy.local.sample.item import Item
from xpressbuy.local.sample.range_carried import ACCESSORIES, SHOES
from xpressbuy.local.sample.range_clothing import CLOTHING
from xpressbuy.local.sample.range_living import DESK, HOME

ITEMS: tuple[Item, ...] = (*CLOTHING, *SHOES, *ACCESSORIES, *HOME, *DESK)
