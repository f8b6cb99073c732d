-- What the resident said themselves is not replaced by what staff wrote down of it.
alter table supervision.figure add column own_word boolean not null default false;
comment on column supervision.figure.own_word is 'whether resolved and satisfied are what the resident said themselves since the last answer';
