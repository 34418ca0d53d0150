"""Holds what a client sends to the org's content policy before anything is written or made, and audits a refusal.

Personal data in it is told as a security event, by kind and number. What must not live here: what the policy blocks
(`sgd_assets/renders/content`), or what personal data is (`sgd_resources/llm/safety/redaction.py`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sgd_api.http.services import Services
from sgd_assets.renders.campaign.items import Item
from sgd_assets.renders.content.enforce import check_texts
from sgd_assets.renders.content.policy import ContentPolicy, content_policy
from sgd_assets.renders.content.texts import Text, texts_of_request
from sgd_resources.errors import ContentBlocked
from sgd_resources.identity.principal import Principal
from sgd_resources.llm.safety.redaction import Redaction
from sgd_resources.postgres.rows import audit, content


def check_request_content(services: Services, caller: Principal, body: Mapping[str, Any]) -> None:
    """Accept the texts of a render request.

    Raises:
        ContentBlocked: the org's policy blocks one; an audit row names rule and path, and no words.
        Unavailable: the database cannot be reached. Retry.
    """
    texts = list(texts_of_request(body))
    tell_personal_data(services, caller, (text for _, text in texts), subject="render")
    _check(services, caller, texts, subject="render")


def check_batch_content(services: Services, caller: Principal, items: Sequence[Item]) -> None:
    """Accept the texts of every row of a batch; a fault is named by its row. Raises as `check_request_content`."""
    texts = list(_texts_of_items(items))
    tell_personal_data(services, caller, (text for _, text in texts), subject="batch")
    _check(services, caller, texts, subject="batch")


def check_prompt_content(services: Services, caller: Principal, texts: Iterable[Text], *, subject: str) -> None:
    """Accept prompts, where the org's policy holds them to its words; a change of it counts within a minute.

    Raises:
        ContentBlocked, Unavailable: as `check_request_content`.
    """
    policy: ContentPolicy = services.kept.get(
        f"content_policy:{caller.org_id}", None, lambda: policy_of(services, caller.org_id)
    )
    texts = list(texts)
    tell_personal_data(services, caller, (text for _, text in texts), subject=subject)
    if policy.prompts == "block":
        _check(services, caller, texts, subject=subject, policy=policy)


def tell_personal_data(services: Services, caller: Principal, texts: Iterable[str], *, subject: str) -> None:
    """Say in the org's log that a request's words hold personal data, without any of it; not twice in a minute."""
    found = Redaction()
    for text in texts:
        found.redact(text)
    if found.counts:
        services.security_events.had_personal_data(caller, subject, found.counts)


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


def policy_of(services: Services, org_id: str) -> ContentPolicy:
    """The policy in force for an org. Raises Unavailable."""
    with services.database.org_transaction(org_id) as connection:
        return content_policy(content.get_override(connection, org_id))


def _check(
    services: Services, caller: Principal, texts: Iterable[Text], *, subject: str, policy: ContentPolicy | None = None
) -> None:
    try:
        check_texts(texts, policy or policy_of(services, caller.org_id))
    except ContentBlocked as error:
        actor = caller.subject
        with services.database.org_transaction(caller.org_id) as connection:
            audit.append(
                connection, caller.org_id, actor=actor, action="content.blocked", subject=subject, details=error.details
            )
        raise


def _texts_of_items(items: Sequence[Item]) -> Iterator[Text]:
    """Each text once, where it first stands: the sizes of a row, and rows, share most of theirs."""
    seen: set[str] = set()
    for item in items:
        for path, text in texts_of_request(item.body):
            if text not in seen:
                seen.add(text)
                yield f"$.rows[{item.row}]: {path}", text
