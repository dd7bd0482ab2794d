-- What counts as evidence that a paper coined a name has changed.
insert into naming_queue (paper_id) select id from papers on conflict do nothing;
