"""The people's items in the table: profiles, addresses, what ends sessions, and the leases of their renewal."""

from __future__ import annotations

from xpressbuy.accounts.store.addresses import Addresses, address_from_item, address_key
from xpressbuy.accounts.store.people import People
from xpressbuy.accounts.store.sessions import Claim, Sessions
from xpressbuy.table.client import Table

__all__ = ["AccountStore", "Addresses", "Claim", "People", "Sessions", "address_from_item", "address_key"]


class AccountStore:
    """Everything that this module keeps, by kind."""

    def __init__(self, table: Table) -> None:
        self.addresses = Addresses(table)
        self.people = People(table)
        self.sessions = Sessions(table)
