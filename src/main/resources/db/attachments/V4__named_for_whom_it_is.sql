-- A party of a matter sees the files of entries that are theirs to read, and no trace of the others.
alter policy see on attachments.naming
  using (case current_setting('app.kind', true) when 'resident' then matters.may_read_entry(matter, seq) else matters.may_see(matter) end);
