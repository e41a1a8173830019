"""Web plumbing that knows no module of the shop: problems, requests, middleware, cross-site defence, cookies."""
