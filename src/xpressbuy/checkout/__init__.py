"""The one orchestrator: cart, prices, stock and address become an order, once. It keeps nothing of its own."""
