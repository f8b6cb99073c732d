-- The number that another system has for a matter, such as the order of a 12345 hotline: its answer goes back under it. One order is one matter.
alter table matters.matter add column order_number text collate "C" check (order_number ~ '^[A-Za-z0-9-]{1,40}$');
create unique index matter_order on matters.matter (order_number) where order_number is not null;

-- Whose turn it is after the entry, and which unit's: the time until the next entry is charged to it. Empty in entries from before.
alter table matters.entry add column turn text collate "C" check (turn in ('desk', 'lead', 'helper', 'verifier', 'reporter', 'none'));
alter table matters.entry add column held_by uuid;

-- Numbers of formal papers: each office counts by word and year.
create table matters.paper_number (
  unit uuid not null,
  word text not null check (word <> ''),
  year int not null check (year between 2000 and 2200),
  last int not null check (last >= 1),
  primary key (unit, word, year)
);
comment on table matters.paper_number is 'class: owned. How far each office has counted its formal papers of a word in a year.';
alter table matters.paper_number enable row level security;

-- One-time links by which a reporter says how it came out. The link itself is kept nowhere, only its digest.
create table matters.ask_link (
  digest     bytea primary key check (octet_length(digest) = 32),
  matter     uuid not null references matters.matter (id),
  party      smallint not null,
  made_at    timestamptz not null,
  expires_at timestamptz not null check (expires_at > made_at),
  used_at    timestamptz
);
comment on table matters.ask_link is 'class: owned. One-time links for the reporter''s own word on the outcome, by digest.';
create index ask_link_matter on matters.ask_link (matter);
alter table matters.ask_link enable row level security;
grant select, insert, update (used_at) on matters.ask_link to heshi_app;
create policy see on matters.ask_link for select to heshi_app using (current_setting('app.kind', true) = 'machine');
create policy add on matters.ask_link for insert to heshi_app with check (matters.may_see(matter));
create policy used on matters.ask_link for update to heshi_app using (current_setting('app.kind', true) = 'machine');

create function matters.next_paper(u uuid, w text, y int) returns int language sql volatile security definer set search_path = '' as $$
  insert into matters.paper_number as p (unit, word, year, last) values (u, w, y, 1)
  on conflict (unit, word, year) do update set last = p.last + 1
  returning last
$$;
create function matters.order_taken(n text) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from matters.matter where order_number = n)
$$;
-- How often each of these was done since the matter began or was last opened again.
create function matters.times_done(m uuid, counted text[], again text[]) returns table (action text, times int)
  language sql stable security definer set search_path = '' as $$
  select e.action, count(*)::int from matters.entry e
  where e.matter = m and e.action = any (counted)
    and e.seq > coalesce((select max(r.seq) from matters.entry r where r.matter = m and r.action = any (again)), 0)
  group by e.action
$$;
-- What the newest entry of an action holds in clear, whoever asks: act goes by it.
create function matters.newest(m uuid, a text, out seq int, out content text) returns setof record language sql stable security definer set search_path = '' as $$
  select e.seq, e.content from matters.entry e where e.matter = m and e.action = a order by e.seq desc limit 1
$$;
revoke all on function matters.next_paper(uuid, text, int), matters.order_taken(text), matters.times_done(uuid, text[], text[]),
  matters.newest(uuid, text) from public;
grant execute on function matters.next_paper(uuid, text, int), matters.order_taken(text), matters.times_done(uuid, text[], text[]),
  matters.newest(uuid, text) to heshi_app;

-- A clock may be the time in which the reporter may do something; one that lapses is looked at when it is due although nobody owes anything.
alter table matters.clock drop constraint clock_relation_check;
alter table matters.clock add constraint clock_relation_check check (relation in ('desk', 'lead', 'helper', 'verifier', 'reporter'));
