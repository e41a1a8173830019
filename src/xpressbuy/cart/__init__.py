"""What a shopper means to buy: quantities by SKU kept on the server. Prices and stock are other rooms' truth."""
