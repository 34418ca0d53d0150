"""What the UI shows of a run's pictures."""

import io

from PIL import Image

from sgd_assets.renders.asset import MAX_PREVIEWS, previews
from sgd_assets.renders.model import Critique, RenderOutput, RenderPlan, RenderRecord, RendersManifest
from tests.fakes.confined import FakeConfinedJobs
from tests.fakes.object_store import FakeObjectStore


def test_the_first_pictures_are_shown_small_and_a_lost_one_is_left_out() -> None:
    store, out = FakeObjectStore(), io.BytesIO()
    Image.new("RGB", (640, 480), "#336699").save(out, "PNG")
    outputs = [
        RenderOutput(
            index=number, key=f"org/acme/public/{number}.png", sha256="0" * 64, media_type="image/png",
            width_px=640, height_px=480, size_bytes=1,
            plan=RenderPlan(goal="a card", ops=()), critique=Critique(score=1),
        )
        for number in range(MAX_PREVIEWS + 3)
    ]  # fmt: skip
    for output in outputs[1:]:
        store.put(output.key, out.getvalue())
    record = RenderRecord(render_id="r1", project_id="p", canon_version="v", outputs=tuple(outputs), trace_id="t")
    shown = previews(RendersManifest(org_id="acme", renders=(record,)), store, FakeConfinedJobs()).md_str
    assert shown is not None
    assert shown.count("data:image/webp;base64,") == MAX_PREVIEWS - 1
    assert "![r1 0]" not in shown
