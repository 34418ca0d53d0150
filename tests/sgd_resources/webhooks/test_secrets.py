"""Secrets are made from the installation's key, long enough, and told from those of another key."""

import base64
from pathlib import Path

import pytest

from sgd_resources.errors import Unavailable
from sgd_resources.lazy import Lazy
from sgd_resources.settings import Settings
from sgd_resources.webhooks.secrets import WebhookSecrets


def secrets_of(key: bytes) -> WebhookSecrets:
    return WebhookSecrets(Lazy(lambda: key))


def test_each_endpoint_of_each_org_and_each_rotation_has_a_secret_of_its_own_that_is_the_same_each_time() -> None:
    made = secrets_of(b"k" * 32)
    asked = [(org, webhook, number) for org in ("acme", "globex") for webhook in ("w1", "w2") for number in (1, 2)]
    found = [made.secret(*one) for one in asked]
    assert len(set(found)) == len(asked)
    assert found == [secrets_of(b"k" * 32).secret(*one) for one in asked]
    assert all(len(base64.b64decode(one.removeprefix("whsec_"), validate=True)) == 32 for one in found)


def test_another_key_gives_another_secret_and_its_check_value_says_so() -> None:
    one, other = (secrets_of(key * 32).secret("acme", "w", 1) for key in (b"k", b"l"))
    assert WebhookSecrets.check_of(one) != WebhookSecrets.check_of(other)
    assert WebhookSecrets.check_of(one) not in one


def test_production_without_a_key_says_so_and_a_machine_makes_one_that_stays(tmp_path: Path) -> None:
    bare = Settings(_env_file=None, sgd_var_dir=tmp_path, sgd_env="production")
    with pytest.raises(Unavailable, match="SGD_SIGNING_KEY"):
        WebhookSecrets.of(bare).secret("acme", "w", 1)
    laptop = Settings(_env_file=None, sgd_var_dir=tmp_path)
    assert WebhookSecrets.of(laptop).secret("acme", "w", 1) == WebhookSecrets.of(laptop).secret("acme", "w", 1)
