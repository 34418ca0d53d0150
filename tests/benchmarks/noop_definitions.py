"""The graph with a renderer that paints nothing, for the peer that loads definitions by module name."""

from sgd_assets.graph.resources import resources_by_settings
from sgd_resources.settings import load_settings
from tests.benchmarks.graph_stack import paint_nothing

defs = paint_nothing(resources_by_settings(load_settings()), settings=load_settings())
