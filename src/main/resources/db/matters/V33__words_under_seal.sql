-- What people told stands here under seal: AES-256-GCM under the matter's own key, which lies in the key store outside the database. Salt and value are
-- sealed together, else the salt would let a number be found by trying.
alter table matters.matter add column words_key uuid;
comment on column matters.matter.words_key is 'Names the key of its words in the key store; the key itself is nowhere in the database.';

create index matter_key on matters.matter (words_key);

alter table matters.particular add column sealed bytea check (octet_length(sealed) >= 77);
comment on column matters.particular.sealed is 'A version, the id of the key, and salt and value under it, bound to matter, entry, field and place in it.';
do $$
declare c text;
begin
  for c in select conname from pg_constraint where conrelid = 'matters.particular'::regclass and contype = 'c'
      and conkey && (select array_agg(attnum) from pg_attribute where attrelid = 'matters.particular'::regclass and attname = 'value') loop
    execute format('alter table matters.particular drop constraint %I', c);
  end loop;
end $$;
alter table matters.particular add constraint particular_sealed_once check (sealed is null or value is null);
drop policy erase on matters.particular;
create policy erase on matters.particular for update to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (sealed is null);
grant update (sealed) on matters.particular to heshi_app;

-- Words from before, of the next matters that have no key yet; also matters without any. Asked by the program before anybody works.
create function matters.words_in_clear(behind uuid, most int) returns table (matter uuid, field text, seq int, ordinal smallint, salt bytea, value text)
  language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select m.id, p.field, p.seq, p.ordinal, p.salt, p.value
    from (select id from matters.matter where words_key is null and id > behind order by id limit most) m
    left join matters.particular p on p.matter = m.id and p.value is not null;
end $$;

create function matters.seal_words(matters uuid[], keys uuid[], of uuid[], fields text[], seqs int[], ordinals smallint[], words bytea[]) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  update matters.particular p set sealed = w.sealed, salt = null, value = null
  from unnest(of, fields, seqs, ordinals, words) as w (matter, field, seq, ordinal, sealed)
  where p.matter = w.matter and p.field = w.field and p.seq = w.seq and p.ordinal = w.ordinal and p.value is not null;
  update matters.matter m set words_key = k.key from unnest(matters, keys) as k (matter, key) where m.id = k.matter and m.words_key is null;
end $$;

-- When none stands in clear: there is no place for such any more, and the table is written anew, so that none is left in what was deleted.
create function matters.words_sealed() returns void language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from pg_attribute where attrelid = 'matters.particular'::regclass and attname = 'value' and not attisdropped) then
    lock table matters.matter, matters.particular in access exclusive mode;
    if exists (select from matters.particular where value is not null) or exists (select from matters.matter where words_key is null) then
      raise exception 'words stand in clear';
    end if;
    alter table matters.particular drop column salt, drop column value;
    alter table matters.particular add constraint particular_erased check ((sealed is null) = (erased_at is not null));
    alter table matters.matter alter column words_key set not null;
    cluster matters.particular using particular_pkey;
  end if;
end $$;
revoke all on function matters.words_in_clear(uuid, int), matters.seal_words(uuid[], uuid[], uuid[], text[], int[], smallint[], bytea[]), matters.words_sealed()
  from public;
grant execute on function matters.words_in_clear(uuid, int), matters.seal_words(uuid[], uuid[], uuid[], text[], int[], smallint[], bytea[]),
  matters.words_sealed() to heshi_app;
do $$
begin
  if not exists (select from matters.matter) then
    perform matters.words_sealed();
  end if;
end $$;
