"""Every environment variable SGD reads, in one typed class.

Nothing else may read `os.environ`. Secrets are `SecretStr`, so that printing settings never prints them. An unset URL
means the embedded part of one machine (see `embedded/services.py`); a set one replaces it.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

from sgd_resources.errors import InvalidInput
from sgd_resources.installation import absolute, default_var_dir, env_file

_MOST_READERS = 4
_LEAST_SECRET_CHARACTERS = 32
_KINDS_OF_JOBS = ("analyze", "render", "ingest", "canon", "replay")
"""As `POST /v1/jobs` calls them; a batch has no run of its own."""


class Settings(BaseSettings):
    """Configuration of one process. Units are in the names; defaults suit one laptop."""

    model_config = SettingsConfigDict(env_file=env_file(), env_prefix="", extra="ignore", frozen=True)

    # --- where things are
    sgd_env: Literal["development", "production"] = "development"
    sgd_var_dir: Path = Field(
        default_factory=default_var_dir, description="data of the embedded parts, logs; relative to the checkout"
    )
    sgd_policy_dir: Path | None = Field(
        default=None,
        description="folder whose files are in the place of those of `policies/` with the same names; absolute, or "
        "relative to the checkout",
    )
    database_url: SecretStr | None = Field(default=None, description="Postgres URL of the plain app role")
    database_owner_url: SecretStr | None = Field(
        default=None, description="Postgres URL of the schema owner (migrations)"
    )
    database_admin_url: SecretStr | None = Field(
        default=None, description="Postgres URL of a role past row level security: `sgd backup`, `sgd restore`"
    )
    dagster_database_url: SecretStr | None = Field(default=None, description="Postgres URL of Dagster's own storage")
    redis_url: SecretStr | None = None
    qdrant_url: str | None = None
    qdrant_api_key: SecretStr | None = None
    s3_endpoint_url: str | None = None
    s3_bucket: str = "sgd"
    s3_region: str = "us-east-1"
    aws_access_key_id: SecretStr | None = None
    aws_secret_access_key: SecretStr | None = None

    # --- HTTP API
    sgd_api_host: str = "127.0.0.1"
    sgd_api_port: int = 8000
    sgd_dagster_port: int = 3000
    sgd_instance_id: str | None = Field(
        default=None, max_length=100, description="what /healthz calls this process; made up at start when unset"
    )
    sgd_public_url: str | None = Field(default=None, description="How clients reach the API; used in signed URLs")
    sgd_signing_key: SecretStr | None = Field(
        default=None, description="HMAC key of local signed URLs; made once under var/ when unset"
    )
    sgd_cdn_url: str | None = Field(
        default=None, description="host before the bucket that serves pictures by signed URL; needs S3_ENDPOINT_URL"
    )
    cloudflare_worker_signer_secret: SecretStr | None = Field(
        default=None, min_length=32, description="HMAC key of its URLs, shared with its worker (deploy/cdn)"
    )
    sgd_signed_url_ttl_s: int = Field(default=900, ge=1, le=900)
    sgd_max_wait_s: float = Field(default=25.0, ge=0, le=25)

    sgd_api_workers: int = Field(
        default=1, ge=1, le=64, description="API processes on one port; each keeps up to 24 database connections"
    )
    sgd_trusted_proxies: str = Field(
        default="",
        description="addresses or networks, divided by commas, whose X-Forwarded-For tells who asks; unset: nobody's",
    )
    sgd_cors_origins: str = Field(
        default="", description="pages that may call the API from a browser: origins divided by commas, or *"
    )

    # --- who may call, beside API keys
    clerk_jwks_url: str | None = Field(default=None, description="where the issuer of session tokens keeps its keys")
    clerk_issuer: str | None = Field(default=None, description="`iss` of its tokens, letter for letter")
    clerk_authorized_parties: str = Field(
        default="", description="`azp` of tokens that are let in, divided by commas; others are refused"
    )
    clerk_audience: str | None = Field(default=None, description="`aud` that tokens must name; unset: any")
    sgd_service_secrets: SecretStr | None = Field(
        default=None, description="services that sign their requests: id=secret, divided by commas; secrets of 32+"
    )

    # --- limits
    sgd_max_upload_bytes: int | None = Field(
        default=None, ge=1, description="lowers `max_file_bytes` of policies/upload_policy.json; never raises it"
    )
    sgd_org_quota_bytes: int = 5_000_000_000
    sgd_max_upload_files: int = Field(default=50, ge=1, description="files in one upload request")
    sgd_uploads_at_once: int = Field(default=64, ge=1, description="uploads under way in one API process")
    sgd_uploads_at_once_per_org: int = Field(default=16, ge=1, description="of those, of one org; then 429")
    sgd_uploads_at_once_per_key: int = Field(default=8, ge=1, description="of those, of one API key; then 429")
    sgd_bytes_in_flight_per_org: int = Field(
        default=256_000_000,
        ge=1,
        description="bytes of request bodies under way in one API process, of one org; then 429. One body alone passes",
    )
    sgd_jobs_open_per_org: int = Field(
        default=2_000, ge=1, description="jobs of one org that wait or run, parts included, all processes; then 429"
    )
    sgd_upload_idle_s: float = Field(default=20.0, gt=0, description="longest silence within a body; then 408")
    sgd_upload_min_bytes_per_s: int = Field(
        default=4_000, ge=0, description="slowest rate of a body, over half a minute of waiting for it; then 408"
    )
    sgd_drop_settle_s: float = Field(
        default=30.0, ge=0, description="a file laid into quarantine by hand is read once it was still for this long"
    )
    sgd_sweep_age_s: float = Field(
        default=86_400.0, ge=3_600, description="what a killed process left in the store is deleted once it is this old"
    )
    sgd_request_text: Literal["kept", "redacted", "none"] = Field(
        default="kept",
        description="words of requests once they have ended: as they came, without personal data, or none at all",
    )
    sgd_request_log_days: int = Field(
        default=30, description="the log of requests is kept for 30, 90 or 365 days; 0: there is none"
    )
    sgd_max_json_bytes: int = Field(default=1_000_000, ge=1_000)
    sgd_canon_guardrail: Literal["tell", "reject"] = Field(
        default="tell",
        description="an incomplete canon is told as such (200), or POST /canon/derive is refused (422); a "
        "request's own `require_complete` outweighs it",
    )
    sgd_rate_limit_per_min: int = Field(
        default=1_200, ge=1, description="requests of one org, all API processes together"
    )
    sgd_rate_limit_work_per_min: int = Field(default=600, ge=1, description="of those, requests that start work")
    sgd_rate_limit_failed_logins_per_min: int = Field(
        default=30, ge=1, description="requests without a usable key from one client address (IPv6: one /64)"
    )
    sgd_key_limit_per_min: int | None = Field(
        default=None,
        ge=1,
        description="requests of one API key, user or service in a minute; unset: 100 in production, 1200 else",
    )
    sgd_key_limit_per_s: int | None = Field(
        default=None, ge=1, description="the same in a second, spread evenly; unset: 10 in production, 200 else"
    )
    sgd_key_limit_burst: int | None = Field(
        default=None, ge=1, description="of those, so many may come at once; unset: 30 in production, 600 else"
    )
    sgd_workers: int = Field(default=2, ge=1)
    sgd_org_max_running: int = Field(
        default=0,
        ge=0,
        description="most on-demand runs of one org at the same time; 0: all workers, but one while another org waits",
    )
    sgd_job_max_runtime_s: int = Field(
        default=540, ge=1, description="longest on-demand run, by the clock; then it is ended in order"
    )
    sgd_job_hard_after_s: int = Field(
        default=60, ge=1, description="so long after that the kernel ends a run that cannot be ended in order"
    )
    sgd_job_max_runtime_by_kind: str = Field(
        default="", description="other longest runs of kinds of jobs: kind=seconds, divided by commas"
    )
    sgd_job_max_cpu_s: int = Field(default=600, ge=1, description="the same in processor time of its process")
    sgd_job_keep_s: int = Field(
        default=86_400, ge=60, description="a job asked for at /v1/jobs is removed so long after its end"
    )
    sgd_batch_max_runtime_s: int = Field(default=7_200, ge=1, description="longest run of many orgs, by the clock")
    sgd_batch_max_cpu_s: int = Field(default=14_400, ge=1, description="the same in processor time of its process")

    # --- engines
    sgd_parser: Literal["pdfium", "unstructured", "documentai", "chain"] = "pdfium"
    sgd_readers: int = Field(
        default=0, ge=0, description="files that one process opens at the same time; 0: one per core, four at most"
    )
    documentai_project: str | None = None
    documentai_location: str = Field(default="eu", description="region of the Document AI processor: eu, us, ...")
    documentai_processor_id: str | None = None
    google_application_credentials: Path | None = Field(
        default=None, description="credentials of Document AI; unset: the machine's default ones"
    )
    documentai_endpoint: str | None = Field(default=None, description="another base URL than Google's regional one")
    documentai_calls_per_min: int = Field(default=60, ge=1, description="calls of one process to Document AI")
    sgd_embedder: Literal["minilm", "e5", "bge-m3"] = "minilm"
    sgd_embedder_threads: int = Field(default=2, ge=1, description="CPU threads of one embedding call")
    sgd_bge_model: str = "BAAI/bge-m3"
    sgd_vector_mode: Literal["per_org", "tenant"] = "per_org"
    sgd_vector_collection_ceiling: int = 500
    clamav_host: str | None = None
    clamav_port: int = 3310

    # --- provenance
    sgd_c2pa_certificate: Path | None = Field(
        default=None, description="PEM chain that signs pictures, its own certificate first; own authority when unset"
    )
    sgd_c2pa_private_key: Path | None = Field(default=None, description="PEM key of that certificate")
    sgd_c2pa_signer_command: str | None = Field(
        default=None, description="signs in the key's place: bytes on standard input, raw signature on output"
    )
    sgd_c2pa_timestamp_url: str | None = Field(
        default=None, description="RFC 3161 authority that stamps each signature; none when unset"
    )
    sgd_c2pa_trust_anchors: Path | None = Field(
        default=None, description="PEM certificates of other signers whose pictures count as trusted"
    )

    # --- seen from outside
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="events and requests below it are not written; they are counted all the same"
    )
    log_format: Literal["json", "text"] | None = Field(
        default=None, description="form of a log line; unset: json in production, text in development"
    )
    sgd_grafana_url: str | None = Field(
        default=None, description="where people look at the dashboards; linked from the assets in Dagster's UI"
    )
    service_name: str = Field(default="sgd", description="of this deployment, in spans")
    service_region: str | None = Field(default=None, description="where it runs, in spans")
    otel_exporter_otlp_endpoint: str | None = Field(
        default=None, description="OTLP receiver of spans, without /v1/traces; needs the extra [otel]"
    )
    otel_exporter_otlp_traces_endpoint: str | None = Field(
        default=None, description="the same as a whole address; outweighs the other"
    )

    # --- models
    openrouter_api_key: SecretStr | None = None
    openrouter_base_url: str = "https://openrouter.ai/api/v1"
    langfuse_public_key: str | None = None
    langfuse_secret_key: SecretStr | None = None
    langfuse_host: str = "https://cloud.langfuse.com"

    @field_validator("sgd_service_secrets")
    @classmethod
    def _names_each_service(cls, given: SecretStr | None) -> SecretStr | None:
        for entry in _listed(given.get_secret_value()) if given else ():
            name, _, secret = entry.partition("=")
            if not name or len(secret) < _LEAST_SECRET_CHARACTERS:
                raise ValueError("each service is id=secret, with a secret of at least 32 characters")
        return given

    @field_validator("sgd_request_log_days")
    @classmethod
    def _is_a_term(cls, given: int) -> int:
        if given not in (0, 30, 90, 365):
            raise ValueError("the log of requests is kept for 30, 90 or 365 days, or 0 for none")
        return given

    @field_validator("sgd_trusted_proxies")
    @classmethod
    def _names_addresses(cls, given: str) -> str:
        for entry in _listed(given):
            try:
                ip_network(entry)
            except ValueError:
                raise ValueError("name addresses or networks, such as 10.0.0.7 or 10.0.0.0/24") from None
        return given

    @field_validator("sgd_job_max_runtime_by_kind")
    @classmethod
    def _names_each_kind(cls, given: str) -> str:
        for entry in _listed(given):
            kind, _, seconds = entry.partition("=")
            if kind not in _KINDS_OF_JOBS or not seconds.isdecimal() or int(seconds) < 1:
                raise ValueError(f"each is kind=seconds, of the kinds {', '.join(_KINDS_OF_JOBS)}")
        return given

    @field_validator("sgd_var_dir")
    @classmethod
    def _belongs_to_no_working_directory(cls, given: Path) -> Path:
        return absolute(given, "data")

    @field_validator("sgd_policy_dir", mode="before")
    @classmethod
    def _empty_is_unset(cls, given: Path | str | None) -> Path | str | None:
        return given or None

    @field_validator("sgd_policy_dir")
    @classmethod
    def _is_a_folder(cls, given: Path | None) -> Path | None:
        if given is None:
            return None
        found = absolute(given, "policies")
        if not found.is_dir():
            raise ValueError("there is no such folder")
        return found

    @model_validator(mode="after")
    def _tokens_have_an_issuer(self) -> "Settings":
        if self.clerk_jwks_url and not (self.clerk_issuer and self.authorized_parties):
            raise ValueError("CLERK_JWKS_URL needs CLERK_ISSUER and CLERK_AUTHORIZED_PARTIES beside it")
        return self

    @model_validator(mode="after")
    def _a_cdn_stands_before_a_bucket(self) -> "Settings":
        if self.sgd_cdn_url and not (self.cloudflare_worker_signer_secret and self.s3_endpoint_url):
            raise ValueError("SGD_CDN_URL needs CLOUDFLARE_WORKER_SIGNER_SECRET and S3_ENDPOINT_URL beside it")
        return self

    @cached_property
    def var_dir(self) -> Path:
        """Absolute data directory of this machine."""
        return self.sgd_var_dir.resolve()

    def variable(self, name: str) -> str | None:
        """A key that a policy names by its variable, from the environment or `.env`; None when it is not set."""
        if name == "OPENROUTER_API_KEY":
            return self.openrouter_api_key.get_secret_value() if self.openrouter_api_key else None
        return os.environ.get(name) or self._env_file_values.get(name) or None

    @cached_property
    def _env_file_values(self) -> Mapping[str, str | None]:
        return DotEnvSettingsSource(type(self), case_sensitive=True).env_vars

    @property
    def logs_are_json(self) -> bool:
        """Whether log lines are for a collector rather than for a person."""
        return self.log_format == "json" or (self.log_format is None and self.is_production)

    @property
    def readers(self) -> int:
        """Confined children that read files side by side; each may take 0.6 GB while it reads words in pictures."""
        return self.sgd_readers or min(_MOST_READERS, os.cpu_count() or 1)

    @property
    def key_limits(self) -> "CallerLimits":
        """How often one key, user or service may ask where nothing else was given to it."""
        per_min, per_s, burst = (100, 10, 30) if self.is_production else (1_200, 200, 600)
        return CallerLimits(
            self.sgd_key_limit_per_min or per_min, self.sgd_key_limit_per_s or per_s, self.sgd_key_limit_burst or burst
        )

    def job_max_runtime_s(self, job_type: str) -> int:
        """Longest run of this type of job, in seconds."""
        by_kind = dict(entry.split("=", 1) for entry in _listed(self.sgd_job_max_runtime_by_kind))
        return int(by_kind.get(job_type, self.sgd_job_max_runtime_s))

    @property
    def cors_origins(self) -> tuple[str, ...]:
        """Origins of pages that may call the API."""
        return _listed(self.sgd_cors_origins)

    @property
    def trusted_proxies(self) -> tuple[str, ...]:
        """Addresses and networks of proxies that are believed when they say who asks."""
        return _listed(self.sgd_trusted_proxies)

    @property
    def authorized_parties(self) -> tuple[str, ...]:
        """`azp` of tokens that are let in."""
        return _listed(self.clerk_authorized_parties)

    @cached_property
    def service_secrets(self) -> Mapping[str, str]:
        """Secrets of the services that may sign requests, by id."""
        listed = _listed(self.sgd_service_secrets.get_secret_value()) if self.sgd_service_secrets else ()
        return dict(entry.split("=", 1) for entry in listed)

    @property
    def is_production(self) -> bool:
        """Whether missing safety parts (scanner, signing key) must stop the process."""
        return self.sgd_env == "production"


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


@dataclass(frozen=True)
class CallerLimits:
    """Requests of one caller: in a minute, in a second, and at once."""

    per_min: int
    per_s: int
    burst: int


def load_settings() -> Settings:
    """The settings of this process, read afresh from the environment and `.env`.

    Raises:
        InvalidInput: a variable holds what it cannot; the message names it and never shows its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        raise InvalidInput(f"the setting {name}: {first['msg']}", details={"setting": name}) from None
