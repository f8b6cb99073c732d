-- A seal holds a salt by chance, so that no two are alike: it needs no nonce beside it any more, and is 12 bytes shorter. Those from before are opened as they were made.
do $$
declare c text; body text := pg_get_functiondef('matters.words_in_less_room()'::regprocedure);
begin
  for c in select conname from pg_constraint where conrelid = 'matters.particular'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%octet_length(sealed)%' loop
    execute format('alter table matters.particular drop constraint %I', c);
  end loop;
  -- what is shorter is no seal: what it says of itself, the id of the key, a tag and half a salt
  alter table matters.particular add constraint particular_seal_is_whole check (octet_length(sealed) >= 49);
  -- words that come under seal after this have the same place
  execute replace(body, 'check (octet_length(sealed) >= 61)', 'constraint particular_seal_is_whole check (octet_length(sealed) >= 49)');
end $$;
