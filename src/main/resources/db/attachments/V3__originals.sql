-- What was sent in, byte for byte: its digest goes into the entry, the bytes are kept only where they may be evidence.
alter table attachments.file add column original text collate "C" check (original ~ '^[0-9a-f]{64}$');
alter table attachments.file add column original_kept boolean not null default false;
comment on column attachments.file.original is 'SHA-256 of what was sent in.';
comment on column attachments.file.original_kept is 'Whether the bytes of that lie beside the picture, under a key of their own.';
