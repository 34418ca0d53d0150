"""Judging one picture of 1080 x 1350: from pixels alone without and with reading words, and in a render's own flow.

    python -m tests.benchmarks.bench_judge [--quick]

In a render's own flow each format is judged as it is delivered, and processor time is told: nothing waits there.

The peer is a plain copy of the file through the same painter (decode and encode): what no judge can do without.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from sgd_assets.renders.compliance.critique import critique_picture
from sgd_assets.renders.compliance.judging import judge_candidate
from sgd_assets.renders.compliance.policy import compliance_policy, profile_of
from sgd_assets.renders.compose.layouts.lay_out import lay_out
from sgd_assets.renders.compose.parts.canvas import Kit
from sgd_assets.renders.compose.scene import Scene
from sgd_assets.renders.compose.type.faces_of_plan import faces_of_plan
from sgd_assets.renders.model import RenderPlan
from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.ports import Painter, PictureFormat, Raster
from sgd_resources.sandbox.drawing import drawing_sandbox
from tests.benchmarks.report import Row, print_rows
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import SampleBrand, request
from tests.sgd_assets.renders.rendering import render

_FORMATS: tuple[PictureFormat, ...] = ("png", "jpg", "webp")


def main() -> int:
    """Measure and print; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    rounds = 5 if parser.parse_args().quick else 15
    brand = SampleBrand("larkfold")
    record = render(brand, request('Post "Open day" "Saturday"', "1080x1350"), FakeConfinedJobs())
    picture = brand.store.get(record.outputs[0].key)
    logos, profile = brand.files.logos_with_data(4), profile_of(compliance_policy())
    painter = ResvgPainter()
    plan, pair = faces_of_plan(record.outputs[0].plan, (), painter.fonts)
    scene, raster = lay_out(plan, Kit(pair, brand.files.files_for(plan, {}).logo)), painter.decode(picture)
    delivered = {kind: painter.decode(painter.encode(raster, kind)) for kind in _FORMATS}
    copied = _p50_ms(lambda: painter.encode(painter.decode(picture), "png"), rounds)
    with drawing_sandbox() as jobs:

        def judge(reads_words: bool) -> None:
            judge_candidate(
                picture, brand.canon, jobs=jobs, profile=profile, max_pixels=4_000_000, logos=logos,
                reads_words=reads_words,
            )  # fmt: skip

        found = {
            "from pixels, without reading words": (_p50_ms(lambda: judge(False), rounds), 400.0),
            "from pixels, with reading words": (_p50_ms(lambda: judge(True), rounds), 1500.0),
            **{
                f"scene known, {kind}": (
                    _p50_ms(partial(_in_flow, of_kind, plan, scene, painter), rounds, clock=time.process_time),
                    40.0,
                )
                for kind, of_kind in delivered.items()
            },
        }
    print_rows([Row(f"p50, {name}", value, "ms", "decode, encode", copied) for name, (value, _) in found.items()])
    return int(any(value > target for value, target in found.values()))


def _in_flow(raster: Raster, plan: RenderPlan, scene: Scene, painter: Painter) -> None:
    critique_picture(raster, palette=plan.palette_hex, plan=plan, scene=scene, painter=painter)


def _p50_ms(work: Callable[[], object], rounds: int, *, clock: Callable[[], float] = time.perf_counter) -> float:
    work()
    taken = []
    for _ in range(rounds):
        began = clock()
        work()
        taken.append((clock() - began) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(main())
