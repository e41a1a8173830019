"""Where the shop delivers, how, for how much and by when. No order and no address book in it."""
