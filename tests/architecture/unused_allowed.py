"""Names that `vulture` finds no use of in our packages and that stay, each with who uses it. Never imported.

Whole kinds (routes, commands, validators, migrations) are patterns under `[tool.vulture]` in pyproject.toml. What only
tests use has no place here, except where it says why. `test_unused.py` fails for an entry that is needed no more.
"""

from typing import Any

_: Any = None

# Jobs of the confined child: asked for as `module:name` (sandbox/).
_.detect_type
_.scan_bytes
_.parse_document
_.excerpt_source
_.draw_pdf_pages
_.draw_raster
_.draw_svg
_.subset_font
_.draw_thumbnail
_.draw_swatches
_.shrink
_.read_generated
_.score_nudity
_.guide_pictures
_.settle_font
_.settle_logo
_.read_picture
_.warm

# Called by a library, on an object of ours that it was given.
_.maxlen  # pyphen, of patterns
_.handle_output  # dagster: IOManager
_.load_input
_.store_event  # dagster: EventLogStorage
_._store_asset_check_evaluation_planned
_.from_config_value  # dagster: ConfigurableClass
_.PooledPostgresStorage  # named in dagster.yaml
_.defs  # named in workspace.yaml
_.connection_made  # asyncio.Protocol
_.connection_lost
_.qCurveTo  # fontTools pens
_.endPath
_.readinto  # io.RawIOBase
_.readall
_.interpreted  # docutils: its inliner's and states' own steps
_.problematic
_.explicit_construct
_.hyperlink_target
_.substitution_def
_.presets
_.field_title_should_be_set  # pydantic: GenerateJsonSchema

# Set on an object of a library, which reads it.
_.nested_sm_cache  # docutils states
_.nested_sm_kwargs
_.flavor  # fontTools
_.flavorData
_.layout_features
_.name_IDs
_.notdef_outline
_.hinting
_.MAX_IMAGE_PIXELS  # Pillow
_.StartElementHandler  # expat
_.Contents  # pikepdf pages
_.Resources
_.log_severity_level  # onnxruntime
_.inter_op_num_threads
_.intra_op_num_threads
_.enable_cpu_mem_arena
_.execution_order
_._SPACY_MODEL_NAME  # unstructured
_._factory  # aiohttp.TCPConnector
_.tempdir  # tempfile
_.handlers  # logging
_.slide_width  # python-pptx
_.slide_height
_.word_wrap

# Imported for a type or a call that is written in quotes.
_.MultipartCallbacks
_._moveTo  # fontTools' pens
_._lineTo
_._curveToOne
_._closePath
_._endPath
_.AssetCheckEvaluationPlanned

# Fields that pydantic writes out: HTTP bodies, plans, critiques, parsed documents, as their contracts say.
_.tombstone
_.allow_draft
_.zip_url
_.ms
_.events_url
_.result_url
_.cancel_requested
_.prompt_sha256s
_.low_usd_micros
_.high_usd_micros
_.letter_case
_.doc  # policies/provenance_policy.json
_.read_on
_.logo_safe_zone_pct
_.synthid
_.processed
_.qdrant_ids
_.removed_uploads
_.next_cursor
_.schema_version

# Fields that are written out as a whole (`asdict`), or read by column name.
_.rlimits  # `sgd doctor`
_.memory_entries  # `sgd cache stats`
_.same_as  # `sgd backfill --json`
_.last_used_at  # `sgd keys list`
_.retry_after  # rows of uploads

# Read by the canon page's template (canon_page/page.html.j2).
_.grade
_.confidence_percent
_.tone_facts
_.safe_zone

# Read from the request's scope by name (http/access.py).
_.limit_headers

# Public surface for scripts outside this tree (llm/service.py).
_.OpenRouterService
_.chat_completion
_.generate_completion
_.health_check

# The seam by which tests give `version_of` a tree of their own: it is the same code path but for where files lie.
_.version_in

# A field of the answer of GET /api/inference/status, filled from a dict.
_.last_error

# Fields of the prompt service's answers: pydantic writes them to the wire.
_.key_details
_.output_format
_.original_language
_.validation_status
_.injection
_.processing_time_ms
_.successful
_.uptime_s
_.saved_usd

# Tests of several processes wait for it.
_.wait_until_heard

# Jobs of the confined child, called by name; what `sgd replay --json` prints; fields of answers on proof.
_.compare
_.show_difference
_.read_manifest
_.is_unsigned_identical
_.error_code
_.is_removed
_.generated_sha256
_.signed_at

# A field of an answer's item, filled by keyword.
_.marked_url
_.manifest_url
_.disabled
_.degraded
_.next_attempt_at
_.gives_up_at
_.redirect_request  # urllib calls it for each redirect
_.verify_token  # documented for other programs; tests/sgd_resources/identity

# mkdocs calls them by name.
_.on_config
_.on_files
_.on_page_markdown
