"""The HTML shell around the web app: titles, links, structured data, first data, static files. No rule of the shop."""
