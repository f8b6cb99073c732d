-- A particular is read by whoever may read its entry: it need not say so again. It is found by its matter; each is written with its entry, in one statement,
-- and a proof compares the rows with what the entry commits to, place by place.
create function matters.words_in_less_room() returns void language plpgsql set search_path = '' as $$
begin
  create table matters.particular_anew (
    matter    uuid not null,
    seq       int not null,
    ordinal   smallint not null check (ordinal >= 0),
    party     smallint,
    erased_at timestamptz,
    field     text not null,
    class     text not null check (class in ('words', 'contact', 'file')),
    -- what is shorter is no seal: what it says of itself, the id of the key, a nonce, half a salt and a tag
    sealed    bytea check (octet_length(sealed) >= 61),
    constraint particular_erased check ((sealed is null) = (erased_at is not null))
  );
  insert into matters.particular_anew (matter, seq, ordinal, party, erased_at, field, class, sealed)
    select matter, seq, ordinal, party, erased_at, field, class, sealed from matters.particular order by matter, seq, field, ordinal;
  drop table matters.particular;
  alter table matters.particular_anew rename to particular;
  create index particular_matter on matters.particular (matter);
  alter table matters.particular add constraint particular_matter_seq_fkey foreign key (matter, seq) references matters.entry (matter, seq);
  comment on table matters.particular is 'class: owned. Words, contacts and files, each under seal with the salt of its commitment; erased by emptying the seal.';
  comment on column matters.particular.sealed is 'How it is written, the id of the key, and under it the salt and the value; bound to matter, entry, field and place in it.';
  alter table matters.particular enable row level security;
  grant select, insert, update (sealed, erased_at) on matters.particular to heshi_app;
  grant select on matters.particular to heshi_follower;
  create policy see on matters.particular for select to heshi_app using (
    case class when 'contact' then matters.may_see_contact(matter, party)
               when 'file' then coalesce(current_setting('app.opened', true), '') = '' and matters.may_read_entry(matter, seq)
               else matters.may_read_entry(matter, seq) end);
  create policy add on matters.particular for insert to heshi_app with check (true);
  create policy erase on matters.particular for update to heshi_app
    using (current_setting('app.kind', true) = 'machine') with check (sealed is null);
  create policy follow on matters.particular for select to heshi_follower using (true);
  -- never an empty one: a plan for no rows reads all of them, and is kept by connections for long after there are some
  if exists (select from matters.particular) then
    analyze matters.particular;
  end if;
end $$;
revoke all on function matters.words_in_less_room() from public;

-- When none stands in clear: there is no place for such any more, and the table is written anew, so that none is left in what was deleted.
create or replace function matters.words_sealed() returns void language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from pg_attribute where attrelid = 'matters.particular'::regclass and attname = 'value' and not attisdropped) then
    lock table matters.matter, matters.particular in access exclusive mode;
    if exists (select from matters.particular where value is not null) or exists (select from matters.matter where words_key is null) then
      raise exception 'words stand in clear';
    end if;
    alter table matters.matter alter column words_key set not null;
    perform matters.words_in_less_room();
  end if;
end $$;

do $$
begin
  -- words from before come under seal first, and then into less room
  if not exists (select from pg_attribute where attrelid = 'matters.particular'::regclass and attname = 'value' and not attisdropped) then
    perform matters.words_in_less_room();
  end if;
end $$;
