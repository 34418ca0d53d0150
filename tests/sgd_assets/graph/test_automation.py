"""Automation: a changed upstream flows down once; unchanged content and joint runs move nothing."""

import warnings
from collections.abc import Iterator

import pytest
from dagster import (
    AssetKey,
    AssetSelection,
    AssetSpec,
    Definitions,
    EvaluateAutomationConditionsResult,
    evaluate_automation_conditions,
)
from dagster_shared.utils.warnings import PreviewWarning

from tests.fakes.graph import FakeGraph, fake_graph

GUIDE = "# Brand colours\n\nPrimary: #0086BF\n\nSecondary: #FFD400\n"


@pytest.fixture
def graph() -> Iterator[FakeGraph]:
    with fake_graph() as made:
        made.drop("acme", "guide.md", GUIDE)
        made.run("ingest_job", "acme")
        yield made


def tick(
    graph: FakeGraph, before: EvaluateAutomationConditionsResult | None = None, defs: Definitions | None = None
) -> EvaluateAutomationConditionsResult:
    return evaluate_automation_conditions(
        defs=defs or graph.definitions(),
        instance=graph.instance,
        asset_selection=AssetSelection.all(),
        cursor=before.cursor if before else None,
    )


def asked(result: EvaluateAutomationConditionsResult) -> set[str]:
    return {
        name
        for name in ("parsed_documents", "brand_canon", "brand_embeddings", "render_outputs")
        if result.get_num_requested(AssetKey(name))
    }


def with_other_rules(graph: FakeGraph, asset_name: str) -> Definitions:
    def renewed(spec: AssetSpec) -> AssetSpec:
        return spec.replace_attributes(code_version="other") if spec.key == AssetKey(asset_name) else spec

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PreviewWarning)
        return graph.definitions().map_asset_specs(func=renewed)


def materialize_evidence(graph: FakeGraph) -> None:
    job = graph.definitions().resolve_implicit_global_asset_job_def()
    result = job.execute_in_process(
        instance=graph.instance, partition_key="acme", asset_selection=[AssetKey("brand_evidence")]
    )
    assert result.success


@pytest.mark.slow
def test_new_evidence_flows_down_to_everything_but_renders(graph: FakeGraph) -> None:
    first = tick(graph)
    graph.drop("acme", "more.md", "# Voice\n\nWe are warm.\n")
    materialize_evidence(graph)
    assert asked(tick(graph, first)) == {"parsed_documents", "brand_canon", "brand_embeddings"}


@pytest.mark.slow
def test_the_same_evidence_again_moves_nothing(graph: FakeGraph) -> None:
    first = tick(graph)
    materialize_evidence(graph)
    assert asked(tick(graph, first)) == set()


@pytest.mark.slow
def test_an_ingest_run_that_made_all_four_asks_for_no_second_run(graph: FakeGraph) -> None:
    first = tick(graph)
    graph.drop("acme", "more.md", "# Voice\n\nWe are warm.\n")
    graph.run("ingest_job", "acme")
    second = tick(graph, first)
    assert asked(second) == set()
    assert asked(tick(graph, second)) == set()


@pytest.mark.slow
def test_changed_rules_derive_again_what_stands_below_them_once(graph: FakeGraph) -> None:
    first = tick(graph)
    upgraded = with_other_rules(graph, "brand_canon")
    second = tick(graph, first, upgraded)
    assert asked(second) == {"brand_canon", "brand_embeddings"}
    assert asked(tick(graph, second, upgraded)) == set()


@pytest.mark.slow
def test_a_restart_with_the_same_rules_derives_nothing(graph: FakeGraph) -> None:
    first = tick(graph)
    assert asked(tick(graph, first, graph.definitions())) == set()
