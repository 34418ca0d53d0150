"""Renders: a request and a canon -> pictures that keep to it, each judged.

`plan/` decides what stands on a picture, `compose/` where and how, `compliance/` measures the result; loose files take
a request through them, in the confined child where bytes are drawn. What must not live here: codecs and fonts
themselves (`sgd_resources/drawing`), or what a brand is (`canon`).
"""
