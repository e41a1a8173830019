"""What may and must be, about people: tokens, sessions, addresses. No I/O, no clock, no new ids."""

from xpressbuy.accounts.model.address import Address, PostalAddress
from xpressbuy.accounts.model.profile import Profile
from xpressbuy.accounts.model.session import SESSION_LASTS, Session, Standing, guest_id_of

__all__ = ["SESSION_LASTS", "Address", "PostalAddress", "Profile", "Session", "Standing", "guest_id_of"]
