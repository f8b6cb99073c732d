-- A reporter's address waits under the key of the matter, so that it opens no more when that is erased; those of posts are known to the office anyway.
alter table notices.mail drop constraint mail_address_check;
alter table notices.mail add constraint mail_address_check check (char_length(address) between 3 and 1000);
comment on column notices.mail.address is 'Of a post in clear, of a reporter under seal.';
