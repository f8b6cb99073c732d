-- The content of an entry lies packed, a quarter of its size (matters.log.Packed). What was written before stays as it was written.
alter table matters.entry alter column content drop not null;
alter table matters.entry add column packed bytea;
alter table matters.entry add constraint entry_says_it_once check ((content is null) <> (packed is null));
-- the content names the digest of the entry before, and a proof computes that digest anew: a second copy proves nothing
alter table matters.entry drop column previous;
-- a key is told from every other by its first 128 bits
alter table matters.entry alter column idempotency_key type bytea using substring(idempotency_key from 1 for 16);

drop function matters.newest(uuid, text);
create function matters.newest(m uuid, a text, out seq int, out content text, out packed bytea) returns setof record
  language sql stable security definer set search_path = '' as $$
  select e.seq, e.content, e.packed from matters.entry e
  where e.matter = m and e.action = a and (m = nullif(current_setting('app.acted', true), '')::uuid or matters.may_see(m))
  order by e.seq desc limit 1
$$;
revoke all on function matters.newest(uuid, text) from public;
grant execute on function matters.newest(uuid, text) to heshi_app;
