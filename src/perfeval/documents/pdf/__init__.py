"""PDF: what a page shows, the cells that its rules make, and the text in them."""
