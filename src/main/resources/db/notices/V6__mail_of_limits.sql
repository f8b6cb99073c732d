-- A matter's entry may be followed by several words of limits to the same post.
alter table notices.mail add column about text collate "C" not null default '' check (char_length(about) <= 120);
do $$
declare c text;
begin
  for c in select conname from pg_constraint where conrelid = 'notices.mail'::regclass and contype = 'u' loop
    execute format('alter table notices.mail drop constraint %I', c);
  end loop;
end $$;
alter table notices.mail add unique (matter, seq, recipient, about);
