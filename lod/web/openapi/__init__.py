"""The description of all routes, for programs by OpenAPI and for people as a page."""
