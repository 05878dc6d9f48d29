"""Every statement of the store, built once; `ready` makes them ready for SQLite's driver."""

from sqlalchemy import (
    BindParameter,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
    update,
)

from bot.core.pings.reminder import PREFIX
from bot.engine.ports import ASKS_TOGETHER, CASES_REPORTED, CASES_TOGETHER
from bot.store.tables import (
    cases,
    inbox,
    lessons,
    log,
    meta,
    outbox,
    people,
    pings,
    playbooks,
    secrets,
    viewers,
)

_tenant: BindParameter[str] = bindparam("tenant")

FORGET = delete(inbox).where(
    tuple_(inbox.c.tenant, inbox.c.id).in_(
        select(inbox.c.tenant, inbox.c.id)
        .where(inbox.c.at < bindparam("before"))
        .order_by(inbox.c.at)
        .limit(bindparam("limit"))
    )
)

PERSON = select(people.c.body).where(people.c.tenant == _tenant, people.c.id == bindparam("id"))

CASE = select(cases.c.body, cases.c.platform, cases.c.conversation).where(
    cases.c.tenant == _tenant, cases.c.id == bindparam("id")
)
CASES = (
    select(cases.c.body, cases.c.platform, cases.c.conversation)
    .where(cases.c.tenant == _tenant, cases.c.owner == bindparam("owner"))
    .order_by(cases.c.updated_at.desc(), cases.c.id.desc())
    .limit(100)
)
CASES_OF_ALL = (
    select(cases.c.body, cases.c.platform, cases.c.conversation)
    .where(cases.c.tenant == _tenant)
    .order_by(cases.c.updated_at.desc(), cases.c.id.desc())
    .limit(CASES_REPORTED)
)
UNSHARE = delete(viewers).where(
    viewers.c.tenant == _tenant, viewers.c.case_id == bindparam("case_id")
)
SHARE = insert(viewers)
SHARED_WITH = (
    select(cases.c.body, cases.c.platform, cases.c.conversation)
    .join(viewers, (viewers.c.tenant == cases.c.tenant) & (viewers.c.case_id == cases.c.id))
    .where(viewers.c.tenant == _tenant, viewers.c.person == bindparam("person"))
    .order_by(cases.c.updated_at.desc(), cases.c.id.desc())
    .limit(100)
)
TENANTS = select(cases.c.tenant).distinct().order_by(cases.c.tenant)
CASES_WITH = (
    select(cases.c.body)
    .where(
        cases.c.tenant == _tenant,
        cases.c.owner == bindparam("owner"),
        cases.c.customer == bindparam("customer"),
        cases.c.id != bindparam("but"),
    )
    .order_by(cases.c.updated_at.desc(), cases.c.id.desc())
    .limit(CASES_TOGETHER)
)
SET_CASE = (
    update(cases)
    .where(
        cases.c.tenant == bindparam("key_tenant"),
        cases.c.id == bindparam("key_id"),
        cases.c.version == bindparam("was"),
    )
    .values(
        {
            name: bindparam(name)
            for name in (
                "version", "phase", "project", "customer", "platform", "conversation",
                "updated_at", "body",
            )
        }
    )
)  # fmt: skip

LOG = insert(log)
_OF_CASE = log.c.case_id == bindparam("case_id")
_last_link = (
    select(log.c.link)
    .where(log.c.tenant == _tenant, log.c.link.is_not(None))
    .order_by(log.c.seq.desc())
    .limit(1)
)
LAST_LINK = _last_link.where(_OF_CASE)
LAST_LOOSE_LINK = _last_link.where(log.c.case_id.is_(None))
WHOSE = select(cases.c.tenant).where(cases.c.id == bindparam("id"))
CHAINED = (
    select(log.c.tenant, log.c.case_id)
    .where(log.c.link.is_not(None))
    .distinct()
    .order_by(log.c.tenant, log.c.case_id)
)
_TOLD = ("told", "following", "recovered", "learning", "closed")
DELIVERED = (
    select(cases.c.tenant, cases.c.id.label("case_id"))
    .where(or_(*(cases.c.phase == phase for phase in _TOLD)))
    .order_by(cases.c.tenant, cases.c.id)
)
_entries = select(log).where(log.c.tenant == _tenant).order_by(log.c.seq)
ENTRIES = _entries.where(_OF_CASE)  # no index of PostgreSQL serves IS NOT DISTINCT FROM
LOOSE_ENTRIES = _entries.where(log.c.case_id.is_(None))

_first = outbox.alias("first")
_post = outbox.alias("post")
_slot_ref = (  # of the slot's message; a newer one has taken the place of an older one
    select(_post.c.ref)
    .where(
        _post.c.tenant == outbox.c.tenant,
        _post.c.case_id == outbox.c.case_id,
        _post.c.slot == outbox.c.slot,
        _post.c.ref.is_not(None),
    )
    .order_by(_post.c.seq.desc())
    .limit(1)
    .scalar_subquery()
    .label("slot_ref")
)
_at_home = (
    exists()
    .where(
        cases.c.tenant == outbox.c.tenant,
        cases.c.id == outbox.c.case_id,
        cases.c.platform == outbox.c.platform,
        cases.c.conversation == outbox.c.conversation,
    )
    .label("at_home")
)
_parcels = select(outbox, _slot_ref, _at_home)


BLOCKED = exists().where(
    _first.c.tenant == outbox.c.tenant,
    _first.c.case_id == outbox.c.case_id,
    _first.c.conversation == outbox.c.conversation,
    _first.c.look_at.is_not(None),
    _first.c.seq < outbox.c.seq,
)

PUT = insert(outbox)
_OF_SLOT = (
    _first.c.tenant == _tenant,
    _first.c.case_id == bindparam("case_id"),
    _first.c.slot == bindparam("slot"),
)
SLOT = select(  # its post and its newest row, each found by an index, however often it changed
    outbox.c.seq,
    outbox.c.kind,
    outbox.c.state,
    outbox.c.body,
    outbox.c.language,
    outbox.c.platform,
    outbox.c.conversation,
).where(
    outbox.c.seq.in_(
        union_all(
            select(_first.c.seq).where(*_OF_SLOT, _first.c.kind == literal_column("'post'")),
            select(func.max(_first.c.seq)).where(*_OF_SLOT),
        )
    )
)
REPLACE = (
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("key_tenant"),
        outbox.c.seq == bindparam("key_seq"),
        outbox.c.state == bindparam("key_state"),  # a sender may have taken it meanwhile
    )
    .values(
        {
            name: bindparam(name)
            for name in (
                "body", "language", "state", "attempt", "look_at", "expires_at", "error",
            )
        }
    )
)  # fmt: skip
PARCEL = _parcels.where(outbox.c.tenant == _tenant, outbox.c.id == bindparam("id"))
PARCELS = _parcels.where(
    outbox.c.tenant == _tenant, outbox.c.case_id == bindparam("case_id")
).order_by(outbox.c.seq)
REFERENCE = (
    select(outbox.c.ref)
    .where(
        outbox.c.tenant == _tenant,
        outbox.c.case_id == bindparam("case_id"),
        outbox.c.slot == bindparam("slot"),
        outbox.c.ref.is_not(None),
    )
    .order_by(outbox.c.seq.desc())
    .limit(1)
)
MESSAGES = (
    _parcels.where(
        outbox.c.tenant == _tenant,
        outbox.c.platform == bindparam("platform"),
        outbox.c.conversation == bindparam("conversation"),
        outbox.c.state == "sent",
    )
    .order_by(outbox.c.seq)
    .limit(bindparam("limit"))
)
CLAIM = (
    _parcels.where(outbox.c.look_at <= bindparam("at"), ~BLOCKED)
    .order_by(outbox.c.look_at, outbox.c.seq)  # as the index of open rows has them
    .limit(bindparam("limit"))
)
CLAIM_LINE = CLAIM.where(outbox.c.tenant == _tenant, outbox.c.case_id == bindparam("case_id"))
CLAIM_CONVERSATION = CLAIM_LINE.where(outbox.c.conversation == bindparam("conversation"))
LEASE = (
    update(outbox)
    .where(outbox.c.tenant == bindparam("key_tenant"), outbox.c.seq == bindparam("key_seq"))
    .values({name: bindparam(name) for name in ("state", "attempt", "look_at")})
)
LEASE_DRAWN = LEASE.values(body=bindparam("body"))
BURY = (
    update(outbox)
    .where(outbox.c.tenant == bindparam("key_tenant"), outbox.c.seq == bindparam("key_seq"))
    .values(state="dead", look_at=None, error=bindparam("error"))
)
SETTLE = (
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("key_tenant"),
        outbox.c.id == bindparam("key_id"),
        outbox.c.attempt == bindparam("key_attempt"),
        or_(outbox.c.state == "sending", outbox.c.state == "unknown"),
        # a message that is known to stand counts even when the lease is over
        or_(outbox.c.look_at == bindparam("lease"), literal("sent") == bindparam("became")),
    )
    .values({name: bindparam(name) for name in ("state", "look_at", "ref", "error")})
)
NEXT_PARCEL = select(func.min(outbox.c.look_at)).where(outbox.c.look_at.is_not(None), ~BLOCKED)

_ping = (
    pings.c.tenant == _tenant,
    pings.c.case_id == bindparam("case_id"),
    pings.c.kind == bindparam("kind"),
)
DROP_PING = delete(pings).where(*_ping)
TAKE_PING = delete(pings).where(*_ping, pings.c.due == bindparam("due"))
PINGS = (
    select(pings)
    .where(pings.c.due <= bindparam("at"))
    .order_by(pings.c.due, pings.c.case_id, pings.c.kind)
    .limit(bindparam("limit"))
)
_DUE_OF = (  # somebody's, of all their cases
    select(pings)
    .join(cases, (cases.c.tenant == pings.c.tenant) & (cases.c.id == pings.c.case_id))
    .where(
        pings.c.tenant == _tenant,
        cases.c.owner == bindparam("owner"),
        pings.c.due <= bindparam("at"),
    )
)
DUE_ASKS = (
    _DUE_OF.where(pings.c.kind.startswith(PREFIX, autoescape=True))
    .order_by(pings.c.due, pings.c.case_id, pings.c.kind)
    .limit(ASKS_TOGETHER)
)
DUE_DIGESTS = _DUE_OF.where(pings.c.kind == bindparam("kind"))
NEXT_PING = select(func.min(pings.c.due))

LESSON = select(lessons.c.body).where(lessons.c.tenant == _tenant, lessons.c.id == bindparam("id"))

PLAYBOOK = select(playbooks.c.body).where(
    playbooks.c.tenant == _tenant, playbooks.c.digest == bindparam("digest")
)
HAS_PLAYBOOK = select(playbooks.c.id).where(
    playbooks.c.tenant == _tenant, playbooks.c.digest == bindparam("digest")
)

SECRETS = select(secrets.c.name).where(secrets.c.tenant == _tenant).order_by(secrets.c.name)

ERASE = (
    insert(meta).values(key="erasing", value=_tenant),  # opens the log, until the last statement
    *(  # what refers to a case goes before it
        delete(table).where(table.c.tenant == _tenant)
        for table in (
            pings,
            viewers,
            outbox,
            cases,
            log,
            inbox,
            people,
            playbooks,
            lessons,
            secrets,
        )
    ),
    delete(meta).where(meta.c.key == "erasing"),
)
