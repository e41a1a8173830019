"""The data stack: what a shop keeps."""

from __future__ import annotations

from constructs import Construct

from infra.constructs.table import add_table
from infra.shop_stack import ShopStack


class DataStack(ShopStack):
    """Table, pictures, people, mails, and what watches over them."""

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(scope, name, description="XpressBuy data stack: what a shop keeps")
        shop_name = self.text("ShopName", "The shop's name in names of resources", default="xpressbuy")
        table = add_table(self, shop_name)
        self.output("TableName", table.ref, "The table")
