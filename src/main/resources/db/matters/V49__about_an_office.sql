-- Whether it came in as a complaint about an office, also one that was named in words only, so that no unit can be barred: such a matter counts in no common figure either.
alter table matters.matter add column about_office boolean not null default false;
update matters.matter m set about_office = true
  from matters.entry e where e.matter = m.id and e.seq = 1 and (m.accused is not null or strpos(e.content, '"about-office":true') > 0);
