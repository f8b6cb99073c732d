-- How a number is printed is the place's own choice, and stays with the number: what was printed before is not renamed when the choice changes.
alter table documents.number add column form text not null default '({year}){word}字第{number}号'
  check (form like '%{year}%' and form like '%{word}%' and form like '%{number}%' and char_length(form) <= 60);
alter table documents.number alter column form drop default;
drop function documents.give_number(uuid, uuid, text, text[], int, uuid, timestamptz);

-- The only way to a number: whoever acts sees the matter, and staff count for their own unit alone.
create function documents.give_number(i uuid, u uuid, s text, proposed text[], y int, m uuid, t timestamptz, f text, out word text, out number int)
  language plpgsql volatile security definer set search_path = '' as $$
declare
  w text;
  p text;
begin
  if coalesce(current_setting('app.kind', true), '') not in ('staff', 'machine') or not matters.may_see(m)
      or current_setting('app.kind', true) = 'staff' and u is distinct from nullif(current_setting('app.unit', true), '')::uuid then
    raise exception 'who acts gives no number of this unit to this matter' using errcode = 'insufficient_privilege';
  end if;
  select d.word into w from documents.word d where d.unit = u and d.series = s;
  foreach p in array proposed loop
    exit when w is not null;
    insert into documents.word as d (unit, series, word) values (u, s, p) on conflict do nothing returning d.word into w;
    if w is null then
      -- another thread of the same unit was first, or another unit has the word
      select d.word into w from documents.word d where d.unit = u and d.series = s;
    end if;
  end loop;
  if w is null then
    raise exception 'no word is free for this unit' using errcode = 'unique_violation';
  end if;
  insert into documents.counter as c (unit, word, year, last) values (u, w, y, 1)
    on conflict on constraint counter_pkey do update set last = c.last + 1 returning c.last into number;
  insert into documents.number values (i, u, w, y, number, m, t, f);
  word := w;
end $$;

revoke all on function documents.give_number(uuid, uuid, text, text[], int, uuid, timestamptz, text) from public;
grant execute on function documents.give_number(uuid, uuid, text, text[], int, uuid, timestamptz, text) to heshi_app;
