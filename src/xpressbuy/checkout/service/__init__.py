"""What a checkout can do: say what an order would come to, and place it once."""

from xpressbuy.checkout.service.checkout import ANONYMOUS, Checkout, Render, Request
from xpressbuy.checkout.service.pace import Limits, Pace

__all__ = ["ANONYMOUS", "Checkout", "Limits", "Pace", "Render", "Request"]
