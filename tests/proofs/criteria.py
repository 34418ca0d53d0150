"""What each acceptance criterion asks, and which tests show it.

What must not live here: running them (`__main__.py`).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Criterion:
    """One of them."""

    name: str
    asks: str
    tests: tuple[str, ...]
    """Node ids of pytest, below `tests/`."""
    limits: str = ""
    """What the proof does not reach, in words for the reader of the log."""


_ASSISTED = "sgd_assets/renders/test_assisted.py::"
_IDENTITY = "sgd_api/http/callers/test_identity.py::"

CRITERIA = (
    Criterion(
        "AC1",
        "POST /render makes a picture through the image model; the record says by what it was verified",
        (_ASSISTED + "test_a_picture_comes_from_the_image_model_and_the_record_says_how",),
        "the provider is a fake that speaks its wire format",
    ),
    Criterion(
        "AC2",
        "a malformed plan is refused with 422, whether a model or a client made it",
        (
            _ASSISTED + "test_a_malformed_plan_of_the_model_is_asked_for_once_more_and_then_refused_with_422",
            _ASSISTED + "test_a_malformed_plan_of_a_client_is_refused_before_any_model_is_asked",
            "sgd_assets/renders/plan/test_guard.py::test_a_clients_plan_that_breaks_contract_or_canon_is_refused_with_its_path",
        ),
    ),
    Criterion(
        "AC3",
        "requests are limited per key, and invalid tokens are refused",
        (
            _IDENTITY + "test_bad_tokens_have_one_body",
            _IDENTITY + "test_each_key_has_windows_of_its_own",
            "sgd_api/http/callers/test_rate_limits.py::test_four_processes_together_never_pass_the_quota",
            "services/deploy/test_nginx.py::test_a_session_token_is_verified_behind_it",
            "services/deploy/test_nginx.py::test_a_flood_from_one_address_is_cut_off_and_others_go_on",
            "deploy/test_kong.py::test_tokens_are_verified_and_only_members_pass",
        ),
        "no Kong ran: its file is checked against a schema, nginx and the API were really asked",
    ),
    Criterion(
        "AC5",
        "Langfuse gets a generation for planner, image and critic with cost and tokens",
        (
            _ASSISTED + "test_langfuse_gets_a_generation_for_planner_image_and_critic_with_cost_and_tokens",
            "services/llm/test_tracing.py::test_a_generation_reaches_an_otlp_receiver",
        ),
        "the receiver is a local one that decodes the protocol",
    ),
    Criterion(
        "AC6",
        "pictures are fetched by signed URLs that end, from the store and from the CDN",
        (
            "sgd_api/http/routes/test_assets.py::test_after_its_expiry_a_url_is_a_403",
            "services/test_s3.py::test_an_expired_url_is_refused",
            "deploy/test_cdn.py::test_what_the_api_signs_is_served_as_the_api_would",
            "deploy/test_cdn.py::test_it_ends_when_it_says_and_another_secret_signs_nothing",
        ),
        "the CDN's worker ran in Node, not at an edge",
    ),
    Criterion(
        "AC9",
        "nothing is let in before it was scanned, is of the type it claims, and has lost its metadata",
        (
            "hostile/test_bombs.py::test_the_test_virus_is_found_without_any_service",
            "services/test_clamav.py::test_the_gate_finds_it_in_an_attachment_and_lets_clean_files_in",
            "services/test_clamav.py::test_the_gate_holds_files_while_the_scanner_is_down",
            "sgd_assets/evidence/test_agreement.py::test_a_declared_type_may_not_contradict",
            "sgd_resources/cleaning/pictures/test_images.py::test_metadata_goes_and_orientation_is_applied",
        ),
    ),
    Criterion(
        "AC10",
        "money of an org is capped, told when it runs out, and refused with 429",
        (
            "sgd_api/http/routes/test_usage.py::test_an_orgs_own_cap_stands_in_place_of_the_policys_and_is_nobody_elses",
            "sgd_resources/llm/money/test_budget.py::test_a_refusal_is_the_100_percent_alert_when_no_booking_was",
            "sgd_api/http/routes/prompts/test_analyze.py::test_a_provider_that_fails_is_a_502_and_an_empty_budget_a_429",
            _ASSISTED + "test_short_money_is_429_unless_a_draft_is_allowed",
        ),
    ),
)
