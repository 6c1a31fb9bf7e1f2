"""GEXF of the network of actors and concepts."""

from app.exchange.network import ROOM, build
from app.exchange.network import from_gexf as parse
from app.exchange.network import gexf as dump

__all__ = ["ROOM", "build", "dump", "parse"]
