-- What a change of findings costs: an event keeps what was before in columns of its own, as it lay there, and not in an
-- object that is built for it.

alter table finding_event
  add column severity text,
  add column change text,
  add column cause text,
  add column properties jsonb;
comment on column finding_event.properties is 'As severity, change and cause: what the finding was before, where a report changed or reopened it.';
comment on column finding_event.previous is 'The same in one object, in events that an older version wrote.';
