"""Networks of actors and themes: who speaks of what, and is for or against it."""

from luntan.networks.edges import actor_theme_network, congruence, stances
from luntan.networks.files import write_network

__all__ = ["actor_theme_network", "congruence", "stances", "write_network"]
