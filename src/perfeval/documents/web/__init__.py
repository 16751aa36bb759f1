"""Web pages, tables saved as web pages, and web archives, as a browser shows them."""
