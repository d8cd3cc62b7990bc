-- How a person wants the portal to look and to tell the time; null where they have not chosen, so that the browser says.
alter table person add column theme text check (theme in ('LIGHT', 'DARK', 'SYSTEM'));
alter table person add column time_zone text;
alter table person add column language text check (language in ('ENGLISH', 'GERMAN'));
