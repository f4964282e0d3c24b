-- What was asked for was so already.
alter table audit_event drop constraint audit_event_result_check,
  add constraint audit_event_result_check check (result in ('done', 'unchanged', 'refused', 'failed'));
