-- Those that were given a post already.
select directory.are_programs(array(select id from identity.api_client));
