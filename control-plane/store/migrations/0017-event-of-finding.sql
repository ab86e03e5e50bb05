-- What a change of findings costs: a check of the foreign key for each event took as long as everything else.

alter table finding_event drop constraint finding_event_finding_fkey;
comment on column finding_event.finding is 'No foreign key: an event is written by the statement that writes its finding, and nothing deletes findings one by one.';

-- Was not kept up by every version that wrote findings, and must never say "unchanged" of what is not.
alter table finding drop column content;
alter table finding add column content bytea;
comment on column finding.content is 'The first half of the SHA-256 of what was sent of it, or null where that is not known. Equal means unchanged; different means nothing, since the same can be written in several ways.';
