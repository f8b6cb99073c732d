-- Rows of other rooms may hang on an entry of which not everybody who sees the matter is the audience: what one side of a dispute brought is not the other's,
-- not even that it brought something.
create function matters.may_read_entry(m uuid, s int) returns boolean language sql stable parallel safe security definer set search_path = '' as $$
  select exists (select from matters.entry e where e.matter = m and e.seq = s and matters.may_read(m, e.audience))
$$;
comment on function matters.may_read_entry is 'Whether who acts is of the audience of that entry. Beside matters.may_see, the other function of matters that policies of other rooms may call.';
