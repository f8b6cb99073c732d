-- Which outlines may hold a point, without reading their shapes. Of those that are kept to the metre already the edges are worked out once.
alter table divisions.outline add column west double precision, add column south double precision, add column east double precision, add column north double precision;
update divisions.outline o set west = e.west, south = e.south, east = e.east, north = e.north
  from (select division, min((p ->> 0)::double precision) as west, min((p ->> 1)::double precision) as south, max((p ->> 0)::double precision) as east, max((p ->> 1)::double precision) as north
          from divisions.outline, jsonb_path_query(shape::jsonb, '$[*][*][*]') as p group by division) e
 where e.division = o.division;
alter table divisions.outline alter column west set not null, alter column south set not null, alter column east set not null, alter column north set not null;
grant update (west, south, east, north) on divisions.outline to heshi_app;
