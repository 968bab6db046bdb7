"""A page for each word of the vocabulary - product, competitor, industry, challenge, tag - and one for each kind."""

from generator.pages.hubs.addresses import FOLDERS, hub_address, hub_name, list_address
from generator.pages.hubs.pages import hubs_pages

__all__ = ["FOLDERS", "hub_address", "hub_name", "hubs_pages", "list_address"]
