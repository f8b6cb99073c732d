-- What an act is (which action, by which procedure, from where to where, whose turn it is then and who may read it) is the same for thousands of entries. It stands
-- once, under a number that is made of it, and the entry has that number.
create function matters.step_id(action text, kind text, procedure int, from_kind text, from_procedure int, from_state text, to_state text, turn text, actor_kind text,
                                audience text[]) returns bigint language sql immutable parallel safe set search_path = '' as $$
  select ('x' || substr(encode(sha256(convert_to(action || '|' || kind || '|' || procedure || '|' || coalesce(from_kind, '') || '|' || coalesce(from_procedure::text, '')
    || '|' || coalesce(from_state, '') || '|' || to_state || '|' || coalesce(turn, '') || '|' || actor_kind || '|' || array_to_string(audience, ','), 'UTF8')), 'hex'), 1, 16))::bit(64)::bigint
$$;
create table matters.step (
  id             bigint primary key,
  action         text not null,
  kind           text not null,
  procedure      int not null,
  from_kind      text,
  from_procedure int,
  from_state     text,
  to_state       text not null,
  turn           text collate "C" check (turn in ('desk', 'lead', 'helper', 'verifier', 'reporter', 'none')),
  actor_kind     text not null check (actor_kind in ('staff', 'resident', 'passerby', 'machine', 'client')),
  audience       text[] not null check (cardinality(audience) > 0),
  check ((from_kind is null) = (from_state is null) and (from_kind is null) = (from_procedure is null)),
  check (id = matters.step_id(action, kind, procedure, from_kind, from_procedure, from_state, to_state, turn, actor_kind, audience))
);
comment on table matters.step is 'class: staff. What acts are: action, procedure, states, whose turn it is then, who may read it. Names no matter and nobody.';
alter table matters.step enable row level security;
grant select, insert on matters.step to heshi_app;
grant select on matters.step to heshi_follower;
create policy see on matters.step for select to heshi_app using (current_setting('app.kind', true) <> '');
create policy add on matters.step for insert to heshi_app with check (current_setting('app.kind', true) <> '');
create policy follow on matters.step for select to heshi_follower using (true);
create trigger step_is_kept before update or delete on matters.step for each row execute function matters.refuse_change();
create trigger step_is_never_emptied before truncate on matters.step for each statement execute function matters.refuse_change();

-- The log as it lies: columns of eight bytes first, so that none is spent on gaps.
create table matters.entry_row (
  recorded_at     timestamptz not null,
  occurred_at     timestamptz,
  step            bigint not null,
  xid             xid8 not null default pg_current_xact_id(),
  matter          uuid not null,
  actor_unit      uuid,
  actor_post      uuid,
  actor_person    uuid,
  held_by         uuid,
  seq             int not null check (seq >= 1),
  actor_party     smallint,
  digest_version  smallint not null check (digest_version = 1),
  digest          bytea not null check (octet_length(digest) = 32),
  idempotency_key bytea,
  told            text,
  packed          bytea,
  content         text,
  constraint entry_says_it_once check ((content is null) <> (packed is null))
);
comment on table matters.entry_row is 'class: owned. The log; what people wrote stands here as a commitment only. Read it as matters.entry.';
insert into matters.step (id, action, kind, procedure, from_kind, from_procedure, from_state, to_state, turn, actor_kind, audience)
  select matters.step_id(action, kind, procedure, from_kind, from_procedure, from_state, to_state, turn, actor_kind, audience), e.*
  from (select distinct action, kind, procedure, from_kind, from_procedure, from_state, to_state, turn, actor_kind, audience from matters.entry) e;
insert into matters.entry_row (recorded_at, occurred_at, step, xid, matter, actor_unit, actor_post, actor_person, held_by, seq, actor_party, digest_version, digest,
                               idempotency_key, told, packed, content)
  select e.recorded_at, e.occurred_at, s.id, e.xid, e.matter, e.actor_unit, e.actor_post, e.actor_person, e.held_by, e.seq, e.actor_party, e.digest_version, e.digest,
         e.idempotency_key, e.told, e.packed, e.content
  from matters.entry e join matters.step s on s.action = e.action and s.kind = e.kind and s.procedure = e.procedure and s.from_kind is not distinct from e.from_kind
    and s.from_procedure is not distinct from e.from_procedure and s.from_state is not distinct from e.from_state and s.to_state = e.to_state
    and s.turn is not distinct from e.turn and s.actor_kind = e.actor_kind and s.audience = e.audience
  order by e.xid, e.recorded_at, e.matter, e.seq;
do $$
begin
  if (select count(*) from matters.entry) <> (select count(*) from matters.entry_row) then
    raise exception 'not every entry came over';
  end if;
end $$;
alter table matters.erasure drop constraint erasure_matter_seq_fkey;
alter table matters.part drop constraint part_matter_seq_fkey;
alter table matters.particular drop constraint particular_matter_seq_fkey;
alter table matters.position drop constraint position_matter_seq_fkey;
drop table matters.entry;
alter table matters.entry_row add constraint entry_pkey primary key (matter, seq);
-- a form's key is told from every other by its first 64 bits; done_before compares the whole of it
create unique index entry_idempotency on matters.entry_row ((('x' || encode(substring(idempotency_key from 1 for 8), 'hex'))::bit(64)::bigint)) where idempotency_key is not null;
create index entry_xid on matters.entry_row (xid);
alter table matters.entry_row add constraint entry_matter_fkey foreign key (matter) references matters.matter (id);
alter table matters.erasure add constraint erasure_matter_seq_fkey foreign key (matter, seq) references matters.entry_row (matter, seq);
alter table matters.part add constraint part_matter_seq_fkey foreign key (matter, seq) references matters.entry_row (matter, seq);
alter table matters.particular add constraint particular_matter_seq_fkey foreign key (matter, seq) references matters.entry_row (matter, seq);
alter table matters.position add constraint position_matter_seq_fkey foreign key (matter, seq) references matters.entry_row (matter, seq);
create trigger entry_is_kept before update or delete on matters.entry_row for each row execute function matters.refuse_change();
create trigger entry_is_never_emptied before truncate on matters.entry_row for each statement execute function matters.refuse_change();
alter table matters.entry_row enable row level security;
grant select, insert on matters.entry_row to heshi_app;
grant select on matters.entry_row to heshi_follower;
create policy see on matters.entry_row for select to heshi_app
  using (matters.may_read(matter, (select s.audience from matters.step s where s.id = entry_row.step)));
create policy add on matters.entry_row for insert to heshi_app with check (true);
create policy follow on matters.entry_row for select to heshi_follower using (true);

-- The log as it is read, by whoever reads it.
create view matters.entry with (security_invoker = true) as
  select e.matter, e.seq, s.action, s.kind, s.procedure, s.from_kind, s.from_procedure, s.from_state, s.to_state, s.turn, e.held_by, s.actor_kind, e.actor_unit,
         e.actor_post, e.actor_person, e.actor_party, e.recorded_at, e.occurred_at, s.audience, e.content, e.packed, e.told, e.digest_version, e.digest,
         e.idempotency_key, e.xid
  from matters.entry_row e left join matters.step s on s.id = e.step;
comment on view matters.entry is 'The log: each entry with the words of its step.';
grant select on matters.entry to heshi_app, heshi_follower;
create or replace function matters.done_before(key bytea, out matter uuid, out number text, out seq int, out action text, out to_state text)
  returns setof record language sql stable security definer set search_path = '' as $$
  select e.matter, m.number, e.seq, e.action, e.to_state from matters.entry e join matters.matter m on m.id = e.matter
  where ('x' || encode(substring(e.idempotency_key from 1 for 8), 'hex'))::bit(64)::bigint
      = ('x' || encode(substring(key from 1 for 8), 'hex'))::bit(64)::bigint and e.idempotency_key = key
$$;
-- never empty ones: a plan for no rows reads all of them, and is kept by connections for long after there are some
do $$
begin
  if exists (select from matters.entry_row) then
    analyze matters.step;
    analyze matters.entry_row;
  end if;
end $$;

-- words of before that come under seal after this belong to entries that lie here (V83 names the table by which they were read)
do $$
declare body text := pg_get_functiondef('matters.words_in_less_room()'::regprocedure);
begin
  execute replace(body, 'references matters.entry (matter, seq)', 'references matters.entry_row (matter, seq)');
end $$;
